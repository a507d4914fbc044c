using Microsoft.Extensions.Localization;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations.Bubbles;

/// <summary>The buttons under an interactive message. Some have no words in the message: WhatsApp writes its own.</summary>
public static class InteractiveWords
{
    public static IReadOnlyList<TemplateButton> Buttons(IStringLocalizer<InboxText> text, MessageContent.SentInteractive sent) =>
        sent.Buttons is [] && text["Button_" + sent.Type] is { ResourceNotFound: false } own
            ? [new TemplateButton(sent.Type.ToUpperInvariant(), own, null)]
            : [.. sent.Buttons.Select(button => button.Text.Length > 0 || text["Button_" + sent.Type].ResourceNotFound
                ? button
                : button with { Text = text["Button_" + sent.Type] })];
}
