using WaConsole.CloudApi;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: what a call came to, from what WhatsApp told of it in any order (Meta, Calling, November 2025).</summary>
internal static class CallStory
{
    /// <returns>Null for news that say nothing about how the call fared, such as a recording.</returns>
    public static MessageContent.Call? Of(CallItem item)
    {
        CallOutcome? outcome = (item.Event, item.Status?.ToUpperInvariant()) switch
        {
            ("connect" or "call_created", _) or (null, "RINGING") => CallOutcome.Ringing,
            (null, "ACCEPTED") => CallOutcome.Answered,
            (null, "REJECTED") => CallOutcome.Rejected,
            ("terminate", "COMPLETED") => CallOutcome.Ended,
            ("terminate", _) => item.DurationSeconds > 0 ? CallOutcome.Ended : CallOutcome.Missed,
            _ => null,
        };
        return outcome is { } known
            ? new MessageContent.Call(item.IsFromCustomer, known, known == CallOutcome.Ended ? Seconds(item) : null)
            : null;
    }

    /// <summary>Webhooks come twice and out of order: only a step forward counts, and a call that was declined was not merely missed.</summary>
    public static MessageContent.Call After(MessageContent.Call? known, MessageContent.Call told) =>
        known is null || told.Outcome > known.Outcome
            ? told with { FromCustomer = told.FromCustomer || known is { FromCustomer: true } }
            : known;

    private static int? Seconds(CallItem item) =>
        item.DurationSeconds ?? (item is { StartedUtc: { } from, EndedUtc: { } to } && to >= from ? (int)(to - from).TotalSeconds : null);
}
