using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

/// <summary>
/// What an entry can show, and that it stands as it was written. <see cref="Sound"/>: its seal and its link fit. <see cref="Sequence"/> is null
/// for the seconds until it is linked.
/// </summary>
public sealed record Certificate(
    long ContactId, long EntryId, string? Name, string? Phone, IReadOnlyList<string> UserIds, string? Username, ConsentPurpose Purpose, ConsentAction Action,
    ConsentSource Source, DateTime AtUtc, DateTime RecordedAtUtc, string? TimeZone, string? BusinessName, string? Number, int? WordingVersion,
    string? WordingLanguage, string? WordingHash, string? Shown, LawfulBasis? Basis, string? Jurisdiction, DateTime? ExpiresAtUtc, bool Complete, string ActorName,
    ConsentEvidence? Evidence, string? FileName, string? FileHash, long? Sequence, string Seal, bool Sound, DateTime PrintedAtUtc, string PrintedBy);

/// <summary>An entry as a page to print, for an auditor. Printing is on record.</summary>
public sealed class ReadCertificate
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal ReadCertificate(Store store, WriterLane lane, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _secrets, _clock) = (store, lane, secrets, clock);
    }

    /// <returns>Null when there is no such entry of a person the caller may see.</returns>
    public async Task<Certificate?> RunAsync(Caller caller, long contactId, long entryId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == contactId, cancellationToken))
        {
            return null;
        }

        var row = await (from subject in db.ConsentSubjects
                         where subject.ContactId == contactId
                         join entry in db.ConsentEntries on subject.Id equals entry.SubjectId
                         where entry.Id == entryId
                         select new { Entry = entry, subject.KeyProtected }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (row is null || (row.Entry.NumberId is { } number && !caller.MaySeeNumber(number)))
        {
            return null;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        using (await _lane.EnterAsync(cancellationToken))
        {
            db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Certificate, contactId, now, new AuditDetail.Entry(entryId)));
            await db.SaveChangesAsync(cancellationToken);
        }

        var person = _secrets.Open(row.KeyProtected, row.Entry.SubjectId, row.Entry.Sealed);
        var file = person?.Evidence.File is { } key ? await db.ConsentFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Key == key, cancellationToken) : null;
        var (sequence, sound) = await SoundAsync(db, row.Entry, cancellationToken);
        var shown = await db.Numbers.Where(n => n.Id == row.Entry.NumberId).Select(n => n.DisplayPhoneNumber).SingleOrDefaultAsync(cancellationToken);
        return Of(contactId, row.Entry, person, file, sequence, sound, shown, caller, now);
    }

    private async Task<(long? Sequence, bool Sound)> SoundAsync(WaConsoleDb db, ConsentEntry entry, CancellationToken cancellationToken)
    {
        var key = await _secrets.ChainKeyAsync(db, cancellationToken);
        var sound = CryptographicOperations.FixedTimeEquals(entry.Mac, EntryMac.Of(key, entry));
        if (await db.ConsentLinks.AsNoTracking().SingleOrDefaultAsync(l => l.EntryId == entry.Id, cancellationToken) is not { } link)
        {
            return (null, sound && await db.ConsentWaits.AnyAsync(w => w.EntryId == entry.Id, cancellationToken));
        }

        var before = await db.ConsentLinks.AsNoTracking().Where(l => l.Sequence == link.Sequence - 1).Select(l => l.Mac).SingleOrDefaultAsync(cancellationToken) ?? [];
        return (link.Sequence, sound && CryptographicOperations.FixedTimeEquals(link.Mac, EntryMac.OfLink(key, before, link.Sequence, entry.Id, entry.Mac)));
    }

    private static Certificate Of(
        long contactId, ConsentEntry entry, PersonalPart? person, ConsentFile? file, long? sequence, bool sound, string? number, Caller caller, DateTime now) => new(
        contactId, entry.Id, person?.Name, person?.Phone, person?.UserIds ?? [], person?.Username, entry.Purpose, entry.Action, entry.Source, entry.AtUtc,
        entry.RecordedAtUtc, entry.TimeZone, entry.BusinessName, number, entry.WordingVersion, entry.WordingLanguage, entry.WordingHash, person?.Evidence.Shown,
        entry.Basis, entry.Jurisdiction, entry.ExpiresAtUtc, entry.Complete, entry.ActorName, person?.Evidence, file?.FileName, file?.Sha256, sequence,
        Convert.ToHexStringLower(entry.Mac), sound, now, caller.Name);
}
