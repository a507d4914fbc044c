using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>One entry of somebody's timeline. <see cref="Evidence"/> is null when the proof was erased.</summary>
public sealed record ConsentLine(
    long EntryId, ConsentPurpose Purpose, ConsentAction Action, ConsentSource Source, DateTime AtUtc, DateTime RecordedAtUtc, string? TimeZone,
    string? BusinessName, long? NumberId, long? WordingId, int? WordingVersion, string? WordingLanguage, string? WordingHash, string? PrivacyVersion,
    LawfulBasis? Basis, string? Jurisdiction, DateTime? ExpiresAtUtc, bool Complete, string ActorName, string? Phone, IReadOnlyList<string> UserIds,
    string? Username, string? Name, ConsentEvidence? Evidence, long? Sequence);

/// <summary><see cref="FirstWroteAtUtc"/>: writing first is consent to answers and news about what was asked, never to marketing.</summary>
public sealed record ConsentView(
    long ContactId, string Name, string? Phone, string? Country, ConsentStanding Standing, DateTime? FirstWroteAtUtc, IReadOnlyList<ConsentLine> Lines);

/// <summary>Where a person stands and everything that led there, newest first. Looking is on record.</summary>
public sealed class ReadConsent
{
    private readonly Store _store;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal ReadConsent(Store store, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _secrets, _clock) = (store, secrets, clock);
    }

    /// <returns>Null when there is no such contact the caller may see.</returns>
    public async Task<ConsentView?> RunAsync(Caller caller, long contactId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var contact = await ContactAccess.Seen(db, caller).AsNoTracking().SingleOrDefaultAsync(c => c.Id == contactId, cancellationToken);
        if (contact is null)
        {
            return null;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Looked, contactId, now));
        await db.SaveChangesAsync(cancellationToken);
        var rows = await (from subject in db.ConsentSubjects
                          where subject.ContactId == contactId
                          join entry in db.ConsentEntries on subject.Id equals entry.SubjectId
                          join link in db.ConsentLinks on entry.Id equals link.EntryId into links
                          from link in links.DefaultIfEmpty()
                          select new { Entry = entry, subject.KeyProtected, Sequence = link == null ? (long?)null : link.Sequence })
            .AsNoTracking().ToListAsync(cancellationToken);
        var standing = await ReadStandings.OfAsync(db, [contactId], now, cancellationToken);
        var wrote = await db.Conversations.Where(c => c.ContactId == contactId && c.WindowOpenedAtUtc != null)
            .MinAsync(c => (DateTime?)c.CreatedAtUtc, cancellationToken);
        return new ConsentView(
            contactId,
            contact.GivenName ?? contact.ProfileName,
            contact.Phone,
            contact.Country,
            standing[contactId],
            wrote,
            [.. rows.OrderByDescending(row => row.Entry.AtUtc).ThenByDescending(row => row.Entry.Id)
                .Select(row => LineOf(row.Entry, _secrets.Open(row.KeyProtected, row.Entry.SubjectId, row.Entry.Sealed), row.Sequence))]);
    }

    private static ConsentLine LineOf(ConsentEntry entry, PersonalPart? person, long? sequence) => new(
        entry.Id, entry.Purpose, entry.Action, entry.Source, entry.AtUtc, entry.RecordedAtUtc, entry.TimeZone, entry.BusinessName, entry.NumberId,
        entry.WordingId, entry.WordingVersion, entry.WordingLanguage, entry.WordingHash, entry.PrivacyVersion, entry.Basis, entry.Jurisdiction,
        entry.ExpiresAtUtc, entry.Complete, entry.ActorName, person?.Phone, person?.UserIds ?? [], person?.Username, person?.Name, person?.Evidence, sequence);
}
