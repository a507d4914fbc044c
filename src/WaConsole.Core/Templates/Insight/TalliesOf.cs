using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <summary>Tallies from a day on, with the ticks that are not yet added to them: in one statement, so that a fold is seen whole or not at all.</summary>
internal static class TalliesOf
{
    /// <param name="languages">Null for all.</param>
    public static async Task<List<TemplateTally>> RunAsync(
        WaConsoleDb db, IReadOnlyCollection<string> names, IReadOnlyCollection<string>? languages, IReadOnlyCollection<long> numbers, DateOnly from,
        CancellationToken cancellationToken)
    {
        var (tallies, ticks) = (db.TemplateTallies.AsNoTracking(), db.TemplateTicks.AsNoTracking());
        if (languages is not null)
        {
            tallies = tallies.Where(t => languages.Contains(t.Language));
            ticks = ticks.Where(t => languages.Contains(t.Language));
        }

        var rows = await tallies.Where(t => names.Contains(t.Name) && t.Day >= from && numbers.Contains(t.NumberId))
            .Select(t => new { t.Name, t.Language, t.What, t.Day, t.NumberId, t.Detail, t.Amount })
            .Concat(ticks.Where(t => names.Contains(t.Name) && t.Day >= from && numbers.Contains(t.NumberId))
                .Select(t => new { t.Name, t.Language, t.What, t.Day, t.NumberId, t.Detail, t.Amount }))
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(t => new TemplateTally
            {
                Name = t.Name,
                Language = t.Language,
                What = t.What,
                Day = t.Day,
                NumberId = t.NumberId,
                Detail = t.Detail,
                Amount = t.Amount,
            }),
        ];
    }
}
