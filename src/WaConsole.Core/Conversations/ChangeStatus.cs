using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Opens, sets pending, snoozes (with a time; a new customer message always reopens) or resolves, and leaves an activity line.</summary>
public sealed class ChangeStatus(Store store, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
{
    /// <param name="snoozedUntilUtc">Only for a snooze: when it ends. Null: when the customer writes.</param>
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public async Task<bool> RunAsync(
        Caller caller, long conversationId, ConversationStatus status, DateTime? snoozedUntilUtc, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !caller.MaySeeNumber(conversation.NumberId))
        {
            return false;
        }

        var until = status == ConversationStatus.Snoozed ? snoozedUntilUtc : null;
        if (conversation.Status == status && conversation.SnoozedUntilUtc == until)
        {
            return true;
        }

        conversation.Status = status;
        conversation.SnoozedUntilUtc = until;
        if (status == ConversationStatus.Resolved)
        {
            conversation.WaitingSinceUtc = null;
        }

        var activity = new MessageContent.Activity(TypeOf(status), caller.Name, null, until);
        ActivityLine.Add(db, conversation, caller, activity, whatsApp.UtcNow, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);

        live.Publish(
            new ConversationChanged(conversation.NumberId, conversation.Id),
            new InboxChanged(conversation.NumberId, conversation.Id));
        return true;
    }

    /// <summary>The word of the activity line.</summary>
    internal static string TypeOf(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "open",
        ConversationStatus.Pending => "pending",
        ConversationStatus.Snoozed => "snoozed",
        ConversationStatus.Resolved => "resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
