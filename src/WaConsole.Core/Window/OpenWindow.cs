using WaConsole.Core.Conversations;

namespace WaConsole.Core.Window;

/// <summary>Moves a conversation's service window by WhatsApp's own timestamps. Pure: changes the row it is given, nothing else.</summary>
internal static class OpenWindow
{
    /// <summary>
    /// The customer wrote or called at this time (Meta, Send messages, November 2025). Webhooks may be a week late, so an older
    /// event never moves the window back.
    /// </summary>
    public static void By(Conversation conversation, DateTime openedAtUtc)
    {
        if (conversation.WindowOpenedAtUtc >= openedAtUtc)
        {
            return;
        }

        conversation.WindowOpenedAtUtc = openedAtUtc;
        conversation.WindowExpiresAtUtc = ServiceWindow.ExpiresAt(openedAtUtc);
        conversation.ClosingToldAtUtc = null;
        conversation.WindowExpiryAnnounced = false;
    }

    /// <summary>WhatsApp refused a free-form message because the window is shut (131047): that is the truth until the customer writes again.</summary>
    public static void Shut(Conversation conversation, DateTime refusedAtUtc)
    {
        if (conversation.WindowOpenedAtUtc > refusedAtUtc || conversation.WindowExpiresAtUtc <= refusedAtUtc)
        {
            return;
        }

        conversation.WindowExpiresAtUtc = refusedAtUtc;
        conversation.WindowExpiryAnnounced = false;
    }
}
