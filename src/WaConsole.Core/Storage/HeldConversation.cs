using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Storage;

/// <summary>A conversation as it is when its row's lock is held, on both databases, until the caller's transaction ends.</summary>
internal static class HeldConversation
{
    public static async Task<Conversation?> ReadAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken)
    {
        await db.Conversations.Where(c => c.Id == conversationId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NumberId, c => c.NumberId), cancellationToken);
        if (db.Conversations.Local.FindEntry(conversationId) is not { } before)
        {
            return await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        }

        // Read before it was held.
        await before.ReloadAsync(cancellationToken);
        return before.State == EntityState.Detached ? null : before.Entity;
    }
}
