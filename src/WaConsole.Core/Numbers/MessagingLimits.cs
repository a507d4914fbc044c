using System.Globalization;

namespace WaConsole.Core.Numbers;

/// <summary>Pure: WhatsApp's messaging limit, as a tier ("TIER_2K") or a count, as people in a day (Meta, Messaging limits, May 2026).</summary>
internal static class MessagingLimits
{
    public const int Unlimited = -1;

    /// <returns>Null for what it does not say.</returns>
    public static int? Read(string? limit) => limit?.ToUpperInvariant() switch
    {
        null or "" or "TIER_NOT_SET" => null,
        "TIER_UNLIMITED" => Unlimited,
        ['T', 'I', 'E', 'R', '_', .. var digits, 'K'] => Count(digits) is { } thousands ? thousands * 1_000 : null,
        ['T', 'I', 'E', 'R', '_', .. var digits] => Count(digits),
        "-1" => Unlimited,
        var count => Count(count),
    };

    private static int? Count(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000 ? count : null;
}
