using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Hours;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Answers who wrote outside a number's business hours, once per window, with the number's away message. What it looked at is a row, the
/// message an outbox row of the same transaction: a restart forgets nothing, and of several nodes one sends. It is no answer of a person:
/// the customer goes on waiting.
/// </summary>
internal sealed partial class AnswerAway(Store store, QueueReply queue, WhatsAppClock whatsApp, ILogger<AnswerAway> log)
{
    public const string Kind = "away";

    private const int Batch = 100;
    private const int Unanswered = 50;
    private const int Written = 2_000;

    /// <param name="beat">A sign of life.</param>
    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        foreach (var number in await ClosedAsync(cancellationToken))
        {
            var last = 0L;
            List<long> waiting;
            do
            {
                waiting = await WaitingAsync(number.NumberId, last, cancellationToken);
                foreach (var conversation in waiting)
                {
                    beat();
                    await TryAsync(number, conversation, cancellationToken);
                }

                last = waiting.Count > 0 ? waiting[^1] : last;
            }
            while (waiting.Count == Batch);
        }
    }

    /// <summary>Numbers outside their hours now.</summary>
    private async Task<List<NumberHours>> ClosedAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var numbers = await db.NumberHours.AsNoTracking()
            .Where(h => h.AwayOn && db.Numbers.Any(n => n.Id == h.NumberId && n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null))
            .ToListAsync(cancellationToken);
        var now = whatsApp.UtcNow;
        return [.. numbers.Where(number => !number.Hours.IsOpenAt(now))];
    }

    /// <summary>Those who wait in an open window and have something new to look at.</summary>
    private async Task<List<long>> WaitingAsync(long numberId, long after, CancellationToken cancellationToken)
    {
        var from = whatsApp.UtcNow + ServiceWindow.ComposerMargin;
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations
            .Where(c => c.WaitingSinceUtc != null && c.NumberId == numberId && c.WindowExpiresAtUtc > from && !c.OwnedElsewhere && c.Id > after)
            .Where(c => !db.AwayAnswers.Any(a => a.ConversationId == c.Id && a.SeenMessageId >= c.LastMessageId))
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One that cannot be answered is looked at again later and keeps no other waiting.</summary>
    private async Task TryAsync(NumberHours number, long conversationId, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(number, conversationId, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFault(fault, conversationId);
        }
    }

    private async Task LookAsync(NumberHours number, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        SendReplyOutcome? outcome = null;
        using (await queue.EnterForManyAsync(cancellationToken))
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await LockConversation.RunAsync(db, Caller.System, conversationId, cancellationToken) is not { WaitingSinceUtc: { } since } conversation)
            {
                return;
            }

            var seen = await db.AwayAnswers.SingleOrDefaultAsync(a => a.ConversationId == conversationId, cancellationToken);
            if (seen?.SeenMessageId >= conversation.LastMessageId)
            {
                return;
            }

            if (seen is null)
            {
                seen = new AwayAnswer { ConversationId = conversationId };
                db.AwayAnswers.Add(seen);
            }

            if (await AnswersAsync(db, number, conversationId, since, seen.AnsweredAtUtc, cancellationToken) is { } newest)
            {
                var reply = new Reply(
                    conversationId, Guid.CreateVersion7(), new ReplyContent.Text(number.AwayText), Lane: OutboxLane.Automation)
                { Automatic = Kind };
                outcome = await queue.ApplyAsync(db, Caller.System, conversationId, reply, cancellationToken);
                seen.AnsweredAtUtc = outcome is SendReplyOutcome.Queued ? newest : seen.AnsweredAtUtc;
            }

            // What is not answered is not looked at again either, until something new stands there.
            seen.SeenMessageId = (outcome as SendReplyOutcome.Queued)?.MessageId ?? conversation.LastMessageId ?? 0;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (outcome is not null)
        {
            queue.Announce(outcome, number.NumberId, OutboxLane.Automation);
        }
    }

    /// <returns>When the message was sent that is to be answered; null when none is.</returns>
    private async Task<DateTime?> AnswersAsync(
        WaConsoleDb db, NumberHours number, long conversationId, DateTime sinceUtc, DateTime? answeredAtUtc, CancellationToken cancellationToken)
    {
        var inbound = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Inbound);
        var unanswered = await inbound.Where(m => m.SentAtUtc >= sinceUtc)
            .OrderByDescending(m => m.Id).Take(Unanswered)
            .Select(m => new AwaitingLine(m.Text, m.SentAtUtc, m.Kind == MessageKind.Button || m.Kind == MessageKind.Interactive))
            .ToListAsync(cancellationToken);
        unanswered.Reverse();
        List<DateTime> written = [];
        if (answeredAtUtc is { } answered)
        {
            var from = answered - ServiceWindow.Length;
            written = await inbound.Where(m => m.SentAtUtc >= from).OrderBy(m => m.Id).Take(Written).Select(m => m.SentAtUtc).ToListAsync(cancellationToken);
            written.Sort();
        }

        return AwayRules.Answers(number.Hours, number.AwaySinceUtc, unanswered, answeredAtUtc, written, whatsApp.UtcNow)
            ? unanswered[^1].SentAtUtc
            : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The away message for conversation {Conversation} ended in a fault")]
    private partial void LogFault(Exception fault, long conversation);
}
