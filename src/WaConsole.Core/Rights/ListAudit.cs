using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

/// <summary><see cref="Before"/> is the id of the last line of the page before.</summary>
public sealed record AuditQuery(ConsentDeed? Deed = null, string? By = null, long? PersonId = null, DateTime? FromUtc = null, DateTime? ToUtc = null, long? Before = null, int Limit = 50);

/// <summary><see cref="IsThere"/>: the person can still be opened.</summary>
public sealed record AuditLine(long Id, DateTime AtUtc, string ByName, ConsentDeed Deed, long? PersonId, AuditDetail? Detail, bool IsThere);

public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>Who looked at, changed and took away what is known of people, newest first.</summary>
public sealed class ListAudit(Store store)
{
    public const int MaxLimit = 200;

    public async Task<AuditPage> RunAsync(Caller caller, AuditQuery query, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var lines = db.ConsentAudits.AsNoTracking();
        if (query.Deed is { } deed)
        {
            lines = lines.Where(a => a.Deed == deed);
        }

        if (query.By?.Trim() is { Length: > 0 } by)
        {
            lines = lines.Where(a => a.ByName.Contains(by));
        }

        if (query.PersonId is { } person)
        {
            lines = lines.Where(a => a.PersonId == person);
        }

        if (query.FromUtc is { } from)
        {
            lines = lines.Where(a => a.AtUtc >= from);
        }

        if (query.ToUtc is { } to)
        {
            lines = lines.Where(a => a.AtUtc < to);
        }

        if (query.Before is { } before)
        {
            lines = lines.Where(a => a.Id < before);
        }

        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var rows = await lines.OrderByDescending(a => a.Id).Take(limit + 1)
            .Select(a => new AuditLine(a.Id, a.AtUtc, a.ByName, a.Deed, a.PersonId, AuditDetail.Read(a.Detail), a.PersonId != null && db.Contacts.Any(c => c.Id == a.PersonId)))
            .ToListAsync(cancellationToken);
        return rows.Count > limit ? new AuditPage(rows[..limit], rows[limit - 1].Id) : new AuditPage(rows, null);
    }
}
