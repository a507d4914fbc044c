using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The send gate's answer before anybody presses Send. Nothing is written or sent, and the permit is dropped: sending asks again.
/// </summary>
public sealed class AskBeforeSending(Store store, SendGate gate)
{
    /// <returns>Why it would be refused; null when it may go now, or when the conversation is not there for the caller.</returns>
    public async Task<Refusal?> RunAsync(Caller caller, long conversationId, ReplyContent content, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !caller.MaySeeNumber(conversation.NumberId))
        {
            return null;
        }

        var answers = await gate.AskToQueueAsync(db, caller, [new GateQuestion(conversation, Guid.CreateVersion7(), content)], cancellationToken);
        return answers[0] is GateAnswer.Refused refused ? refused.Why : null;
    }
}
