using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary><see cref="Standing"/> null shows every state. <see cref="Cursor"/> is the Next of the page before.</summary>
public sealed record OptInQuery(ConsentPurpose Purpose = ConsentPurpose.Marketing, Standing? Standing = null, string? Cursor = null, int Limit = 50)
{
    /// <summary>Only what wears out soon: see <see cref="ReadRegistryHealth.DueWithin"/>.</summary>
    public bool RenewalDue { get; init; }
}

public sealed record OptInRow(
    long ContactId, string Name, string? Phone, string? Country, Standing What, DateTime SinceUtc, DateTime? ExpiresAtUtc, ConsentSource Source,
    bool Complete);

public sealed record OptInPage(IReadOnlyList<OptInRow> Rows, string? Next);

/// <summary>The registry by purpose and state, newest first.</summary>
public sealed class ListOptIns(Store store, TimeProvider clock)
{
    public const int MaxLimit = 100;

    public async Task<OptInPage> RunAsync(Caller caller, OptInQuery query, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var states = db.ConsentStates.AsNoTracking().Where(s => s.Purpose == query.Purpose);
        if (query.Standing is { } wanted)
        {
            // Consent wears out by itself: until something is written, the row says what was agreed to.
            states = wanted switch
            {
                Standing.Expired => states.Where(s => s.What == Standing.Expired || (s.What != Standing.OptedOut && s.ExpiresAtUtc <= now)),
                Standing.OptedOut => states.Where(s => s.What == Standing.OptedOut),
                _ => states.Where(s => s.What == wanted && (s.ExpiresAtUtc == null || s.ExpiresAtUtc > now)),
            };
        }

        if (query.RenewalDue)
        {
            var due = now + ReadRegistryHealth.DueWithin;
            states = states.Where(s => s.What == Standing.OptedIn && s.ExpiresAtUtc > now && s.ExpiresAtUtc <= due);
        }

        if (Read(query.Cursor) is { } after)
        {
            states = states.Where(s => s.SinceUtc < after.SinceUtc || (s.SinceUtc == after.SinceUtc && s.ContactId < after.ContactId));
        }

        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var rows = await (from state in states
                          join contact in ContactAccess.Seen(db, caller) on state.ContactId equals contact.Id
                          orderby state.SinceUtc descending, state.ContactId descending
                          select new OptInRow(
                              contact.Id,
                              contact.GivenName ?? contact.ProfileName,
                              contact.Phone,
                              contact.Country,
                              state.What != Standing.OptedOut && state.ExpiresAtUtc <= now ? Standing.Expired : state.What,
                              state.SinceUtc,
                              state.ExpiresAtUtc,
                              state.Source,
                              state.Complete))
            .Take(limit + 1).ToListAsync(cancellationToken);
        return rows.Count > limit
            ? new OptInPage(rows[..limit], Write(rows[limit - 1]))
            : new OptInPage(rows, null);
    }

    private static string Write(OptInRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.SinceUtc.Ticks}-{row.ContactId}");

    private static (DateTime SinceUtc, long ContactId)? Read(string? cursor) =>
        cursor?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var contact)
            ? (new DateTime(since, DateTimeKind.Utc), contact)
            : null;
}
