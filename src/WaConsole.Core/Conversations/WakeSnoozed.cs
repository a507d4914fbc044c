using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Opens snoozed conversations whose time has come, with a line in the thread, and tells their assignees.</summary>
internal sealed partial class WakeSnoozed(
    Store store, WriterLane lane, LiveUpdates live, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WakeSnoozed> log)
{
    private const int Batch = 500;

    /// <param name="beat">A sign of life.</param>
    /// <returns>When the next one ends, on WhatsApp's clock. Null when nothing is snoozed until a time to come.</returns>
    public async Task<DateTime?> RunAsync(Action beat, CancellationToken cancellationToken)
    {
        var now = whatsApp.UtcNow;
        var last = 0L;
        List<long> due;
        do
        {
            due = await DueAsync(now, last, cancellationToken);
            foreach (var sleeper in due)
            {
                beat();
                await TryWakeAsync(sleeper, now, cancellationToken);
            }

            last = due.Count > 0 ? due[^1] : last;
        }
        while (due.Count == Batch);

        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations.Where(c => c.SnoozedUntilUtc > now).MinAsync(c => c.SnoozedUntilUtc, cancellationToken);
    }

    private async Task<List<long>> DueAsync(DateTime now, long after, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations
            .Where(c => c.SnoozedUntilUtc <= now && c.Id > after)
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One that cannot be woken is left to the next look and does not keep the others asleep.</summary>
    private async Task TryWakeAsync(long conversationId, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            await WakeAsync(conversationId, now, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFault(fault, conversationId);
        }
    }

    /// <summary>Of several nodes, and a person who was quicker, one wakes it.</summary>
    private async Task WakeAsync(long conversationId, DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = db.Conversations.Where(c => c.Id == conversationId && c.SnoozedUntilUtc <= now);
        var woken = await due.Where(c => c.Status == ConversationStatus.Snoozed).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Status, ConversationStatus.Open).SetProperty(c => c.SnoozedUntilUtc, (DateTime?)null), cancellationToken);
        if (woken == 0)
        {
            await due.ExecuteUpdateAsync(set => set.SetProperty(c => c.SnoozedUntilUtc, (DateTime?)null), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return;
        }

        var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversationId, cancellationToken);
        var nowUtc = clock.GetUtcNow().UtcDateTime;
        ActivityLine.Add(db, conversation, Caller.System, new MessageContent.Activity("woken", Caller.System.Name, null), now, nowUtc);
        var told = Notify.Add(
            db, conversation.AssigneeId is { } assignee ? [assignee] : [], NotificationKind.Woken, conversation.Id,
            null, conversation.LastPreview, nowUtc);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish([
            new ConversationChanged(conversation.NumberId, conversation.Id), new InboxChanged(conversation.NumberId, conversation.Id), .. told,
        ]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Snoozed conversation {Conversation} could not be opened again")]
    private partial void LogFault(Exception fault, long conversation);
}
