using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>What changed, to be published after the commit, and the conversations in which a person was answered.</summary>
internal sealed record WrittenResults(ChangeSet Changes, IReadOnlySet<long> Answered);

/// <summary>
/// Results of sends in one transaction. Rows are locked before they are read, so that a status arriving at the same moment is seen and
/// not written over, in the order in which statuses lock them: messages, conversations, outbox, each by id. Results of rows that went to
/// somebody else, or that were taken once more since, change nothing: a commit whose answer was lost is written a second time.
/// </summary>
internal sealed partial class WriteSendResults(
    Store store, WriterLane lane, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WriteSendResults> log)
{
    public async Task<WrittenResults> RunAsync(IReadOnlyList<SendResult> results)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        await WaitForNoDiskAsync(db);
        using var place = await lane.EnterAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        await LockSent.RunAsync(db, [.. results.Select(result => result.Row)]);
        var messages = await MessagesAsync(db, results);
        var mine = await MineAsync(db, results, now);
        var changed = mine
            .Where(result => messages.ContainsKey(result.Row.MessageId))
            .Select(result => messages[result.Row.MessageId].After(result, now))
            .Where(message => message != messages[message.Id])
            .ToList();

        await SettleRowsAsync(db, mine, now);
        await FreePlacesAsync(db, mine);
        await UpdateSettled.RunAsync(db, changed);
        var changes = ChangesOf(mine);
        await DrawConclusionsAsync(db, mine, now, changes);
        var lost = changed.Where(message => message.Status == DeliveryStatus.Failed && messages[message.Id].Status != DeliveryStatus.Failed);
        await LoseReply.ApplyAsync(db, [.. lost.Select(message => message.Id)], whatsApp.UtcNow, now, changes, CancellationToken.None);
        await transaction.CommitAsync();
        Log(mine);

        return new WrittenResults(
            changes,
            mine.Where(result => result is SendResult.Accepted && result.Row.Lane != OutboxLane.Broadcast)
                .Select(result => result.Row.ConversationId).ToHashSet());
    }

    /// <summary>
    /// The mark that a message leaves must be on disk before it does; its result need not. A power cut that takes it leaves the outcome
    /// unknown, and whatever reports it later, or is repeated because it was not acknowledged, settles it (decision 36).
    /// </summary>
    private static async Task WaitForNoDiskAsync(WaConsoleDb db)
    {
        if (db.Database.IsSqlite())
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL");
        }
    }

    /// <summary>
    /// Whose row it still is: also those swept as unknown meanwhile, when the answer came late. An accepted message is that in any case.
    /// </summary>
    private static async Task<List<SendResult>> MineAsync(WaConsoleDb db, IReadOnlyList<SendResult> results, DateTime now)
    {
        var ids = results.Select(result => result.Row.Id).Order().ToArray();
        var locked = db.Database.IsNpgsql()
            ? db.Outbox.FromSql($"""SELECT * FROM "Outbox" WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR UPDATE""")
            : db.Outbox.Where(e => ids.Contains(e.Id));
        var rows = await locked.AsNoTracking()
            .Select(e => new { e.Id, e.State, e.LeasedBy, e.LeasedUntilUtc, e.Attempts })
            .ToDictionaryAsync(e => e.Id);
        return [.. results.Where(result => rows.TryGetValue(result.Row.Id, out var row) && (result, result.Holder) switch
        {
            (SendResult.Accepted, _) => true,
            (_, { } holder) => row.LeasedBy == holder && row.State != OutboxState.Done
                && (row.State == OutboxState.Waiting || row.Attempts == result.Row.Attempts),
            (SendResult.Unknown, null) => row.State == OutboxState.Sending && row.LeasedUntilUtc < now,
            _ => row.State == OutboxState.Waiting && (row.LeasedUntilUtc is null || row.LeasedUntilUtc < now),
        })];
    }

    private static async Task<Dictionary<long, SettledMessage>> MessagesAsync(WaConsoleDb db, IReadOnlyList<SendResult> results)
    {
        var ids = results.Select(result => result.Row.MessageId).ToArray();
        return await db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id))
            .Select(m => new SettledMessage(m.Id, m.Status, m.StatusAtUtc, m.Wamid, m.ErrorCode, m.ErrorTitle, m.ErrorDetails))
            .ToDictionaryAsync(m => m.Id);
    }

    private static async Task SettleRowsAsync(WaConsoleDb db, List<SendResult> mine, DateTime now)
    {
        foreach (var group in mine.GroupBy(result => result is SendResult.Again again ? again.Wait : (TimeSpan?)null))
        {
            if (group.Key is { } wait)
            {
                var ids = group.Select(result => result.Row.Id).ToArray();
                var next = now + wait;
                await db.Outbox.Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(e => e.State, OutboxState.Waiting)
                    .SetProperty(e => e.LeasedBy, (Guid?)null)
                    .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null)
                    .SetProperty(e => e.NextAttemptAtUtc, next));
                continue;
            }

            foreach (var state in group.GroupBy(result => result is SendResult.Unknown ? OutboxState.Unknown : OutboxState.Done))
            {
                var ids = state.Select(result => result.Row.Id).ToArray();
                await db.Outbox.Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(e => e.State, state.Key)
                    .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null));
            }
        }
    }

    /// <summary>A conversation has one message on its way at a time, so what is taken off is what <see cref="BeginSending"/> put on for it.</summary>
    private static async Task FreePlacesAsync(WaConsoleDb db, List<SendResult> mine)
    {
        var unused = mine.Where(result => result.Unused).Select(result => result.Row.ConversationId).Order().ToArray();
        if (unused.Length > 0)
        {
            await PairPlaces.GiveBackAsync(db, unused);
        }
    }

    /// <summary>What a result says beyond its message: about the number, the window, the customer's wish, and the person's text.</summary>
    private async Task DrawConclusionsAsync(WaConsoleDb db, List<SendResult> mine, DateTime now, ChangeSet changes)
    {
        foreach (var number in mine.OfType<SendResult.Accepted>().Select(result => result.Row.NumberId).Distinct())
        {
            await db.Numbers.Where(n => n.Id == number).ExecuteUpdateAsync(set => set.SetProperty(n => n.LastSendAtUtc, now));
        }

        foreach (var notSent in mine.OfType<SendResult.NotSent>())
        {
            await BackToDraftAsync(db, notSent.Row.MessageId, now);
        }

        await CloseWindowsAsync(db, ConversationsOf(mine, RetryPlan.WindowClosed));
        await OptOutAsync(db, ConversationsOf(mine, RetryPlan.OptedOut), now, changes);
    }

    private static long[] ConversationsOf(List<SendResult> mine, int code) =>
        [.. mine.OfType<SendResult.Failed>().Where(failed => failed.Error.Code == code).Select(failed => failed.Row.ConversationId).Distinct()];

    /// <summary>Who typed it finds the text where it was typed, unless they are writing something else there.</summary>
    private static Task BackToDraftAsync(WaConsoleDb db, long messageId, DateTime now) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Drafts" ("ConversationId", "AgentId", "Text", "MediaFileIds", "ReplyToMessageId", "UpdatedAtUtc")
        SELECT m."ConversationId", m."AuthorId", m."Text", '', m."ReplyToMessageId", {now} FROM "Messages" m
        WHERE m."Id" = {messageId} AND m."AuthorId" IS NOT NULL AND m."Kind" = {(int)MessageKind.Text}
        ON CONFLICT ("ConversationId", "AgentId") DO UPDATE SET "Text" = excluded."Text",
            "ReplyToMessageId" = excluded."ReplyToMessageId", "UpdatedAtUtc" = excluded."UpdatedAtUtc"
        WHERE "Drafts"."Text" = '' AND "Drafts"."MediaFileIds" = '' AND "Drafts"."ReplyToMessageId" IS NULL
        """);

    private async Task CloseWindowsAsync(WaConsoleDb db, long[] conversations)
    {
        if (conversations.Length > 0)
        {
            var end = whatsApp.UtcNow;
            await db.Conversations.Where(c => conversations.Contains(c.Id) && c.WindowExpiresAtUtc > end)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, end));
        }
    }

    /// <summary>Each person once, in one order, so that two batches never wait for each other.</summary>
    private static async Task OptOutAsync(WaConsoleDb db, long[] conversations, DateTime now, ChangeSet changes)
    {
        if (conversations.Length == 0)
        {
            return;
        }

        var people = await db.Conversations.Where(c => conversations.Contains(c.Id)).Select(c => c.ContactId).Distinct().OrderBy(id => id).ToListAsync();
        foreach (var contactId in people)
        {
            await KeepConsent.ApplyAsync(
                db, contactId, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.WhatsAppRefusal, now), CancellationToken.None);
            await TellConsent.ApplyAsync(db, contactId, changes, CancellationToken.None);
        }
    }

    /// <summary>A tick, and what <see cref="DrawConclusionsAsync"/> changed beside the lines.</summary>
    private static ChangeSet ChangesOf(List<SendResult> mine)
    {
        var changes = new ChangeSet();
        foreach (var result in mine)
        {
            changes.Line(result.Row.NumberId, result.Row.ConversationId, result.Row.MessageId);
            if (result is SendResult.Failed or SendResult.NotSent)
            {
                changes.Header(result.Row.NumberId, result.Row.ConversationId);
            }
        }

        return changes;
    }

    private void Log(List<SendResult> mine)
    {
        foreach (var result in mine)
        {
            switch (result)
            {
                case SendResult.Accepted accepted:
                    LogAccepted(accepted.Row.MessageId, accepted.Row.NumberId, accepted.Kept);
                    break;
                case SendResult.Failed failed:
                    LogFailed(failed.Row.MessageId, failed.Row.NumberId, failed.Error.Code);
                    break;
                case SendResult.Unknown unknown:
                    LogUnknown(unknown.Row.MessageId, unknown.Row.NumberId);
                    break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {Message} of number {Number} accepted, held {Held}")]
    private partial void LogAccepted(long message, long number, bool held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of number {Number} refused: code {Code}")]
    private partial void LogFailed(long message, long number, int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Message} of number {Number}: the answer was lost, the outcome is unknown")]
    private partial void LogUnknown(long message, long number);
}
