using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Sending;

/// <summary>
/// Replies that failed after they were queued, in the caller's transaction: a customer whom nothing else answered waits again since they began to,
/// in a conversation that is open, and who wrote the reply is told. Messages that answered nobody and have no author change nothing.
/// </summary>
internal static class LoseReply
{
    /// <summary>Replies among these messages: for whoever handles many and does not want to ask of each.</summary>
    public static Task<List<long>> AmongAsync(WaConsoleDb db, IReadOnlyCollection<long> messageIds, CancellationToken cancellationToken) =>
        Among(db, messageIds).Select(e => e.MessageId).ToListAsync(cancellationToken);

    /// <param name="messageIds">Saved as failed.</param>
    /// <param name="shownAtUtc">The time of a line in the thread.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, IReadOnlyCollection<long> messageIds, DateTime shownAtUtc, DateTime nowUtc, ChangeSet changes, CancellationToken cancellationToken)
    {
        if (messageIds.Count == 0)
        {
            return;
        }

        var replies = await Among(db, messageIds)
            .OrderBy(e => e.ConversationId).ThenBy(e => e.MessageId)
            .Select(e => new Lost(e.MessageId, e.ConversationId, e.Message.AuthorId, e.WaitingSinceBeforeUtc, e.SnoozedUntilBeforeUtc))
            .ToListAsync(cancellationToken);
        foreach (var lost in replies)
        {
            if (await HeldConversation.ReadAsync(db, lost.ConversationId, cancellationToken) is { } conversation)
            {
                var waits = lost.WaitingSinceUtc is { } since && await WaitsAgainAsync(db, conversation, lost, since, cancellationToken);
                if (waits && conversation.Status != ConversationStatus.Open)
                {
                    (conversation.Status, conversation.SnoozedUntilUtc) = (ConversationStatus.Open, null);
                    db.Messages.Add(Line(conversation, shownAtUtc, nowUtc));
                }

                await TellAsync(db, conversation, lost, waits, nowUtc, changes, cancellationToken);
                changes.Row(conversation.NumberId, conversation.Id);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<OutboxEntry> Among(WaConsoleDb db, IReadOnlyCollection<long> messageIds) => db.Outbox.AsNoTracking()
        .Where(e => EF.Parameter(messageIds).Contains(e.MessageId) && (e.WaitingSinceBeforeUtc != null || e.Message.AuthorId != null));

    private static Message Line(Conversation conversation, DateTime shownAtUtc, DateTime nowUtc) => new()
    {
        ConversationId = conversation.Id,
        NumberId = conversation.NumberId,
        Direction = MessageDirection.None,
        Kind = MessageKind.Activity,
        ContentJson = ContentJson.Write(new MessageContent.Activity("undelivered", Caller.System.Name, null)),
        AuthorName = Caller.System.Name,
        SentAtUtc = shownAtUtc,
        CreatedAtUtc = nowUtc,
    };

    /// <summary>Not while another answer is on its way or has arrived; should that one fail too, the customer waits since then.</summary>
    private static async Task<bool> WaitsAgainAsync(
        WaConsoleDb db, Conversation conversation, Lost lost, DateTime since, CancellationToken cancellationToken)
    {
        var later =
            from message in db.Messages
            where message.ConversationId == lost.ConversationId && message.Id > lost.MessageId
                && message.Direction == MessageDirection.Outbound && message.Status != DeliveryStatus.Failed
            from entry in db.Outbox.Where(e => e.MessageId == message.Id).DefaultIfEmpty()
            where entry == null || entry.StatusBefore != null
            orderby message.Id
            select new { EntryId = (long?)entry.Id };
        if (await later.FirstOrDefaultAsync(cancellationToken) is { } next)
        {
            await db.Outbox.Where(e => e.Id == next.EntryId && e.WaitingSinceBeforeUtc == null).ExecuteUpdateAsync(
                set => set
                    .SetProperty(e => e.WaitingSinceBeforeUtc, since)
                    .SetProperty(e => e.SnoozedUntilBeforeUtc, lost.SnoozedUntilUtc),
                cancellationToken);
            return false;
        }

        conversation.WaitingSinceUtc = conversation.WaitingSinceUtc < since ? conversation.WaitingSinceUtc : since;
        return true;
    }

    private static async Task TellAsync(
        WaConsoleDb db, Conversation conversation, Lost lost, bool waits, DateTime nowUtc, ChangeSet changes, CancellationToken cancellationToken)
    {
        var author = lost.AuthorId is { } id
            && await db.Users.AnyAsync(agent => agent.Id == id && agent.DisabledAtUtc == null, cancellationToken) ? lost.AuthorId : null;
        if ((author ?? (waits ? conversation.AssigneeId : null)) is not { } person)
        {
            return;
        }

        await db.Notifications
            .Where(n => n.AgentId == person && n.ConversationId == conversation.Id && n.ReadAtUtc == null && n.Kind == NotificationKind.Failed)
            .ExecuteDeleteAsync(cancellationToken);
        changes.AddAll(Notify.Add(db, [person], NotificationKind.Failed, conversation.Id, lost.MessageId, "", nowUtc));
        await db.SaveChangesAsync(cancellationToken);
    }

    private sealed record Lost(long MessageId, long ConversationId, long? AuthorId, DateTime? WaitingSinceUtc, DateTime? SnoozedUntilUtc);
}
