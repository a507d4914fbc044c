using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>
/// One entry of somebody's timeline. <see cref="Evidence"/> is null when the proof was erased, or came by a number that is not for the
/// caller to see.
/// </summary>
public sealed record ConsentLine(
    long EntryId, ConsentPurpose Purpose, ConsentAction Action, ConsentSource Source, DateTime AtUtc, DateTime RecordedAtUtc, string? TimeZone,
    string? BusinessName, long? NumberId, long? WordingId, int? WordingVersion, string? WordingLanguage, string? WordingHash, string? PrivacyVersion,
    LawfulBasis? Basis, string? Jurisdiction, DateTime? ExpiresAtUtc, bool Complete, string ActorName, string? Phone, IReadOnlyList<string> UserIds,
    string? Username, string? Name, ConsentEvidence? Evidence, long? Sequence)
{
    /// <summary>The entry it confirms, or undoes.</summary>
    public long? AnswersEntryId { get; init; }
}

/// <summary><see cref="FirstWroteAtUtc"/>: writing first is consent to answers and news about what was asked, never to marketing.</summary>
public sealed record ConsentView(
    long ContactId, string Name, string? Phone, string? Country, ConsentStanding Standing, DateTime? FirstWroteAtUtc, IReadOnlyList<ConsentLine> Lines)
{
    /// <summary>There are older lines than these.</summary>
    public bool HasMore { get; init; }
}

/// <summary>
/// Where a person stands and what led there, newest first. Looking is on record: once in a while for each who looks, since a page that is
/// open reads itself anew.
/// </summary>
public sealed class ReadConsent
{
    public const int LinesAtMost = 200;

    private static readonly TimeSpan OneLook = TimeSpan.FromMinutes(15);

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal ReadConsent(Store store, WriterLane lane, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _secrets, _clock) = (store, lane, secrets, clock);
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
        await NoteAsync(db, caller, contactId, now, cancellationToken);
        var rows = await (from subject in db.ConsentSubjects
                          where subject.ContactId == contactId
                          join entry in db.ConsentEntries on subject.Id equals entry.SubjectId
                          join link in db.ConsentLinks on entry.Id equals link.EntryId into links
                          from link in links.DefaultIfEmpty()
                          orderby entry.AtUtc descending, entry.Id descending
                          select new { Entry = entry, subject.KeyProtected, Sequence = link == null ? (long?)null : link.Sequence })
            .AsNoTracking().Take(LinesAtMost + 1).ToListAsync(cancellationToken);
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
            [.. rows.Take(LinesAtMost).Select(row => LineOf(
                row.Entry,
                _secrets.Open(row.KeyProtected, row.Entry.SubjectId, row.Entry.Sealed),
                row.Sequence,
                row.Entry.NumberId is not { } number || caller.MaySeeNumber(number)))])
        {
            HasMore = rows.Count > LinesAtMost,
        };
    }

    private async Task NoteAsync(WaConsoleDb db, Caller caller, long contactId, DateTime now, CancellationToken cancellationToken)
    {
        var since = now - OneLook;
        var known = await db.ConsentAudits.AnyAsync(
            a => a.PersonId == contactId && a.Deed == ConsentDeed.Looked && a.AgentId == caller.AgentId && a.ByName == caller.Name && a.AtUtc > since,
            cancellationToken);
        if (known)
        {
            return;
        }

        using var place = await _lane.EnterAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Looked, contactId, now));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static ConsentLine LineOf(ConsentEntry entry, PersonalPart? person, long? sequence, bool maySee) => new(
        entry.Id, entry.Purpose, entry.Action, entry.Source, entry.AtUtc, entry.RecordedAtUtc, entry.TimeZone, entry.BusinessName, entry.NumberId,
        entry.WordingId, entry.WordingVersion, entry.WordingLanguage, entry.WordingHash, entry.PrivacyVersion, entry.Basis, entry.Jurisdiction,
        entry.ExpiresAtUtc, entry.Complete, entry.ActorName, person?.Phone, person?.UserIds ?? [], person?.Username, person?.Name, maySee ? person?.Evidence : null,
        sequence)
    {
        AnswersEntryId = entry.AnswersEntryId,
    };
}
