using System.Globalization;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations.Bubbles;

/// <summary>What a call came to, in words.</summary>
internal static class CallWords
{
    /// <summary>Resource key of the words.</summary>
    public static string Of(MessageContent.Call call) => (call.FromCustomer ? "CallIn" : "CallOut") + call.Outcome;

    /// <summary>How long they talked, 1:15 or 1:01:15; null when they did not, or nobody told.</summary>
    public static string? Length(MessageContent.Call call) => call.Seconds is { } seconds and > 0
        ? TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture)
        : null;
}
