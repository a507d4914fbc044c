using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Lets the caller's draft go out by itself when the customer writes again, or takes that back. The gate decides then, as for any reply.
/// </summary>
public sealed class DeliverWhenAnswered(Store store)
{
    /// <returns>Whether it will: false when there is nothing to send, or no conversation the caller may see.</returns>
    public async Task<bool> RunAsync(Caller caller, long conversationId, bool deliver, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var number = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        if (number is not { } id || !caller.MaySeeNumber(id) || caller.AgentId is not { } agentId)
        {
            return false;
        }

        Guid? key = deliver ? Guid.CreateVersion7() : null;
        var changed = await db.Drafts
            .Where(d => d.ConversationId == conversationId && d.AgentId == agentId && (d.Text != "" || d.MediaFileIds != ""))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.DeliverKey, key), cancellationToken);
        return deliver && changed > 0;
    }
}
