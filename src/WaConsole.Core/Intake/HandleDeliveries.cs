using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// Works off pending bodies in the order they came. A batch is one transaction, kept short so that webhooks and senders are not held
/// up; when it fails its items are tried one by one, and the one to blame goes to quarantine.
/// </summary>
internal sealed partial class HandleDeliveries(
    Store store,
    WriterLane lane,
    HandleItem handle,
    AccountDirectory directory,
    MediaWaiting media,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<HandleDeliveries> log)
{
    private const int MaxDeliveries = 200;
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int MaxItems = 2_000;
    private const int MaxTries = 4;
    private const long NodeLock = 0x5761_496E_7461_6B65;

    /// <summary>How long one transaction may hold the only writer of SQLite; on PostgreSQL it holds up nobody.</summary>
    private static readonly TimeSpan SqliteBudget = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PostgresBudget = TimeSpan.FromSeconds(1);

    private OpenDelivery? _begun;

    /// <summary>One batch.</summary>
    /// <returns>False when there was nothing to do, or another node is at it.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var pending = await TakeAsync(cancellationToken);
        if (pending.Count == 0)
        {
            return false;
        }

        try
        {
            return await BatchAsync(pending, MaxItems, joinsParked: true, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
        {
            LogBatchFailed(failure.GetType().Name);
            return await OneByOneAsync(pending, cancellationToken);
        }
    }

    private async Task<List<Delivery>> TakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var sizes = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending)
            .OrderBy(d => d.Id)
            .Take(MaxDeliveries)
            .Select(d => new { d.Id, d.Body.Length })
            .ToListAsync(cancellationToken);
        var room = MaxBytes;
        var ids = sizes.TakeWhile((size, at) => at == 0 || (room -= size.Length) > 0).Select(size => size.Id).ToList();
        return ids.Count == 0
            ? []
            : await db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Handles items from where the deliveries stand, until the budget is used up.</summary>
    private async Task<bool> BatchAsync(
        List<Delivery> pending, int maxItems, bool joinsParked, CancellationToken cancellationToken)
    {
        var bodies = pending.Select(Open).ToList();
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime) { JoinsParked = joinsParked };
        using (await lane.EnterAsync(cancellationToken))
        {
            await using var db = await store.OpenAsync(cancellationToken);
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await IsOurTurnAsync(db, pending, cancellationToken))
            {
                return false;
            }

            var budget = db.Database.IsNpgsql() ? PostgresBudget : SqliteBudget;
            var started = clock.GetTimestamp();
            var handled = 0;
            foreach (var body in bodies)
            {
                body.Begin(tally);
                while (!body.IsFinished && handled < maxItems && (handled == 0 || clock.GetElapsedTime(started) < budget))
                {
                    await body.NextAsync(db, handle, tally, cancellationToken);
                    db.ChangeTracker.Clear();
                    handled++;
                }

                await body.SaveAsync(db, tally, cancellationToken);
                if (!body.IsFinished)
                {
                    _begun = body;
                    break;
                }
            }

            await tally.SaveAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        tally.Announce(live, directory, media);
        return true;
    }

    private OpenDelivery Open(Delivery delivery) => new(delivery, _begun?.Id == delivery.Id ? _begun : null);

    private async Task<bool> OneByOneAsync(List<Delivery> pending, CancellationToken cancellationToken)
    {
        foreach (var delivery in pending)
        {
            var items = Open(delivery).Count;
            for (var at = delivery.NextItem; at < Math.Max(items, 1); at++)
            {
                if (!await OneAsync(delivery.Id, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The next item of this delivery, in a transaction of its own; quarantined when it keeps failing.</summary>
    private async Task<bool> OneAsync(long deliveryId, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var delivery = await ReadAsync(deliveryId, cancellationToken);
            if (delivery is null)
            {
                return true;
            }

            try
            {
                return await BatchAsync([delivery], 1, joinsParked: false, cancellationToken);
            }
            catch (Exception conflict) when (conflict.IsConflict && tries < MaxTries)
            {
                LogBatchFailed(conflict.GetType().Name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
            {
                await QuarantineAsync(delivery, failure, cancellationToken);
                return true;
            }
        }
    }

    private async Task<Delivery?> ReadAsync(long deliveryId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Deliveries.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Id == deliveryId && d.State == DeliveryState.Pending, cancellationToken);
    }

    private async Task QuarantineAsync(Delivery delivery, Exception failure, CancellationToken cancellationToken)
    {
        LogQuarantined(delivery.Id, delivery.NextItem, failure.GetType().Name);
        var body = Open(delivery);
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime);
        using (await lane.EnterAsync(cancellationToken))
        {
            await using var db = await store.OpenAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await IsOurTurnAsync(db, [delivery], cancellationToken))
            {
                return;
            }

            body.Begin(tally);
            await body.QuarantineNextAsync(db, $"It could not be handled ({failure.GetBaseException().GetType().Name}).", tally, cancellationToken);
            await body.SaveAsync(db, tally, cancellationToken);
            await tally.SaveAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        tally.Announce(live, directory, media);
    }

    /// <summary>One node at a time keeps the order; what was read before the transaction must still stand.</summary>
    private static async Task<bool> IsOurTurnAsync(WaConsoleDb db, List<Delivery> pending, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            var locked = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({NodeLock}) AS \"Value\"").SingleAsync(cancellationToken);
            if (!locked)
            {
                return false;
            }
        }

        var first = pending[0];
        var oldest = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending)
            .OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.NextItem })
            .FirstOrDefaultAsync(cancellationToken);
        return oldest is not null && oldest.Id <= first.Id
            && await db.Deliveries.AnyAsync(
                d => d.Id == first.Id && d.State == DeliveryState.Pending && d.NextItem == first.NextItem, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of webhooks failed ({Reason}); its items are tried one by one")]
    private partial void LogBatchFailed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of delivery {Delivery} goes to quarantine: {Reason}")]
    private partial void LogQuarantined(long delivery, int item, string reason);
}
