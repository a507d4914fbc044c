using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates.Insight;

/// <param name="Sentence">In words where WhatsApp's code is known.</param>
public sealed record TemplateFailure(int? Code, string Sentence, long Count);

/// <summary>A price is by the list of its day, of the category WhatsApp said: it says whether a message is charged, and not how much.</summary>
public sealed record TemplateCost(string Currency, decimal Amount);

/// <param name="Sent">Also those that failed.</param>
public sealed record TemplateDay(DateOnly Day, long Sent, long Delivered, long Read);

/// <summary>Where it was used: one of our numbers.</summary>
public sealed record TemplateUse(long NumberId, string Number, long Sent, DateOnly LastOn);

/// <param name="Pressed">Buttons that answer us, and forms. Links are counted by WhatsApp: see ReadLinkClicks.</param>
/// <param name="Replied">The customer's first message after it, within a week.</param>
/// <param name="Charged">Delivered, and WhatsApp said that it costs.</param>
/// <param name="Unpriced">Of <paramref name="Charged"/>: how many we know no price of.</param>
/// <param name="Unsaid">Delivered, and WhatsApp has not said whether it costs.</param>
/// <param name="LastUsedOn">By any of the caller's numbers, in any period.</param>
public sealed record TemplateInsight(
    int Days, long Sent, long Delivered, long Read, long Failed, long Pressed, long Replied, long OptedOut, long Free, long Charged, long Unpriced,
    long Unsaid, IReadOnlyList<TemplateCost> Costs, IReadOnlyList<TemplateFailure> Failures, IReadOnlyList<TemplateDay> ByDay,
    IReadOnlyList<TemplateUse> Uses, DateOnly? LastUsedOn);

/// <summary>
/// What became of a template's messages, by the days they were sent, in UTC. From the tallies, which are a few rows a day however many
/// messages there are, and from what is not yet added to them.
/// </summary>
public sealed class ReadTemplateInsight(Store store, TimeProvider clock)
{
    public const int MaxDays = 366;

    private const decimal Micros = 1_000_000m;

    /// <param name="days">Today and the days before it.</param>
    /// <returns>Null when there is no such template, or it is of an account the caller does not see. An agent's own numbers count.</returns>
    public async Task<TemplateInsight?> RunAsync(Caller caller, long templateId, int days, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { } template)
        {
            return null;
        }

        days = Math.Clamp(days, 1, MaxDays);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = today.AddDays(1 - days);
        var numbers = await db.Numbers.AsNoTracking()
            .Where(n => n.BusinessAccountId == template.BusinessAccountId)
            .Select(n => new { n.Id, n.Name, n.DisplayPhoneNumber }).ToListAsync(cancellationToken);
        var names = numbers.Where(number => caller.MaySeeNumber(number.Id))
            .ToDictionary(number => number.Id, number => number.Name.Length > 0 ? number.Name : number.DisplayPhoneNumber);
        var counted = await TalliesOf.RunAsync(db, template.Name, template.Language, [.. names.Keys], from, cancellationToken);
        var byDay = counted.GroupBy(tally => tally.Day).OrderBy(group => group.Key).Select(group => new TemplateDay(
            group.Key, Sum(group, Tallied.Sent), Sum(group, Tallied.Delivered), Sum(group, Tallied.Read))).ToList();
        var (free, unpriced) = (Sum(counted, Tallied.Free), Sum(counted, Tallied.Unpriced));
        var priced = Sum(counted, Tallied.Priced);
        var delivered = Sum(counted, Tallied.Delivered);
        return new TemplateInsight(
            days, Sum(counted, Tallied.Sent), delivered, Sum(counted, Tallied.Read), Sum(counted, Tallied.Failed), Sum(counted, Tallied.Pressed),
            Sum(counted, Tallied.Replied), Sum(counted, Tallied.OptedOut), free, priced + unpriced, unpriced,
            Math.Max(0, delivered - free - priced - unpriced),
            [.. Of(counted, Tallied.Cost).Select(group => new TemplateCost(group.Key, group.Sum(tally => tally.Amount) / Micros))],
            [.. Of(counted, Tallied.Failed).Select(group => FailureOf(group.Key, group.Sum(tally => tally.Amount)))
                .Where(failure => failure.Count > 0).OrderByDescending(failure => failure.Count)],
            byDay,
            [.. counted.Where(tally => tally.What == Tallied.Sent).GroupBy(tally => tally.NumberId)
                .Select(group => new TemplateUse(group.Key, names[group.Key], group.Sum(tally => tally.Amount), group.Max(tally => tally.Day)))
                .Where(use => use.Sent > 0).OrderByDescending(use => use.Sent)],
            await LastUsedAsync(db, caller, template, [.. names.Keys], byDay, cancellationToken));
    }

    private static long Sum(IEnumerable<TemplateTally> counted, Tallied what) =>
        counted.Where(tally => tally.What == what).Sum(tally => tally.Amount);

    private static IEnumerable<IGrouping<string, TemplateTally>> Of(IEnumerable<TemplateTally> counted, Tallied what) =>
        counted.Where(tally => tally.What == what).GroupBy(tally => tally.Detail, StringComparer.Ordinal);

    private static TemplateFailure FailureOf(string detail, long count) =>
        int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code > 0
            ? new TemplateFailure(code, ErrorSentence.Of(code), count)
            : new TemplateFailure(null, Texts.TemplateInsight.Of("FailedWithoutCode"), count);

    /// <summary>Whoever sees all numbers reads it from the template itself.</summary>
    private static async Task<DateOnly?> LastUsedAsync(
        WaConsoleDb db, Caller caller, Template template, List<long> numbers, List<TemplateDay> byDay, CancellationToken cancellationToken)
    {
        if (byDay.LastOrDefault(day => day.Sent > 0) is { } last)
        {
            return last.Day;
        }

        return caller.Numbers is null
            ? template.LastUsedOn
            : await db.TemplateTallies
                .Where(t => t.Name == template.Name && t.Language == template.Language && t.What == Tallied.Sent && numbers.Contains(t.NumberId))
                .MaxAsync(t => (DateOnly?)t.Day, cancellationToken);
    }
}
