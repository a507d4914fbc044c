using WaConsole.Core.Sending;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Pure: when a person may send a message again that did not arrive. What WhatsApp keeps back to protect the customer or the number is
/// not offered again while repeating it does harm (Meta, Error codes, November 2026).
/// </summary>
internal static class RepeatRules
{
    /// <summary>The customer is in a holdout group, or wants no marketing: a repetition cannot arrive.</summary>
    private static readonly HashSet<int> Never = [130472, RetryPlan.OptedOut];

    /// <summary>Too many complaints about the number, or enough marketing for this customer: each further try makes it worse.</summary>
    private static readonly HashSet<int> NotBeforeADay = [131048, 131049];

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <param name="sinceUtc">Since when the message has this state.</param>
    public static bool MayRepeat(DeliveryStatus status, int? errorCode, DateTime sinceUtc, DateTime nowUtc) => status switch
    {
        DeliveryStatus.Failed when errorCode is { } code && Never.Contains(code) => false,
        DeliveryStatus.Failed when errorCode is { } code && NotBeforeADay.Contains(code) => nowUtc - sinceUtc >= Day,
        DeliveryStatus.Failed => true,

        // Only when its answer is no longer to be expected.
        DeliveryStatus.Unknown => nowUtc - sinceUtc >= SendAgain.UnknownWait,
        _ => false,
    };
}
