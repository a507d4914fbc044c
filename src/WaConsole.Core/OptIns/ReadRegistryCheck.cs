using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <param name="EndedAtUtc">When the registry was read last; null before the first time.</param>
/// <param name="ByName">Who had asked; empty for the nightly check.</param>
/// <param name="IsAsked">Somebody asked, and nobody has begun.</param>
public sealed record RegistryCheck(DateTime? EndedAtUtc, string ByName, ConsentVerdict? Verdict, bool IsAsked)
{
    /// <summary>While it is being read: how many rows, of how many.</summary>
    public (long Read, long ToRead)? Running { get; init; }

    public bool IsUnderWay => IsAsked || Running is not null;
}

/// <summary>What reading the whole registry found last, and how far it is while it is being read.</summary>
public sealed class ReadRegistryCheck(Store store, TimeProvider clock)
{
    /// <returns>Null for who does not see every number: the registry is of all of them.</returns>
    public async Task<RegistryCheck?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        if (caller.Numbers is not null)
        {
            return null;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var row = await db.ConsentChecks.AsNoTracking().SingleOrDefaultAsync(c => c.Id == ConsentCheck.Only, cancellationToken) ?? new ConsentCheck();
        var isRead = row.BeatAtUtc > clock.GetUtcNow().UtcDateTime - RunCheck.SilentAtMost;
        var verdict = CheckJson.Read(row.VerdictJson);
        return new RegistryCheck(
            row.EndedAtUtc, row.ByName, verdict is null ? null : verdict with { Found = await WithPeopleAsync(db, verdict.Found, cancellationToken) }, row.AskedAtUtc is not null)
        {
            Running = isRead ? (row.Read, row.ToRead) : null,
        };
    }

    /// <summary>Whose entry it is, where that is not found but can still be told.</summary>
    private static async Task<IReadOnlyList<Tampering>> WithPeopleAsync(WaConsoleDb db, IReadOnlyList<Tampering> found, CancellationToken cancellationToken)
    {
        var entries = found.Where(one => one.ContactId is null).Select(one => one.EntryId).OfType<long>().ToArray();
        var people = await (from entry in db.ConsentEntries
                            where EF.Parameter(entries).Contains(entry.Id)
                            join subject in db.ConsentSubjects on entry.SubjectId equals subject.Id
                            select new { entry.Id, subject.ContactId }).ToDictionaryAsync(entry => entry.Id, entry => entry.ContactId, cancellationToken);
        return [.. found.Select(one => one.ContactId is null && one.EntryId is { } entry ? one with { ContactId = people.GetValueOrDefault(entry) } : one)];
    }
}
