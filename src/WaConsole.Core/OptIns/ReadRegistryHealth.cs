using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.OptIns;

/// <param name="From">Its Monday, UTC.</param>
public sealed record RegistryWeek(DateOnly From, long OptIns, long OptOuts);

public sealed record RegistrySource(ConsentSource Source, long OptIns, long OptOuts)
{
    /// <summary>Opt-ins of each week shown, oldest first.</summary>
    public IReadOnlyList<long> Weeks { get; init; } = [];
}

/// <summary>A template that people stopped at, and how often it was sent meanwhile.</summary>
public sealed record TemplateStops(string Name, long Sent, long OptOuts)
{
    /// <summary>Opt-outs of each week shown, oldest first.</summary>
    public IReadOnlyList<long> Weeks { get; init; } = [];
}

/// <summary>How many opted in to marketing by these words, and so on the pages that show them, in each week shown, oldest first.</summary>
/// <param name="Name">Null for words of nobody's page: a list, a program, or what a colleague wrote down.</param>
public sealed record WordingFlow(string? Name, string Language, long OptIns)
{
    public IReadOnlyList<long> Weeks { get; init; } = [];
}

/// <summary>
/// Words that opt-ins to marketing which stand today rest on. Without <see cref="Name"/> they are no published ones: somebody wrote down what was
/// shown, in a list or for one person.
/// </summary>
/// <param name="IsLatest">The version that is published now in its language.</param>
public sealed record WordingUse(string? Name, int? Version, string Language, long OptIns, bool IsLatest);

/// <param name="OptedIn">People who agreed to marketing, with proof and not worn out.</param>
/// <param name="WithoutProof">Written down, but what was shown or how it was proven is missing: it does not count.</param>
/// <param name="RenewalDue">Of <paramref name="OptedIn"/>: wears out within <see cref="ReadRegistryHealth.DueWithin"/>.</param>
public sealed record RegistryHealth(
    long OptedIn, long WithoutProof, long RenewalDue, long Expired, long Pending, long OptedOut,
    IReadOnlyList<RegistryWeek> Weeks, IReadOnlyList<RegistrySource> Sources, IReadOnlyList<TemplateStops> Templates, IReadOnlyList<WordingUse> Wordings)
{
    public IReadOnlyList<WordingFlow> Flows { get; init; } = [];
}

/// <summary>How the registry stands for marketing: what lacks proof or needs renewal, and what came and went in the last weeks.</summary>
public sealed class ReadRegistryHealth(Store store, TimeProvider clock)
{
    public const int WeeksShown = 13;

    private const int TemplatesShown = 10;
    private const int WordingsShown = 20;

    public static readonly TimeSpan DueWithin = TimeSpan.FromDays(30);

    /// <returns>Null for who does not see every number: the figures are of all of them.</returns>
    public async Task<RegistryHealth?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        if (caller.Numbers is not null)
        {
            return null;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = now + DueWithin;
        var states = db.ConsentStates.Where(s => s.Purpose == ConsentPurpose.Marketing);
        var standing = states.Where(s => s.ExpiresAtUtc == null || s.ExpiresAtUtc > now);
        var (weeks, sources) = await FlowAsync(db, now, cancellationToken);
        return new RegistryHealth(
            await standing.LongCountAsync(s => s.What == Standing.OptedIn, cancellationToken),
            await standing.LongCountAsync(s => s.What == Standing.Incomplete, cancellationToken),
            await states.LongCountAsync(s => s.What == Standing.OptedIn && s.ExpiresAtUtc > now && s.ExpiresAtUtc <= due, cancellationToken),
            await states.LongCountAsync(s => s.What == Standing.Expired || (s.What != Standing.OptedOut && s.ExpiresAtUtc <= now), cancellationToken),
            await standing.LongCountAsync(s => s.What == Standing.Pending, cancellationToken),
            await states.LongCountAsync(s => s.What == Standing.OptedOut, cancellationToken),
            weeks,
            sources,
            await TemplatesAsync(db, weeks[0].From, cancellationToken),
            await WordingsAsync(db, standing.Where(s => s.What == Standing.OptedIn), cancellationToken))
        {
            Flows = await WordingFlowsAsync(db, weeks[0].From, cancellationToken),
        };
    }

    /// <summary>By when it happened, whenever it was written down; read from an index alone.</summary>
    private static async Task<(IReadOnlyList<RegistryWeek> Weeks, IReadOnlyList<RegistrySource> Sources)> FlowAsync(
        WaConsoleDb db, DateTime now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now);
        var first = MondayOf(today).AddDays(-7 * (WeeksShown - 1));
        var from = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var days = await db.ConsentEntries
            .Where(e => e.AtUtc >= from && (e.Purpose == ConsentPurpose.Marketing || e.Purpose == ConsentPurpose.All))
            .Where(e => e.Action == ConsentAction.Granted || e.Action == ConsentAction.Renewed || e.Action == ConsentAction.Withdrawn)
            .GroupBy(e => new { e.AtUtc.Date, e.Action, e.Source })
            .Select(group => new { group.Key.Date, group.Key.Action, group.Key.Source, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        var byWeek = days.ToLookup(day => MondayOf(DateOnly.FromDateTime(day.Date)), day => (IsStop: day.Action == ConsentAction.Withdrawn, day.Count));
        var bySource = days.ToLookup(day => day.Source, day => (IsStop: day.Action == ConsentAction.Withdrawn, day.Count));
        return (
            [.. Enumerable.Range(0, WeeksShown).Select(week => first.AddDays(7 * week)).Select(week => new RegistryWeek(
                week, Sum(byWeek[week], stops: false), Sum(byWeek[week], stops: true)))],
            [.. bySource.Select(group => new RegistrySource(group.Key, Sum(group, stops: false), Sum(group, stops: true))
            {
                Weeks = InWeeks(
                    first,
                    days.Where(day => day.Source == group.Key && day.Action != ConsentAction.Withdrawn).Select(day => (DateOnly.FromDateTime(day.Date), day.Count))),
            })
                .OrderByDescending(source => source.OptIns + source.OptOuts).ThenBy(source => source.Source)]);
    }

    private static async Task<IReadOnlyList<TemplateStops>> TemplatesAsync(WaConsoleDb db, DateOnly from, CancellationToken cancellationToken)
    {
        var counted = await db.TemplateNameTallies
            .Where(t => t.Day >= from && (t.What == Tallied.OptedOut || t.What == Tallied.Sent))
            .GroupBy(t => new { t.Name, t.What, t.Day })
            .Select(group => new { group.Key.Name, group.Key.What, group.Key.Day, Amount = group.Sum(t => t.Amount) })
            .ToListAsync(cancellationToken);
        var sent = counted.Where(tally => tally.What == Tallied.Sent).ToLookup(tally => tally.Name, tally => tally.Amount);
        return
        [
            .. counted.Where(tally => tally.What == Tallied.OptedOut)
                .GroupBy(tally => tally.Name)
                .Select(days => new TemplateStops(days.Key, sent[days.Key].Sum(), days.Sum(day => day.Amount)) { Weeks = InWeeks(from, days.Select(day => (day.Day, day.Amount))) })
                .Where(template => template.OptOuts > 0)
                .OrderByDescending(template => template.OptOuts)
                .ThenBy(template => template.Name, StringComparer.Ordinal)
                .Take(TemplatesShown),
        ];
    }

    /// <summary>By the entry that each of them stands on.</summary>
    private static async Task<IReadOnlyList<WordingUse>> WordingsAsync(WaConsoleDb db, IQueryable<ConsentState> standing, CancellationToken cancellationToken)
    {
        var used = await (from state in standing
                          join entry in db.ConsentEntries on state.EntryId equals entry.Id
                          group entry by new { entry.WordingId, entry.WordingVersion, entry.WordingLanguage } into words
                          select new { words.Key.WordingId, words.Key.WordingVersion, words.Key.WordingLanguage, Count = words.LongCount() })
            .OrderByDescending(words => words.Count).Take(WordingsShown).ToListAsync(cancellationToken);
        var ids = used.Select(words => words.WordingId).OfType<long>().Distinct().ToArray();
        var names = await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancellationToken);
        var latest = await db.WordingVersions.Where(v => ids.Contains(v.WordingId) && v.PublishedAtUtc != null)
            .GroupBy(v => new { v.WordingId, v.Language })
            .Select(versions => new { versions.Key.WordingId, versions.Key.Language, Version = versions.Max(v => v.Version) })
            .ToDictionaryAsync(version => (version.WordingId, version.Language), version => version.Version, cancellationToken);
        return
        [
            .. used.Select(words => new WordingUse(
                words.WordingId is { } id ? names.GetValueOrDefault(id) : null,
                words.WordingVersion,
                words.WordingLanguage ?? "",
                words.Count,
                words.WordingId is { } of && latest.TryGetValue((of, words.WordingLanguage ?? ""), out var version) && version == words.WordingVersion)),
        ];
    }

    /// <summary>By when it happened. A page is not named by what is readable of an entry, and shows the words that are.</summary>
    private static async Task<IReadOnlyList<WordingFlow>> WordingFlowsAsync(WaConsoleDb db, DateOnly first, CancellationToken cancellationToken)
    {
        var from = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var days = await db.ConsentEntries
            .Where(e => e.AtUtc >= from && (e.Purpose == ConsentPurpose.Marketing || e.Purpose == ConsentPurpose.All))
            .Where(e => e.Action == ConsentAction.Granted || e.Action == ConsentAction.Renewed)
            .GroupBy(e => new { e.AtUtc.Date, e.WordingId, Language = e.WordingId == null ? null : e.WordingLanguage })
            .Select(group => new { group.Key.Date, group.Key.WordingId, group.Key.Language, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        var ids = days.Select(day => day.WordingId).OfType<long>().Distinct().ToArray();
        var names = await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancellationToken);
        return
        [
            .. days.GroupBy(day => (day.WordingId, day.Language))
                .Select(words => new WordingFlow(
                    words.Key.WordingId is { } id ? names.GetValueOrDefault(id) : null, words.Key.Language ?? "", words.Sum(day => day.Count))
                {
                    Weeks = InWeeks(first, words.Select(day => (DateOnly.FromDateTime(day.Date), day.Count))),
                })
                .OrderByDescending(flow => flow.OptIns).ThenBy(flow => flow.Name, StringComparer.Ordinal).ThenBy(flow => flow.Language, StringComparer.Ordinal)
                .Take(WordingsShown),
        ];
    }

    private static long[] InWeeks(DateOnly first, IEnumerable<(DateOnly Day, long Count)> days)
    {
        var weeks = new long[WeeksShown];
        foreach (var (day, count) in days)
        {
            weeks[Math.Clamp((day.DayNumber - first.DayNumber) / 7, 0, WeeksShown - 1)] += count;
        }

        return weeks;
    }

    private static long Sum(IEnumerable<(bool IsStop, long Count)> counts, bool stops) => counts.Where(one => one.IsStop == stops).Sum(one => one.Count);

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
