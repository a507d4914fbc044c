using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Clears or sets the unread mark for the team. Whether the customer sees blue ticks follows the number's read receipt policy
/// (WhenOpening sends them here; WhenReplying when a reply is accepted).
/// </summary>
public sealed class MarkConversationRead(Store store, ReadReceipts receipts, LiveUpdates live)
{
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public async Task<bool> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await NumberAsync(db, caller, conversationId, cancellationToken) is not { } numberId)
        {
            return false;
        }

        var cleared = await db.Conversations
            .Where(c => c.Id == conversationId && (c.UnreadCount > 0 || c.FirstUnreadMessageId != null))
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.UnreadCount, 0)
                .SetProperty(c => c.FirstUnreadMessageId, (long?)null), cancellationToken);
        if (cleared > 0)
        {
            receipts.Queue(conversationId);
            Publish(numberId, conversationId);
        }

        return true;
    }

    /// <summary>What stood on a screen down to a line has been read. What came after that line has not, however soon.</summary>
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public async Task<bool> SeenAsync(Caller caller, long conversationId, long newestSeen, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await NumberAsync(db, caller, conversationId, cancellationToken) is not { } numberId)
        {
            return false;
        }

        while (await UnreadAsync(db, conversationId, cancellationToken) is { } unread && !(unread.First > newestSeen))
        {
            if (await ClearAsync(db, conversationId, unread, newestSeen, cancellationToken))
            {
                receipts.Queue(conversationId, newestSeen);
                Publish(numberId, conversationId);
                break;
            }
        }

        return true;
    }

    private static Task<Unread?> UnreadAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken) => db.Conversations
        .Where(c => c.Id == conversationId && (c.UnreadCount > 0 || c.FirstUnreadMessageId != null))
        .Select(c => new Unread(c.UnreadCount, c.FirstUnreadMessageId))
        .SingleOrDefaultAsync(cancellationToken);

    /// <returns>False when a message came, or a colleague read it, since <paramref name="unread"/> was read: then it is counted anew.</returns>
    private static async Task<bool> ClearAsync(
        WaConsoleDb db, long conversationId, Unread unread, long newestSeen, CancellationToken cancellationToken)
    {
        var later = db.Messages.Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Inbound && m.Id > newestSeen);
        var count = Math.Min(unread.Count, await later.CountAsync(cancellationToken));
        var first = count > 0 ? await later.MinAsync(m => (long?)m.Id, cancellationToken) : null;
        return await db.Conversations
            .Where(c => c.Id == conversationId && c.UnreadCount == unread.Count && c.FirstUnreadMessageId == unread.First)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.UnreadCount, count)
                .SetProperty(c => c.FirstUnreadMessageId, first), cancellationToken) > 0;
    }

    /// <summary>Unread from the customer's last message on. Nothing happens when the customer never wrote.</summary>
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public async Task<bool> MarkUnreadAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await NumberAsync(db, caller, conversationId, cancellationToken) is not { } numberId)
        {
            return false;
        }

        var last = await db.Messages
            .Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Inbound)
            .OrderByDescending(m => m.Id)
            .Select(m => (long?)m.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return true;
        }

        var marked = await db.Conversations
            .Where(c => c.Id == conversationId && c.UnreadCount <= 0)
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.UnreadCount, 1)
                .SetProperty(c => c.FirstUnreadMessageId, last), cancellationToken);
        if (marked > 0)
        {
            Publish(numberId, conversationId);
        }

        return true;
    }

    private static async Task<long?> NumberAsync(WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var number = await db.Conversations.Where(c => c.Id == conversationId)
            .Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        return number is { } id && caller.MaySeeNumber(id) ? id : null;
    }

    private void Publish(long numberId, long conversationId) =>
        live.Publish(new HeaderChanged(numberId, conversationId), new InboxChanged(numberId, conversationId));

    private sealed record Unread(int Count, long? First);
}
