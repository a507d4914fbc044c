using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Changes an outgoing message inside the caller's transaction: its row is locked before it is read, so that a status arriving at the
/// same moment is seen and not written over; what the list shows of it follows.
/// </summary>
internal static class MessageRow
{
    public static async Task<Message> ChangeAsync(WaConsoleDb db, long messageId, Action<Message> change, CancellationToken cancellationToken)
    {
        await db.Messages.Where(m => m.Id == messageId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NumberId, m => m.NumberId), cancellationToken);
        db.ChangeTracker.Clear();
        var message = await db.Messages.SingleAsync(m => m.Id == messageId, cancellationToken);
        change(message);
        await db.SaveChangesAsync(cancellationToken);
        await db.Conversations.Where(c => c.Id == message.ConversationId && c.LastMessageId == messageId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastStatus, message.Status), cancellationToken);
        return message;
    }
}
