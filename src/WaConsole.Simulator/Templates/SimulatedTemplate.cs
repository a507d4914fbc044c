using System.Text.Json;
using System.Text.RegularExpressions;

namespace WaConsole.Simulator.Templates;

/// <summary>A template of the business account, with its components exactly as the Graph API lists them.</summary>
public sealed partial record SimulatedTemplate
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Language { get; init; }

    /// <summary>MARKETING, UTILITY or AUTHENTICATION.</summary>
    public required string Category { get; init; }

    /// <summary>APPROVED, PENDING, REJECTED, PAUSED, DISABLED and the other words of the Graph API.</summary>
    public required string Status { get; init; }

    public bool Named { get; init; }
    public string Quality { get; init; } = "UNKNOWN";
    public string RejectedReason { get; init; } = "NONE";
    public required JsonElement Components { get; init; }

    /// <summary>The names or numbers of the variables in a text, in order and once each.</summary>
    internal static IReadOnlyList<string> Variables(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
