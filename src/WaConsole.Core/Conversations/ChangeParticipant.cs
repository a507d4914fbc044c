using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Somebody takes part in a conversation, or no longer: by themselves or asked by a colleague.</summary>
public sealed class ChangeParticipant
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal ChangeParticipant(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    /// <returns>False when there is no such conversation for the caller, or the person cannot see it.</returns>
    public async Task<bool> RunAsync(Caller caller, long conversationId, long agentId, bool takesPart, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return false;
        }

        if (takesPart)
        {
            if (!await ListAssignees.Of(db, conversation.NumberId).AnyAsync(agent => agent.Id == agentId, cancellationToken))
            {
                return false;
            }

            await Participants.JoinAsync(db, conversationId, [agentId], _clock.GetUtcNow().UtcDateTime, cancellationToken);
        }
        else
        {
            await db.Participants.Where(p => p.ConversationId == conversationId && p.AgentId == agentId).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _live.Publish(new HeaderChanged(conversation.NumberId, conversationId));
        return true;
    }
}
