using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Sends the drafts whose customers have written, in their author's name: all parts and the end of the draft in one transaction, so that of
/// several nodes, or after a restart, one sends. What the customer has just written is not answered by it: they wait for a person. What the
/// gate refuses, or a customer who wants no more, leaves the draft to its author, who is told why.
/// </summary>
internal sealed partial class DeliverDrafts(
    Store store, QueueReply queue, ReadCaller people, LiveUpdates live, WhatsAppClock whatsApp, TimeProvider clock, ILogger<DeliverDrafts> log)
{
    private const int Batch = 100;

    /// <param name="beat">A sign of life.</param>
    /// <param name="cancellationToken">Ends it between two drafts.</param>
    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        foreach (var due in await DueAsync(cancellationToken))
        {
            beat();
            try
            {
                await DeliverAsync(due, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFault(fault, due.ConversationId);
            }
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken cancellationToken)
    {
        var from = whatsApp.UtcNow + ServiceWindow.ComposerMargin;
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Drafts.AsNoTracking()
            .Where(d => d.DeliverKey != null && db.Conversations.Any(c => c.Id == d.ConversationId && c.WindowExpiresAtUtc > from))
            .OrderBy(d => d.DeliverKey)
            .Take(Batch)
            .Select(d => new Due(d.ConversationId, d.AgentId))
            .ToListAsync(cancellationToken);
    }

    private async Task DeliverAsync(Due due, CancellationToken cancellationToken)
    {
        var author = await people.RunAsync(due.AgentId, cancellationToken);
        await using var db = await store.OpenAsync(cancellationToken);
        List<SendReplyOutcome> outcomes = [];
        IReadOnlyList<LiveChange> told = [];
        long? numberId = null;
        using (await queue.EnterForManyAsync(cancellationToken))
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var conversation = author is { MayUseInbox: true }
                ? await LockConversation.RunAsync(db, author, due.ConversationId, cancellationToken)
                : null;
            var key = await db.Drafts.AsNoTracking().Where(d => d.ConversationId == due.ConversationId && d.AgentId == due.AgentId)
                .Select(d => d.DeliverKey).SingleOrDefaultAsync(cancellationToken);
            if (key is not { } wish)
            {
                return;
            }

            string? why = null;
            numberId = conversation?.NumberId;
            if (conversation is not null)
            {
                why = await KeptBackAsync(db, conversation, cancellationToken);
            }

            if (conversation is not null && why is null)
            {
                var draft = await KeepDraft.ReadAsync(db, due.ConversationId, due.AgentId, cancellationToken);
                foreach (var part in SplitReply.Run(due.ConversationId, wish, draft.Text, draft.Files, draft.ReplyTo?.MessageId))
                {
                    outcomes.Add(await queue.ApplyAsync(db, author!, due.ConversationId, part with { WrittenBefore = true }, cancellationToken));
                }
            }

            if (outcomes.Count > 0 && outcomes.TrueForAll(outcome => outcome is SendReplyOutcome.Queued))
            {
                await transaction.CommitAsync(cancellationToken);
            }
            else
            {
                why ??= outcomes.OfType<SendReplyOutcome.Refused>().Select(refused => ToKeep(refused.Why)).FirstOrDefault();
                outcomes = [];
                await transaction.RollbackAsync(cancellationToken);
                told = await KeepAsync(due, wish, numberId is not null, why ?? "", cancellationToken);
            }
        }

        foreach (var outcome in outcomes)
        {
            queue.Announce(outcome, numberId!.Value, OutboxLane.Agent);
        }

        if (numberId is { } number)
        {
            live.Publish([new ConversationChanged(number, due.ConversationId), .. told]);
        }
    }

    /// <summary>Nothing automatic answers who wants no more, nor who may want no more while nobody has decided it.</summary>
    private static async Task<string?> KeptBackAsync(WaConsoleDb db, Conversation conversation, CancellationToken cancellationToken)
    {
        if (await db.Contacts.AnyAsync(c => c.Id == conversation.ContactId && c.OptedOutAtUtc != null, cancellationToken))
        {
            return Texts.Sending.Keep("OptedOutAll");
        }

        return await db.StopReviews.AnyAsync(r => r.Decision == null && r.ConversationId == conversation.Id, cancellationToken)
            ? Texts.Sending.Keep("StopUndecided")
            : null;
    }

    /// <summary>A draft like any other again. Whoever may not see the conversation any more is told nothing of it.</summary>
    private async Task<IReadOnlyList<LiveChange>> KeepAsync(Due due, Guid wish, bool maySee, string why, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var kept = await db.Drafts.Where(d => d.DeliverKey == wish)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.DeliverKey, (Guid?)null), cancellationToken);
        var told = kept > 0 && maySee
            ? Notify.Add(
                db, [due.AgentId], NotificationKind.DraftKept, due.ConversationId, null, why, clock.GetUtcNow().UtcDateTime)
            : [];
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return told;
    }

    /// <summary>In any language when it fits, else in the program's own.</summary>
    private static string ToKeep(Refusal why) =>
        why.ToKeep.Length <= Notification.MaxPreview ? why.ToKeep : StoredText.Cut(why.Words, Notification.MaxPreview);

    private sealed record Due(long ConversationId, long AgentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The draft that waits in conversation {Conversation} could not be delivered")]
    private partial void LogFault(Exception fault, long conversation);
}
