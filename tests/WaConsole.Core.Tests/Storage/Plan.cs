using System.Globalization;
using System.Text.RegularExpressions;

namespace WaConsole.Core.Tests.Storage;

/// <summary>How a database runs a statement, in its own words.</summary>
internal sealed partial record Plan(string Sql, string Text)
{
    /// <summary>
    /// PostgreSQL: the most rows a step handed on or threw away, over all its loops. From version 18 on rows have two decimals. A plan that
    /// tells of no step that ran is not understood, and says so: a limit on its rows would hold whatever it reads.
    /// </summary>
    public long MostRows
    {
        get
        {
            var (most, loops) = (-1.0, 1.0);
            foreach (Match match in Rows().Matches(Text))
            {
                var removed = match.Groups["removed"];
                loops = removed.Success ? loops : NumberOf(match.Groups["loops"]);
                most = Math.Max(most, loops * NumberOf(removed.Success ? removed : match.Groups["rows"]));
            }

            return most < 0 ? throw new FormatException($"No step with its rows in:\n{Text}") : (long)Math.Round(most);
        }
    }

    public override string ToString() => $"{Sql}\n{Text}";

    private static double NumberOf(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"actual (time=\S+ )?rows=(?<rows>\d+(\.\d+)?) loops=(?<loops>\d+)|Rows Removed by (Index Recheck|Filter): (?<removed>\d+(\.\d+)?)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Rows();
}
