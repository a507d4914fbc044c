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

    /// <summary>The category before Meta changed it.</summary>
    public string? PreviousCategory { get; init; }

    /// <summary>The category Meta is about to set.</summary>
    public string? CorrectCategory { get; init; }

    public string? SubCategory { get; init; }
    public string? DisplayFormat { get; init; }
    public string? LibraryName { get; init; }
    public bool LinkTrackingOptedOut { get; init; }

    /// <summary><c>message_send_ttl_seconds</c>; null for the default, -1 for 30 days.</summary>
    public int? TimeToLiveSeconds { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How often it was paused for its quality: 3 hours, 6 hours, then disabled.</summary>
    public int Pauses { get; init; }

    /// <summary>A pause by pacing does not end by itself.</summary>
    public bool PausedByPacing { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it was edited while approved; the limits of edits count these.</summary>
    public IReadOnlyList<DateTimeOffset> EditedAt { get; init; } = [];

    /// <summary>How long an undelivered message lives. Meta, "Time to live", 2025.</summary>
    internal TimeSpan TimeToLive => TimeToLiveSeconds switch
    {
        > 0 and { } seconds => TimeSpan.FromSeconds(seconds),
        null when Category == "AUTHENTICATION" => TimeSpan.FromMinutes(10),
        _ => LongestLife,
    };

    internal static TimeSpan LongestLife { get; } = TimeSpan.FromDays(30);

    /// <summary>The names or numbers of the variables in a text, in order and once each.</summary>
    internal static IReadOnlyList<string> Variables(string text) =>
        !text.Contains("{{", StringComparison.Ordinal) ? [] : [.. Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? text : Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
