using Microsoft.Extensions.Localization;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations.Bubbles;

/// <summary>What WhatsApp told about the customer, in our words; its own where the kind is new to us.</summary>
internal static class NoticeWords
{
    public static string Of(IStringLocalizer<InboxText> words, MessageContent.Notice notice) =>
        words["Notice_" + notice.Type, notice.Detail ?? ""] is { ResourceNotFound: false } known ? known
            : notice.Detail is { Length: > 0 } detail ? detail
            : words["Notice"];
}
