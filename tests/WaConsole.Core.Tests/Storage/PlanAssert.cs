using System.Text.RegularExpressions;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Storage;

/// <summary>That the work of a statement does not grow with its table.</summary>
internal static partial class PlanAssert
{
    /// <summary>
    /// On SQLite no table is read from end to end but those that stay small; on PostgreSQL no step touches more rows than these.
    /// </summary>
    public static void DoesNotGrow(DatabaseProvider provider, Plan plan, int mostRows)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var made = Made().Matches(plan.Text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(Scan().Matches(plan.Text), scan => !made.Contains(scan.Groups["name"].Value));
        }
        else
        {
            Assert.True(plan.MostRows <= mostRows, $"{plan.MostRows} rows\n{plan.Sql}\n{plan.Text}");
        }
    }

    /// <summary>Aliases as EF makes them: n and n0 are Numbers, b is BusinessAccounts, t is Templates.</summary>
    [GeneratedRegex(@"SCAN (?!CONSTANT|[nbt]\d?( |$)|\w+ VIRTUAL TABLE)(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scan();

    /// <summary>Rows that the statement itself made, and so few.</summary>
    [GeneratedRegex(@"(CO-ROUTINE|MATERIALIZE) (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
