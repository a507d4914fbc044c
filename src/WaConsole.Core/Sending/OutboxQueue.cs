using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>A number that has something to send now.</summary>
internal sealed record DueNumber(long NumberId, ThroughputLevel Throughput);

/// <summary>
/// The outbox rows. Every change of hands is a conditional update, so two workers or two processes never hold one row: a row found
/// Waiting can be taken by one, and only its holder can move it to Sending. Bytes leave only while it is Sending.
/// </summary>
internal sealed class OutboxQueue(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
{
    /// <summary>While a message is prepared; renewed during uploads.</summary>
    public static readonly TimeSpan PreparingLease = TimeSpan.FromSeconds(60);

    /// <summary>Longer than a send may take. When it runs out the holder is gone and the bytes may have left.</summary>
    public static readonly TimeSpan SendingLease = TimeSpan.FromSeconds(45);

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<DueNumber>> DueNumbersAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        return await db.Numbers.AsNoTracking()
            .Where(n => n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null)
            .Where(n => db.Outbox.Any(e => e.NumberId == n.Id && e.State == OutboxState.Waiting && e.NextAttemptAtUtc <= now))
            .Select(n => new DueNumber(n.Id, n.Throughput))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Leases the next rows of a number: agents first, then by age, never past an unsettled earlier row of the conversation.</summary>
    public async Task<IReadOnlyList<OutboxEntry>> TakeAsync(long numberId, int atMost, Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        var free = db.Outbox.Where(e =>
            e.NumberId == numberId && e.State == OutboxState.Waiting && e.NextAttemptAtUtc <= now && e.DeadlineAtUtc > now
            && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now));
        var ids = await free
            .Where(e => !db.Outbox.Any(earlier =>
                earlier.ConversationId == e.ConversationId && earlier.Id < e.Id
                && (earlier.State == OutboxState.Waiting || earlier.State == OutboxState.Sending)))
            .OrderBy(e => e.Lane).ThenBy(e => e.Id)
            .Select(e => e.Id)
            .Take(atMost)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        var lease = now + PreparingLease;
        using var place = await lane.EnterAsync(cancellationToken);
        await free.Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.LeasedBy, worker)
            .SetProperty(e => e.LeasedUntilUtc, lease), cancellationToken);
        return await db.Outbox.AsNoTracking()
            .Where(e => ids.Contains(e.Id) && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .OrderBy(e => e.Id)
            .ToListAsync(cancellationToken);
    }

    /// <returns>False when the row is no longer this worker's.</returns>
    public async Task<bool> RenewAsync(long entryId, Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var until = NowUtc + PreparingLease;
        return await db.Outbox
            .Where(e => e.Id == entryId && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedUntilUtc, until), cancellationToken) == 1;
    }

    /// <summary>Gives a row back that was taken and not begun.</summary>
    public async Task ReleaseAsync(long entryId, Guid worker, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var next = NowUtc + wait;
        await db.Outbox
            .Where(e => e.Id == entryId && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(e => e.LeasedBy, (Guid?)null)
                .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null)
                .SetProperty(e => e.NextAttemptAtUtc, next), cancellationToken);
    }

    /// <summary>When the next waiting row of a number that may send is due; null when none waits for a time.</summary>
    public async Task<DateTime?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        return await db.Outbox
            .Where(e => e.State == OutboxState.Waiting && e.NextAttemptAtUtc > now)
            .Where(e => db.Numbers.Any(n =>
                n.Id == e.NumberId && n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null))
            .MinAsync(e => (DateTime?)e.NextAttemptAtUtc, cancellationToken);
    }

    /// <summary>
    /// Rows whose holder vanished while the bytes may have left become unknown; rows that waited too long go back to the person.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        var lost = await db.Outbox.AsNoTracking()
            .Where(e => e.State == OutboxState.Sending && e.LeasedUntilUtc < now)
            .ToListAsync(cancellationToken);
        foreach (var entry in lost)
        {
            await SettleAsync(db, entry, OutboxState.Sending, OutboxState.Unknown, now, message => MarkUnknown(message, now), cancellationToken);
        }

        var late = await db.Outbox.AsNoTracking()
            .Where(e => e.State == OutboxState.Waiting && e.DeadlineAtUtc <= now && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
            .ToListAsync(cancellationToken);
        foreach (var entry in late)
        {
            var sentence = Texts.Sending.Of("DeadlinePassed", Texts.Moment(entry.DeadlineAtUtc));
            await SettleAsync(db, entry, OutboxState.Waiting, OutboxState.Done, now, message => MarkFailed(message, sentence, now), cancellationToken);
        }
    }

    public static void MarkUnknown(Message message, DateTime nowUtc)
    {
        if (message.Status is DeliveryStatus.Queued or DeliveryStatus.Sending)
        {
            message.Status = DeliveryStatus.Unknown;
            message.StatusAtUtc = nowUtc;
        }
    }

    public static void MarkFailed(Message message, string sentence, DateTime nowUtc)
    {
        message.Status = DeliveryStatus.Failed;
        message.StatusAtUtc = nowUtc;
        message.ErrorCode = null;
        message.ErrorTitle = sentence;
        message.ErrorDetails = null;
    }

    private async Task SettleAsync(
        WaConsoleDb db, OutboxEntry entry, OutboxState from, OutboxState to, DateTime now, Action<Message> change, CancellationToken cancellationToken)
    {
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = await db.Outbox
            .Where(e => e.Id == entry.Id && e.State == from && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, to), cancellationToken);
        if (mine == 1)
        {
            await MessageRow.ChangeAsync(db, entry.MessageId, change, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            live.Publish(new ConversationChanged(entry.NumberId, entry.ConversationId));
            live.Publish(new InboxChanged(entry.NumberId, entry.ConversationId));
        }
    }
}
