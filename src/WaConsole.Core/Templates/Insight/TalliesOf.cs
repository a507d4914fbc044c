using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <param name="Amount">Of all days, languages and details.</param>
internal sealed record TallySum(string Name, long NumberId, Tallied What, long Amount);

/// <summary>Tallies from a day on, with the ticks that are not yet added to them: in one statement, so that a fold is seen whole or not at all.</summary>
internal static class TalliesOf
{
    /// <summary>What is kept as sums of names too. Costs are not: they have a currency each.</summary>
    public static readonly IReadOnlyList<Tallied> ByName = [Tallied.Sent, Tallied.Delivered, Tallied.Read, Tallied.OptedOut];

    /// <summary>Every tally of one template.</summary>
    public static async Task<List<TemplateTally>> RunAsync(
        WaConsoleDb db, string name, string language, IReadOnlyCollection<long> numbers, DateOnly from, CancellationToken cancellationToken)
    {
        var rows = await db.TemplateTallies.AsNoTracking()
            .Where(t => t.Name == name && t.Language == language && t.Day >= from && numbers.Contains(t.NumberId))
            .Select(t => new { t.What, t.Day, t.NumberId, t.Detail, t.Amount })
            .Concat(db.TemplateTicks.AsNoTracking()
                .Where(t => t.Name == name && t.Language == language && t.Day >= from && numbers.Contains(t.NumberId))
                .Select(t => new { t.What, t.Day, t.NumberId, t.Detail, t.Amount }))
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(t => new TemplateTally
            {
                Name = name,
                Language = language,
                What = t.What,
                Day = t.Day,
                NumberId = t.NumberId,
                Detail = t.Detail,
                Amount = t.Amount,
            }),
        ];
    }

    /// <summary>Of many names in all their languages no more than the sums: there may be thousands of rows behind each.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="names">Of the templates.</param>
    /// <param name="numbers">That sent them.</param>
    /// <param name="what">Some of <see cref="ByName"/>.</param>
    /// <param name="from">The first day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<List<TallySum>> SumAsync(
        WaConsoleDb db, IReadOnlyCollection<string> names, IReadOnlyCollection<long> numbers, IReadOnlyCollection<Tallied> what, DateOnly from,
        CancellationToken cancellationToken)
    {
        var sums = await db.TemplateNameTallies.AsNoTracking()
            .Where(t => names.Contains(t.Name) && t.Day >= from && numbers.Contains(t.NumberId) && what.Contains(t.What))
            .GroupBy(t => new { t.Name, t.NumberId, t.What })
            .Select(group => new { group.Key.Name, group.Key.NumberId, group.Key.What, Amount = group.Sum(t => t.Amount) })
            .Concat(db.TemplateTicks.AsNoTracking()
                .Where(t => names.Contains(t.Name) && t.Day >= from && numbers.Contains(t.NumberId) && what.Contains(t.What))
                .GroupBy(t => new { t.Name, t.NumberId, t.What })
                .Select(group => new { group.Key.Name, group.Key.NumberId, group.Key.What, Amount = group.Sum(t => t.Amount) }))
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new TallySum(sum.Name, sum.NumberId, sum.What, sum.Amount))];
    }
}
