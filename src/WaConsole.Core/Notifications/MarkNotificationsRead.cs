using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Notifications;

/// <summary>The caller has seen what they were told: all of it, or what was about one conversation.</summary>
public sealed class MarkNotificationsRead(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <param name="caller">Whose notifications: nobody marks another person's.</param>
    /// <param name="conversationId">Null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task RunAsync(Caller caller, long? conversationId, CancellationToken cancellationToken) =>
        MarkAsync(caller, unread => conversationId is { } id ? unread.Where(n => n.ConversationId == id) : unread, cancellationToken);

    /// <summary>What stood on a screen down to a line has been seen, and what was told about it.</summary>
    public Task SeenAsync(Caller caller, long conversationId, long newestSeen, CancellationToken cancellationToken) => MarkAsync(
        caller,
        unread => unread.Where(n => n.ConversationId == conversationId && (n.MessageId == null || n.MessageId <= newestSeen)),
        cancellationToken);

    private async Task MarkAsync(
        Caller caller, Func<IQueryable<Notification>, IQueryable<Notification>> which, CancellationToken cancellationToken)
    {
        if (caller.AgentId is not { } agentId)
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var unread = which(db.Notifications.Where(n => n.AgentId == agentId && n.ReadAtUtc == null));

        // Looked at first: a conversation is opened far more often than it holds anything to mark, and a write waits for the writer.
        if (!await unread.AnyAsync(cancellationToken))
        {
            return;
        }

        // That a customer wrote is told until it is seen, and then no more.
        var now = clock.GetUtcNow().UtcDateTime;
        var gone = await unread.Where(n => n.Kind == NotificationKind.Message).ExecuteDeleteAsync(cancellationToken);
        if (gone + await unread.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAtUtc, now), cancellationToken) > 0)
        {
            live.Publish(new NotificationsChanged(agentId));
        }
    }
}
