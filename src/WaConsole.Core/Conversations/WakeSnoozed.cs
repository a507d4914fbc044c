using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Opens snoozed conversations whose time has come, with a line in the thread, and tells their assignees.</summary>
internal sealed class WakeSnoozed(Store store, WriterLane lane, LiveUpdates live, WhatsAppClock whatsApp, TimeProvider clock)
{
    private const int Batch = 500;

    /// <returns>When the next one ends, on WhatsApp's clock. Null when nothing is snoozed until a time.</returns>
    public async Task<DateTime?> RunAsync(CancellationToken cancellationToken)
    {
        var now = whatsApp.UtcNow;
        foreach (var sleeper in await DueAsync(now, cancellationToken))
        {
            await WakeAsync(sleeper, now, cancellationToken);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations.Where(c => c.SnoozedUntilUtc != null).MinAsync(c => c.SnoozedUntilUtc, cancellationToken);
    }

    private async Task<List<long>> DueAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations
            .Where(c => c.SnoozedUntilUtc != null && c.SnoozedUntilUtc <= now)
            .OrderBy(c => c.SnoozedUntilUtc)
            .Select(c => c.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
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
            db, conversation.AssigneeId is { } assignee ? [assignee] : [], Caller.System with { Name = "" }, NotificationKind.Woken, conversation.Id,
            null, conversation.LastPreview, nowUtc);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish([
            new ConversationChanged(conversation.NumberId, conversation.Id), new InboxChanged(conversation.NumberId, conversation.Id), .. told,
        ]);
    }
}
