using System.Data;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Intake;

/// <summary>
/// Counted in items, kept across pruning: received = stored + duplicates + parked + quarantined + pending.
/// Pending is what sits in bodies not read yet (each body counts as one until it is read). What retention or an erasure removes from parked
/// or quarantined is taken off received in the same transaction.
/// </summary>
public sealed record IntakeView(
    long Received, long Stored, long Duplicates, long Parked, long Quarantined, long Pending, double? OldestPendingSeconds,
    IReadOnlyList<NumberIntake> Numbers);

public sealed record NumberIntake(long Id, string PhoneNumberId, string Name, DateTime? LastWebhookAt, DateTime? LastMessageStoredAt);

/// <summary>How intake stands, for admins and programs that watch.</summary>
public sealed class ReadIntake(Store store, TimeProvider clock)
{
    public async Task<IntakeView> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);

        // One picture of all tables, or the sums would not add up while the worker runs. SQLite's own default would take the write lock.
        await using var transaction = await db.Database.BeginTransactionAsync(
            db.Database.IsSqlite() ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, cancellationToken);
        var counters = await db.IntakeCounters.AsNoTracking().ToListAsync(cancellationToken);
        var parked = await db.ParkedItems.LongCountAsync(cancellationToken);
        var quarantined = await db.QuarantinedItems.LongCountAsync(cancellationToken);
        var pending = db.Deliveries.Where(d => d.State == DeliveryState.Pending);
        var unread = await pending.LongCountAsync(d => d.ItemCount == 0, cancellationToken);
        var begun = await pending.Where(d => d.ItemCount > 0).SumAsync(d => (long)(d.ItemCount - d.NextItem), cancellationToken);
        var oldest = await pending.OrderBy(d => d.Id).Select(d => (DateTime?)d.ReceivedAtUtc).FirstOrDefaultAsync(cancellationToken);
        var numbers = await db.Numbers
            .OrderBy(n => n.Id)
            .Select(n => new NumberIntake(n.Id, n.PhoneNumberId, n.Name, n.LastWebhookAtUtc, n.LastMessageStoredAtUtc))
            .ToListAsync(cancellationToken);

        return new IntakeView(
            counters.Sum(c => c.Received) + unread,
            counters.Sum(c => c.Stored),
            counters.Sum(c => c.Duplicates),
            parked,
            quarantined,
            unread + begun,
            oldest is { } since ? Math.Max(0, (clock.GetUtcNow().UtcDateTime - since).TotalSeconds) : null,
            numbers);
    }
}
