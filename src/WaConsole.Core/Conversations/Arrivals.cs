using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Conversations that customers wrote in during one transaction of intake. Those of somebody make a notice inside it, two statements for all of
/// them; about the others, <see cref="TellWaiting"/> tells who is there.
/// </summary>
internal sealed class Arrivals
{
    private readonly Dictionary<long, Arrival> _arrived = [];

    /// <param name="began">Nobody had been waiting there.</param>
    public void Add(Conversation conversation, bool began) => _arrived[conversation.Id] = new Arrival(
        conversation.NumberId, conversation.AssigneeId, began || (_arrived.TryGetValue(conversation.Id, out var earlier) && earlier.Began));

    /// <summary>Somebody answered after all.</summary>
    public void Remove(long conversationId) => _arrived.Remove(conversationId);

    public async Task SaveAsync(WaConsoleDb db, DateTime nowUtc, ChangeSet changes, CancellationToken cancellationToken)
    {
        foreach (var (conversationId, arrival) in _arrived)
        {
            if (arrival is { AssigneeId: null, Began: true })
            {
                changes.Add(new CustomerWaits(arrival.NumberId, conversationId));
            }
            else if (arrival.AssigneeId is { } assignee)
            {
                changes.Add(new NotificationsChanged(assignee));
            }
        }

        var ids = _arrived.Where(arrived => arrived.Value.AssigneeId is not null).Select(arrived => arrived.Key).ToArray();
        if (ids.Length > 0)
        {
            await RenewAsync(db, ids, nowUtc, cancellationToken);
        }
    }

    /// <summary>One notice of each conversation while it is unread: the newest message's, which moves to the top and is heard.</summary>
    private static async Task RenewAsync(WaConsoleDb db, long[] ids, DateTime nowUtc, CancellationToken cancellationToken)
    {
        await db.Notifications
            .Where(n => EF.Parameter(ids).Contains(n.ConversationId) && n.Kind == NotificationKind.Message && n.ReadAtUtc == null)
            .ExecuteDeleteAsync(cancellationToken);
        await (db.Database.IsNpgsql()
            ? db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Notifications" ("AgentId", "Kind", "ConversationId", "MessageId", "ActorName", "Preview", "AtUtc")
                SELECT c."AssigneeId", {(int)NotificationKind.Message}, c."Id", c."LastMessageId", '', c."LastPreview", {nowUtc}
                FROM "Conversations" c WHERE c."Id" = ANY ({ids}) AND c."AssigneeId" IS NOT NULL
                """,
                cancellationToken)
            : db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Notifications" ("AgentId", "Kind", "ConversationId", "MessageId", "ActorName", "Preview", "AtUtc")
                SELECT c."AssigneeId", {(int)NotificationKind.Message}, c."Id", c."LastMessageId", '', c."LastPreview", {nowUtc}
                FROM "Conversations" c WHERE c."Id" IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)})) AND c."AssigneeId" IS NOT NULL
                """,
                cancellationToken));
    }

    private sealed record Arrival(long NumberId, long? AssigneeId, bool Began);
}
