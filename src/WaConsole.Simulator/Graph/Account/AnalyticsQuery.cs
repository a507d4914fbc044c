using System.Globalization;
using System.Text.RegularExpressions;

namespace WaConsole.Simulator.Graph.Account;

/// <summary>
/// A statistics field as it stands in <c>fields</c>, for example
/// <c>pricing_analytics.start(1).end(2).granularity(DAILY).dimensions(["COUNTRY"])</c>. Source: Meta, "Analytics", 2026.
/// </summary>
internal sealed partial record AnalyticsQuery(string Metric, IReadOnlyDictionary<string, string> Parameters)
{
    public long? Start => Number("start");
    public long? End => Number("end");
    public string Granularity => Parameters.GetValueOrDefault("granularity", "").Trim('"').ToUpperInvariant();

    /// <summary>Null when the field is not one of these statistics.</summary>
    public static AnalyticsQuery? Parse(string field)
    {
        var name = field.Split('.')[0];
        if (name is not ("analytics" or "conversation_analytics" or "pricing_analytics" or "call_analytics") || !field.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Filter().Matches(field))
        {
            parameters[match.Groups["name"].Value] = match.Groups["value"].Value;
        }

        return new AnalyticsQuery(name, parameters);
    }

    public IReadOnlyList<string> List(string name) =>
    [
        .. Parameters.GetValueOrDefault(name, "").Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(item => item.Trim('"', '\'').ToUpperInvariant()),
    ];

    public GraphError? Refusal(DateTimeOffset now)
    {
        string[] words = Metric == "analytics" ? ["HALF_HOUR", "DAY", "MONTH"] : ["HALF_HOUR", "DAILY", "MONTHLY"];
        return Start is not { } start || End is not { } end || start >= end ? GraphError.Of(100, $"{Metric}: start and end must be Unix times, start first.")
            : !words.Contains(Granularity) ? GraphError.Of(100, $"{Metric}: granularity must be one of {string.Join(", ", words)}.")
            : start < now.AddYears(-1).AddDays(-1).ToUnixTimeSeconds() ? GraphError.Of(100, $"{Metric}: start may be one year back at most.")
            : null;
    }

    /// <summary>The start of the interval a moment falls into.</summary>
    public DateTimeOffset StartOf(DateTimeOffset at) => Granularity switch
    {
        "HALF_HOUR" => new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, at.Minute / 30 * 30, 0, TimeSpan.Zero),
        "MONTH" or "MONTHLY" => new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero),
        _ => new DateTimeOffset(at.Year, at.Month, at.Day, 0, 0, 0, TimeSpan.Zero),
    };

    public DateTimeOffset EndOf(DateTimeOffset start) => Granularity switch
    {
        "HALF_HOUR" => start.AddMinutes(30),
        "MONTH" or "MONTHLY" => start.AddMonths(1),
        _ => start.AddDays(1),
    };

    private long? Number(string name) =>
        long.TryParse(Parameters.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\.(?<name>[a-z_]+)\((?<value>[^)]*)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Filter();
}
