using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

public enum DecideStopOutcome
{
    Decided = 1,

    /// <summary>Somebody decided before, or it is not for the caller to see.</summary>
    NotWaiting = 2,
}

/// <summary>Somebody decides whether a message was a wish to stop. If it was, it counts from when the customer wrote it.</summary>
public sealed class DecideStopReview
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal DecideStopReview(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<DecideStopOutcome> RunAsync(Caller caller, long messageId, StopDecision decision, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        if (message is null || !caller.MaySeeNumber(message.NumberId) || !await TakeAsync(db, caller, messageId, decision, now, cancellationToken))
        {
            return DecideStopOutcome.NotWaiting;
        }

        var changes = new ChangeSet();
        if (decision == StopDecision.OptedOut)
        {
            await StopAsync(db, caller, message, now, changes, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        changes.Add(new CaptureChanged());
        changes.PublishTo(_live);
        return DecideStopOutcome.Decided;
    }

    /// <summary>Of two who decide at once, one does.</summary>
    private static async Task<bool> TakeAsync(
        WaConsoleDb db, Caller caller, long messageId, StopDecision decision, DateTime now, CancellationToken cancellationToken) =>
        await db.StopReviews.Where(r => r.MessageId == messageId && r.Decision == null).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Decision, decision)
            .SetProperty(r => r.DecidedAtUtc, now)
            .SetProperty(r => r.DecidedBy, caller.Name), cancellationToken) == 1;

    private static async Task StopAsync(WaConsoleDb db, Caller caller, Message message, DateTime now, ChangeSet changes, CancellationToken cancellationToken)
    {
        var conversation = await db.Conversations.SingleAsync(c => c.Id == message.ConversationId, cancellationToken);
        var contact = await KeepConsent.LockAsync(db, conversation.ContactId, cancellationToken);
        var stop = NewConsent.Stop(
            ConsentPurpose.Marketing, ConsentSource.Keyword, message.SentAtUtc, new ConsentEvidence { Wamid = message.Wamid, Text = message.Text }) with
        {
            NumberId = message.NumberId,
            ActorId = caller.AgentId,
            ActorName = caller.Name,
        };
        await KeepConsent.ApplyAsync(db, contact, stop, cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.OptedOut, contact.Id, now));
        ActivityLine.Add(db, conversation, caller, new MessageContent.Activity("stopped", caller.Name, null), now, now);
        await db.SaveChangesAsync(cancellationToken);
        await TellConsent.ApplyAsync(db, contact.Id, changes, cancellationToken);
    }
}
