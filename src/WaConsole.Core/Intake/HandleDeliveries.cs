using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// Works off pending bodies in the order they came. A batch is one transaction: plain items in a row are handled together
/// (<see cref="ItemRun"/>), each other one by its verb. When it fails its items are tried one by one in transactions of their own, and
/// the one to blame goes to quarantine.
/// </summary>
internal sealed partial class HandleDeliveries(
    Store store,
    WriterLane lane,
    HandleItem handle,
    AccountDirectory directory,
    MediaWaiting media,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<HandleDeliveries> log) : IAsyncDisposable
{
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int MaxBatchTries = 2;
    private const int MaxItemTries = 4;

    /// <summary>Items of one transaction: on SQLite it holds the only writer, on PostgreSQL it holds up nobody.</summary>
    private const int SqliteItems = 250;
    private const int PostgresItems = 1_000;

    /// <summary>Items that are not plain take longer: after this time the rest is left to the next transaction.</summary>
    private static readonly TimeSpan SqliteBudget = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PostgresBudget = TimeSpan.FromSeconds(1);

    private static readonly RowQuery<Delivery> DeliveriesById = new("\"Id\" {0}");

    /// <summary>After a failure nothing that waits for a message is joined to it, so that it cannot take the message with it.</summary>
    private enum Way
    {
        Together,
        Alone,
        AfterFailure,
    }

    private OpenDelivery? _begun;
    private IntakeConnection? _connection;

    /// <summary>More was waiting than fits into one batch.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>One batch.</summary>
    /// <returns>False when there was nothing to do, or another node is at it.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var pending = await TakeAsync(cancellationToken);
        return pending.Count > 0 && await HandleAsync(pending, cancellationToken);
    }

    /// <summary>Each item by its own verb in a transaction of its own: slow, and what a batch must agree with.</summary>
    internal async Task<bool> RunAloneAsync(CancellationToken cancellationToken)
    {
        var pending = await TakeAsync(cancellationToken);
        return pending.Count > 0 && await OneByOneAsync(pending, Way.Alone, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task<bool> HandleAsync(List<Delivery> pending, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await BatchAsync(pending, Way.Together, cancellationToken);
            }
            catch (Exception conflict) when (conflict.IsConflict && tries < MaxBatchTries)
            {
                LogBatchAgain(conflict.GetType().Name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
            {
                LogBatchFailed(failure.GetType().Name);
                return await OneByOneAsync(pending, Way.AfterFailure, cancellationToken);
            }
        }
    }

    private async Task<List<Delivery>> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await IntakeConnection.OpenAsync(store, cancellationToken);
            return await TakeAsync(_connection, cancellationToken);
        }
        catch (Exception)
        {
            await DropAsync();
            throw;
        }
    }

    private async Task<List<Delivery>> TakeAsync(IntakeConnection connection, CancellationToken cancellationToken)
    {
        var db = connection.Db;
        var sizes = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending)
            .OrderBy(d => d.Id)
            .Take(MaxItems(db))
            .Select(d => new { d.Id, d.Body.Length })
            .ToListAsync(cancellationToken);
        IsBehind = sizes.Count == MaxItems(db);
        var room = MaxBytes;
        var ids = sizes.TakeWhile((size, at) => at == 0 || (room -= size.Length) > 0).Select(size => size.Id).ToArray();
        return ids.Length == 0 ? [] : [.. (await connection.Reader.ReadAsync(DeliveriesById, cancellationToken, ids)).OrderBy(d => d.Id)];
    }

    private static int MaxItems(WaConsoleDb db) => db.Database.IsNpgsql() ? PostgresItems : SqliteItems;

    /// <summary>Handles items from where the deliveries stand, until the budget is used up; only the first one unless together.</summary>
    private async Task<bool> BatchAsync(List<Delivery> pending, Way way, CancellationToken cancellationToken)
    {
        var bodies = pending.Select(Open).ToList();
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime) { JoinsParked = way != Way.AfterFailure };
        using (await lane.EnterForBatchAsync(cancellationToken))
        {
            try
            {
                var connection = _connection ??= await IntakeConnection.OpenAsync(store, cancellationToken);
                var db = connection.Db;
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                if (!await IsOurTurnAsync(db, pending, cancellationToken))
                {
                    return false;
                }

                await new Batch(connection, handle, tally, clock, bodies).RunAsync(
                    way == Way.Together ? MaxItems(db) : 1,
                    db.Database.IsNpgsql() ? PostgresBudget : SqliteBudget,
                    way == Way.Together,
                    cancellationToken);
                await tally.SaveAsync(db, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
            catch (Exception)
            {
                await DropAsync();
                throw;
            }
        }

        _begun = bodies.Find(body => !body.IsFinished);
        IntakeMeter.ProjectionLag.Record((clock.GetUtcNow().UtcDateTime - pending[0].ReceivedAtUtc).TotalSeconds);
        tally.Announce(live, directory, media);
        return true;
    }

    private OpenDelivery Open(Delivery delivery) => new(delivery, _begun?.Id == delivery.Id ? _begun : null);

    private async Task<bool> OneByOneAsync(List<Delivery> pending, Way way, CancellationToken cancellationToken)
    {
        foreach (var delivery in pending)
        {
            var items = Open(delivery).Count;
            for (var at = delivery.NextItem; at < items; at++)
            {
                if (!await OneAsync(delivery.Id, way, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The next item of this delivery, in a transaction of its own; quarantined when it keeps failing.</summary>
    private async Task<bool> OneAsync(long deliveryId, Way way, CancellationToken cancellationToken)
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
                return await BatchAsync([delivery], way, cancellationToken);
            }
            catch (Exception conflict) when (conflict.IsConflict && tries < MaxItemTries)
            {
                LogBatchAgain(conflict.GetType().Name);
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
        using (await lane.EnterForBatchAsync(cancellationToken))
        {
            await using var connection = await IntakeConnection.OpenAsync(store, cancellationToken);
            var (db, writer) = (connection.Db, connection.Writer);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await IsOurTurnAsync(db, [delivery], cancellationToken))
            {
                return;
            }

            body.Begin(tally);
            await body.QuarantineNextAsync(db, $"It could not be handled ({failure.GetBaseException().GetType().Name}).", tally, cancellationToken);
            body.Note(writer, tally);
            await writer.SaveAsync<Delivery>(cancellationToken);
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
            var locked = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({DatabaseLocks.Intake}) AS \"Value\"").SingleAsync(cancellationToken);
            if (!locked)
            {
                return false;
            }
        }

        var (first, nextItem) = (pending[0].Id, pending[0].NextItem);
        return await db.Deliveries.AnyAsync(d => d.Id == first && d.State == DeliveryState.Pending && d.NextItem == nextItem, cancellationToken);
    }

    private async Task DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of webhooks met another writer ({Reason}) and is tried again")]
    private partial void LogBatchAgain(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of webhooks failed ({Reason}); its items are tried one by one")]
    private partial void LogBatchFailed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of delivery {Delivery} goes to quarantine: {Reason}")]
    private partial void LogQuarantined(long delivery, int item, string reason);
}
