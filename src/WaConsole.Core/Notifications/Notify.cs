using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Notifications;

/// <summary>Writes what people are to be told, in the caller's transaction. Nobody is told of what they did themselves.</summary>
internal static class Notify
{
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
}
