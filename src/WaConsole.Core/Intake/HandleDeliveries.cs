using System.Runtime.CompilerServices;
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

    /// <summary>About a body of one item: bodies are fetched in portions of so many bytes for each item that a transaction takes.</summary>
    private const int ItemBytes = 1024;

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

    /// <summary>Read and not finished by the last transaction: never more than it was to take, and the rest of one body.</summary>
    private Dictionary<long, OpenDelivery> _unfinished = [];
    private IntakeConnection? _connection;

    /// <summary>What the transaction under way, or the last one, began with.</summary>
    private List<Delivery> _taken = [];

    /// <summary>More was waiting than fits into one batch.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Another node works webhooks off at this moment.</summary>
    public bool IsElsewhere { get; private set; }

    /// <summary>How often a body was parsed: once each, unless a batch failed.</summary>
    internal int Parsed { get; private set; }

    /// <summary>One batch.</summary>
    /// <returns>False when there was nothing to do, or another node is at it.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await BatchAsync(TakeAsync, Way.Together, cancellationToken);
            }
            catch (Exception conflict) when (conflict.IsConflict && tries < MaxBatchTries)
            {
                LogBatchAgain(conflict.GetType().Name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown && _taken.Count > 0)
            {
                LogBatchFailed(failure.GetType().Name);
                return await OneByOneAsync(_taken, Way.AfterFailure, cancellationToken);
            }
        }
    }

    /// <summary>Each item by its own verb in a transaction of its own: slow, and what a batch must agree with.</summary>
    internal async Task<bool> RunAloneAsync(CancellationToken cancellationToken)
    {
        var connection = _connection ??= await IntakeConnection.OpenAsync(store, cancellationToken);
        var pending = await TakeAsync(connection, cancellationToken).ToListAsync(cancellationToken);
        return pending.Count > 0 && await OneByOneAsync(pending, Way.Alone, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    /// <summary>What is pending, in portions: who has enough items in sight stops, because a body may hold thousands.</summary>
    private async IAsyncEnumerable<Delivery> TakeAsync(IntakeConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
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
        var ids = new Queue<(long Id, int Length)>(
            sizes.TakeWhile((size, at) => at == 0 || (room -= size.Length) > 0).Select(size => (size.Id, size.Length)));
        while (ids.Count > 0)
        {
            List<long> portion = [];
            var bytes = MaxItems(db) * ItemBytes;
            while (ids.TryPeek(out var next) && (portion.Count == 0 || bytes >= next.Length))
            {
                portion.Add(ids.Dequeue().Id);
                bytes -= next.Length;
            }

            foreach (var delivery in (await connection.Reader.ReadAsync(DeliveriesById, cancellationToken, portion.ToArray())).OrderBy(d => d.Id))
            {
                yield return delivery;
            }
        }
    }

    private static int MaxItems(WaConsoleDb db) => db.Database.IsNpgsql() ? PostgresItems : SqliteItems;

    /// <summary>
    /// Handles items from where the deliveries stand, until the budget is used up; only the first one unless together. What is pending is
    /// read when nobody else can handle it any more: on PostgreSQL behind the lock of the node whose turn it is, because numbers are not
    /// committed in their order and another node may have handled any of them. SQLite has one node, which reads before it takes the writer.
    /// </summary>
    /// <returns>False when nothing is pending, or another node is at it.</returns>
    private async Task<bool> BatchAsync(
        Func<IntakeConnection, CancellationToken, IAsyncEnumerable<Delivery>> take, Way way, CancellationToken cancellationToken)
    {
        (_taken, IsElsewhere) = ([], false);
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime) { JoinsParked = way != Way.AfterFailure };
        List<OpenDelivery> bodies = [];
        try
        {
            var connection = _connection ??= await IntakeConnection.OpenAsync(store, cancellationToken);
            var db = connection.Db;
            var isPostgres = db.Database.IsNpgsql();
            var items = way == Way.Together ? MaxItems(db) : 1;
            if (!isPostgres)
            {
                bodies = await OpenAsync(connection, take, items, cancellationToken);
                if (bodies.Count == 0)
                {
                    return false;
                }

                await LookAtAsync(bodies, items, cancellationToken);
            }

            using (await lane.EnterForBatchAsync(cancellationToken))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                if (!isPostgres)
                {
                    if (!await StandsAsync(connection, _taken[0], cancellationToken))
                    {
                        return false;
                    }
                }
                else if (!await IsOurTurnAsync(db, cancellationToken)
                    || (bodies = await OpenAsync(connection, take, items, cancellationToken)).Count == 0)
                {
                    return false;
                }

                await new Batch(connection, handle, tally, clock, bodies).RunAsync(
                    items,
                    isPostgres ? PostgresBudget : SqliteBudget,
                    way == Way.Together,
                    cancellationToken);
                await tally.SaveAsync(connection.Commands, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (Exception)
        {
            await DropAsync();
            throw;
        }

        _unfinished = bodies.Where(body => !body.IsFinished).ToDictionary(body => body.Id);
        IntakeMeter.ProjectionLag.Record((clock.GetUtcNow().UtcDateTime - _taken[0].ReceivedAtUtc).TotalSeconds);
        tally.Announce(live, directory, media);
        return true;
    }

    /// <summary>Opens bodies until so many items are in sight.</summary>
    private async Task<List<OpenDelivery>> OpenAsync(
        IntakeConnection connection,
        Func<IntakeConnection, CancellationToken, IAsyncEnumerable<Delivery>> take,
        int items,
        CancellationToken cancellationToken)
    {
        List<OpenDelivery> bodies = [];
        await foreach (var delivery in take(connection, cancellationToken))
        {
            var body = Open(delivery);
            _taken.Add(delivery);
            bodies.Add(body);
            items -= Math.Max(body.Left, 1);
            if (items <= 0)
            {
                IsBehind = true;
                break;
            }
        }

        return bodies;
    }

    /// <summary>What kind the items are that come next is seen before the only writer is held.</summary>
    private async Task LookAtAsync(List<OpenDelivery> bodies, int items, CancellationToken cancellationToken)
    {
        foreach (var body in bodies)
        {
            items -= items > 0 ? await body.LookAtAsync(handle, items, cancellationToken) : 0;
        }
    }

    private OpenDelivery Open(Delivery delivery)
    {
        var before = _unfinished.GetValueOrDefault(delivery.Id);
        Parsed += before is null ? 1 : 0;
        return new OpenDelivery(delivery, before);
    }

    private async Task<bool> OneByOneAsync(List<Delivery> pending, Way way, CancellationToken cancellationToken)
    {
        foreach (var delivery in pending)
        {
            while (await OneAsync(delivery.Id, way, cancellationToken))
            {
            }

            if (IsElsewhere)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next item of this delivery, in a transaction of its own; quarantined when it keeps failing.</summary>
    /// <returns>False when none is left, or another node is at it.</returns>
    private async Task<bool> OneAsync(long deliveryId, Way way, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await BatchAsync((connection, _) => PendingAsync(connection.Db, deliveryId), way, cancellationToken);
            }
            catch (Exception conflict) when (conflict.IsConflict && tries < MaxItemTries)
            {
                LogBatchAgain(conflict.GetType().Name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown && _taken.Count > 0)
            {
                await QuarantineAsync(_taken[0], failure, cancellationToken);
                return true;
            }
        }
    }

    private static IAsyncEnumerable<Delivery> PendingAsync(WaConsoleDb db, long deliveryId) => db.Deliveries.AsNoTracking()
        .Where(d => d.Id == deliveryId && d.State == DeliveryState.Pending)
        .AsAsyncEnumerable();

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
            if ((db.Database.IsNpgsql() && !await IsOurTurnAsync(db, cancellationToken)) || !await StandsAsync(connection, delivery, cancellationToken))
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

    /// <summary>PostgreSQL: one node at a time keeps the order. Held until the transaction ends.</summary>
    private async Task<bool> IsOurTurnAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var locked = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({DatabaseLocks.Intake}) AS \"Value\"").SingleAsync(cancellationToken);
        IsElsewhere = !locked;
        return locked;
    }

    /// <summary>What was read before the transaction still stands. The first stands for all where numbers are committed in their order.</summary>
    private static async Task<bool> StandsAsync(IntakeConnection connection, Delivery first, CancellationToken cancellationToken) =>
        await connection.Commands.NumberAsync(
            """SELECT COUNT(*) FROM "Deliveries" WHERE "Id" = @p0 AND "NextItem" = @p1 AND "State" = @p2""",
            [first.Id, first.NextItem, (int)DeliveryState.Pending],
            cancellationToken) == 1;

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
