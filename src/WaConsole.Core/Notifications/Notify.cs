using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Notifications;

/// <summary>Writes what people are to be told, in the caller's transaction. Nobody is told of what they did themselves.</summary>
internal static class Notify
{
    private static readonly Caller Nobody = Caller.System with { Name = "" };

    /// <summary>Nobody did it: the time came, WhatsApp said so, or the customer wrote.</summary>
    /// <returns>What to publish after the commit.</returns>
    public static IReadOnlyList<LiveChange> Add(
        WaConsoleDb db, IEnumerable<long> people, NotificationKind kind, long conversationId, long? messageId, string preview, DateTime nowUtc) =>
        Add(db, people, Nobody, kind, conversationId, messageId, preview, nowUtc);

    /// <returns>What to publish after the commit.</returns>
    public static IReadOnlyList<LiveChange> Add(
        WaConsoleDb db, IEnumerable<long> people, Caller actor, NotificationKind kind, long conversationId, long? messageId, string preview, DateTime nowUtc)
    {
        List<LiveChange> changes = [];
        foreach (var person in people.Distinct().Where(person => person != actor.AgentId))
        {
            db.Notifications.Add(new Notification
            {
                AgentId = person,
                Kind = kind,
                ConversationId = conversationId,
                MessageId = messageId,
                ActorName = actor.Name,
                Preview = preview,
                AtUtc = nowUtc,
            });
            changes.Add(new NotificationsChanged(person));
        }

        return changes;
    }

    /// <summary>
    /// The customer was answered, or somebody looks after them: who was told that they wrote need not look any more. Such a notice goes; kept
    /// as read, each wait would leave one for every person who was there.
    /// </summary>
    /// <param name="except">Who goes on to be told.</param>
    /// <returns>What to publish after the commit.</returns>
    public static async Task<IReadOnlyList<LiveChange>> SettleAsync(
        WaConsoleDb db, long[] conversations, long? except, CancellationToken cancellationToken)
    {
        if (conversations.Length == 0)
        {
            return [];
        }

        var open = db.Notifications.Where(n => EF.Parameter(conversations).Contains(n.ConversationId)
            && n.Kind == NotificationKind.Message && n.ReadAtUtc == null && (except == null || n.AgentId != except));
        var people = await open.Select(n => n.AgentId).Distinct().ToListAsync(cancellationToken);
        if (people.Count > 0)
        {
            await open.ExecuteDeleteAsync(cancellationToken);
        }

        return [.. people.Select(person => new NotificationsChanged(person))];
    }
}
