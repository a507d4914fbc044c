using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>Writes what became of a send, in one transaction each. An answer that says more than a status already did changes nothing.</summary>
internal sealed partial class RecordSendResult(
    Store store, WriterLane lane, LiveUpdates live, ReadReceipts receipts, StopSending stop, WhatsAppClock whatsApp, TimeProvider clock,
    ILogger<RecordSendResult> log)
{
    private const int ErrorTextLength = 2000;

    public async Task AcceptedAsync(OutboxEntry entry, SendAccepted accepted, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var held = accepted.MessageStatus is "held_for_quality_assessment" or "paused";
        await MessageRow.ChangeAsync(
            db,
            entry.MessageId,
            message =>
            {
                message.Wamid ??= accepted.Wamid;
                Move(message, held ? DeliveryStatus.Held : DeliveryStatus.Accepted, now);
            },
            cancellationToken);
        await db.Outbox.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.State, OutboxState.Done)
            .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null), cancellationToken);
        await db.Numbers.Where(n => n.Id == entry.NumberId)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.LastSendAtUtc, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        Publish(entry);
        if (entry.Lane != OutboxLane.Broadcast)
        {
            receipts.QueueAfterReply(entry.ConversationId);
        }

        LogAccepted(entry.MessageId, entry.NumberId, held);
    }

    /// <summary>The message did not leave and goes back into the queue.</summary>
    public async Task AgainAsync(OutboxEntry entry, Guid worker, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var next = clock.GetUtcNow().UtcDateTime + wait;
        var mine = await Mine(db, entry, worker).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.State, OutboxState.Waiting)
            .SetProperty(e => e.LeasedBy, (Guid?)null)
            .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null)
            .SetProperty(e => e.NextAttemptAtUtc, next), cancellationToken);
        if (mine == 0)
        {
            return;
        }

        await MessageRow.ChangeAsync(
            db,
            entry.MessageId,
            message =>
            {
                if (message.Status is DeliveryStatus.Sending or DeliveryStatus.Unknown)
                {
                    message.Status = DeliveryStatus.Queued;
                    message.StatusAtUtc = null;
                }
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Publish(entry);
    }

    /// <summary>Refused by WhatsApp: the code, so that screens say it in words, and what the code means for customer and window.</summary>
    public async Task FailedAsync(OutboxEntry entry, Guid worker, CloudApiError error, CancellationToken cancellationToken)
    {
        var settled = await SettleAsync(
            entry,
            worker,
            OutboxState.Done,
            (message, now) =>
            {
                Move(message, DeliveryStatus.Failed, now);
                message.ErrorCode = error.Code == CloudApiError.NoCode ? null : error.Code;
                message.ErrorTitle = Cut(error.Title ?? ErrorBook.Find(error).Title);
                message.ErrorDetails = Cut(error.Details ?? error.Message);
            },
            db => ActOnAsync(db, entry, error.Code, cancellationToken),
            cancellationToken);
        if (settled)
        {
            LogFailed(entry.MessageId, entry.NumberId, error.Code);
        }
    }

    /// <summary>Not sent for a reason of ours, already a sentence.</summary>
    public Task FailedAsync(OutboxEntry entry, Guid worker, string sentence, CancellationToken cancellationToken) =>
        SettleAsync(entry, worker, OutboxState.Done, (message, now) => OutboxQueue.MarkFailed(message, sentence, now), null, cancellationToken);

    public async Task UnknownAsync(OutboxEntry entry, Guid worker, CloudApiFault fault, CancellationToken cancellationToken)
    {
        if (await SettleAsync(entry, worker, OutboxState.Unknown, OutboxQueue.MarkUnknown, null, cancellationToken))
        {
            LogUnknown(entry.MessageId, entry.NumberId, fault);
        }
    }

    /// <summary>Credentials, account or number were refused: they stop, and the message waits with the others.</summary>
    public async Task StoppedAsync(OutboxEntry entry, Guid worker, NumberAccess number, SendVerdict.Stop verdict, CancellationToken cancellationToken)
    {
        await stop.ApplyAsync(number, verdict.Scope, verdict.Code, cancellationToken);
        await AgainAsync(entry, worker, TimeSpan.Zero, cancellationToken);
    }

    private async Task<bool> SettleAsync(
        OutboxEntry entry, Guid worker, OutboxState state, Action<Message, DateTime> change, Func<WaConsoleDb, Task>? also,
        CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = await Mine(db, entry, worker).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.State, state)
            .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null), cancellationToken);
        if (mine == 0)
        {
            return false;
        }

        await MessageRow.ChangeAsync(db, entry.MessageId, message => change(message, now), cancellationToken);
        if (also is not null)
        {
            await also(db);
        }

        await transaction.CommitAsync(cancellationToken);
        Publish(entry);
        return true;
    }

    private async Task ActOnAsync(WaConsoleDb db, OutboxEntry entry, int code, CancellationToken cancellationToken)
    {
        if (code == RetryPlan.WindowClosed)
        {
            var end = whatsApp.UtcNow;
            await db.Conversations.Where(c => c.Id == entry.ConversationId && c.WindowExpiresAtUtc > end)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, end), cancellationToken);
        }
        else if (code == RetryPlan.OptedOut)
        {
            var at = clock.GetUtcNow().UtcDateTime;
            await db.Contacts
                .Where(c => c.OptedOutAtUtc == null && db.Conversations.Any(v => v.Id == entry.ConversationId && v.ContactId == c.Id))
                .ExecuteUpdateAsync(set => set
                    .SetProperty(c => c.OptedOutAtUtc, at)
                    .SetProperty(c => c.OptedOutReason, $"WhatsApp {code}"), cancellationToken);
        }
    }

    /// <summary>Rows this worker sent: also those swept as unknown meanwhile, when its answer came late.</summary>
    private static IQueryable<OutboxEntry> Mine(WaConsoleDb db, OutboxEntry entry, Guid worker) => db.Outbox.Where(e =>
        e.Id == entry.Id && e.LeasedBy == worker && e.State != OutboxState.Done);

    private static void Move(Message message, DeliveryStatus reported, DateTime nowUtc)
    {
        var after = message.Status.After(reported);
        if (after != message.Status)
        {
            message.Status = after;
            message.StatusAtUtc = nowUtc;
        }
    }

    private void Publish(OutboxEntry entry)
    {
        live.Publish(new ConversationChanged(entry.NumberId, entry.ConversationId));
        live.Publish(new InboxChanged(entry.NumberId, entry.ConversationId));
    }

    private static string? Cut(string? text) => StoredText.CleanOrNull(text, ErrorTextLength);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {Message} of number {Number} accepted, held {Held}")]
    private partial void LogAccepted(long message, long number, bool held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of number {Number} refused: code {Code}")]
    private partial void LogFailed(long message, long number, int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of number {Number}: answer lost ({Fault}), outcome unknown")]
    private partial void LogUnknown(long message, long number, CloudApiFault fault);
}
