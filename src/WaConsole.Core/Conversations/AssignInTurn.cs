using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Gives conversations that wait and are nobody's to agents in turn, for numbers set so. Who is away, or has as many open ones as the
/// number allows, is passed over, and so is who has no screen open; when nobody is left they wait.
/// </summary>
internal sealed class AssignInTurn(Store store, WriterLane lane, LiveUpdates live, WhoIsHere here, TimeProvider clock, WhatsAppClock whatsApp)
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (numberId, waiting) in await WaitingAsync(cancellationToken))
        {
            foreach (var conversationId in waiting)
            {
                if (!await GiveAsync(numberId, conversationId, cancellationToken))
                {
                    break;
                }
            }
        }
    }

    private async Task<List<(long NumberId, List<long> Conversations)>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        List<(long, List<long>)> waiting = [];
        foreach (var number in await db.Numbers.Where(n => n.TakesTurns).Select(n => n.Id).ToListAsync(cancellationToken))
        {
            var conversations = await db.Conversations
                .Where(c => c.NumberId == number && c.Status == ConversationStatus.Open && c.AssigneeId == null && c.WaitingSinceUtc != null)
                .OrderBy(c => c.WaitingSinceUtc).ThenBy(c => c.Id)
                .Select(c => c.Id).Take(Batch).ToListAsync(cancellationToken);
            if (conversations.Count > 0)
            {
                waiting.Add((number, conversations));
            }
        }

        return waiting;
    }

    /// <returns>False when nobody can take one now.</returns>
    private async Task<bool> GiveAsync(long numberId, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The conversation before its number, as intake takes them.
        if (await LockConversation.RunAsync(db, Caller.System, conversationId, cancellationToken) is not
            { AssigneeId: null, Status: ConversationStatus.Open, WaitingSinceUtc: not null } conversation)
        {
            return true;
        }

        // Takes the number's row: nodes take turns one after the other.
        await db.Numbers.Where(n => n.Id == numberId).ExecuteUpdateAsync(set => set.SetProperty(n => n.LastTurnId, n => n.LastTurnId), cancellationToken);
        var number = await db.Numbers.SingleAsync(n => n.Id == numberId, cancellationToken);
        if (await NextAsync(db, number, cancellationToken) is not { } next)
        {
            return false;
        }

        conversation.AssigneeId = next.AgentId;
        var now = clock.GetUtcNow().UtcDateTime;
        number.LastTurnId = next.AgentId;
        ActivityLine.Add(
            db, conversation, Caller.System, new MessageContent.Activity("assigned", Caller.System.Name, next.Name), whatsApp.UtcNow, now);
        var told = Notify.Add(
            db, [next.AgentId], Caller.System, NotificationKind.Assigned, conversationId, null, conversation.LastPreview, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish([new ConversationChanged(numberId, conversationId), new InboxChanged(numberId, conversationId), .. told]);
        return true;
    }

    private async Task<Assignee?> NextAsync(WaConsoleDb db, Numbers.Number number, CancellationToken cancellationToken)
    {
        var people = await ListAssignees.Of(db, number.Id)
            .Where(agent => agent.Role == Role.Agent && !agent.IsAway)
            .OrderBy(agent => agent.Id)
            .Select(agent => new Assignee(agent.Id, agent.DisplayName))
            .ToListAsync(cancellationToken);
        people.RemoveAll(person => !here.IsHere(person.AgentId));
        Dictionary<long, int> busy = number.TurnCapacity <= 0 ? [] : await BusyAsync(db, people, cancellationToken);
        return Turn.Next(people, busy, number.LastTurnId, number.TurnCapacity);
    }

    private static Task<Dictionary<long, int>> BusyAsync(WaConsoleDb db, List<Assignee> people, CancellationToken cancellationToken)
    {
        var ids = people.Select(person => (long?)person.AgentId).ToList();
        return db.Conversations
            .Where(c => c.Status == ConversationStatus.Open && ids.Contains(c.AssigneeId))
            .GroupBy(c => c.AssigneeId!.Value)
            .Select(group => new { AgentId = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.AgentId, group => group.Count, cancellationToken);
    }
}
