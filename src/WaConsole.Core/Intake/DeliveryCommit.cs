using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// Puts webhook bodies on disk, all that wait in one transaction: while one commit reaches the disk the next ones gather behind it.
/// Uses a connection of its own, dropped after a failure, so that it works again as soon as the database does.
/// </summary>
internal sealed partial class DeliveryCommit(
    Store store, StoreCondition condition, WriterLane lane, DeliveriesWaiting pending, TimeProvider clock, ILogger<DeliveryCommit> log) : IAsyncDisposable
{
    private const int MaxWaiting = 2_000;
    private const int MaxTogether = 500;
    private const int BusySeconds = 3;

    /// <summary>
    /// Under load a commit waits this long for company, because what it costs besides its rows is spent per commit: 11 % more webhooks a
    /// second on two cores (docs/performance.md). A webhook that comes alone does not wait.
    /// On the machine's own clock: it spares the disk, and is no time of the world that a clock may move.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);
    private const int ManyTogether = 8;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(MaxWaiting);
    private WaConsoleDb? _db;
    private RowWriter? _writer;
    private Task _draining = Task.CompletedTask;
    private int _running;
    private long _commits;

    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>True once the bytes are on disk; false when they are not and will not be, or nobody can tell in this time.</summary>
    /// <param name="body">Handed on: its memory is given back once it is on disk, or will not be.</param>
    public async Task<bool> RunAsync(long businessAccountId, HeldBody body, TimeSpan patience, CancellationToken cancellationToken)
    {
        var delivery = new Delivery
        {
            Body = body.Bytes,
            BusinessAccountId = businessAccountId,
            ReceivedAtUtc = clock.GetUtcNow().UtcDateTime,
        };
        var waiting = new Waiting(delivery, body);
        if (!_queue.Writer.TryWrite(waiting))
        {
            body.Dispose();
            LogFull();
            return false;
        }

        Start();
        try
        {
            return await waiting.Done.Task.WaitAsync(patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            waiting.Done.TrySetResult(false);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _draining;
        await DropAsync();
    }

    private void Start()
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            _draining = Task.Run(DrainAsync);
        }
    }

    private async Task DrainAsync()
    {
        do
        {
            while (await CommitNextAsync() is { } together)
            {
                if (together > ManyTogether)
                {
                    await Task.Delay(Gathering, TimeProvider.System);
                }
            }

            Volatile.Write(ref _running, 0);
        }
        while (_queue.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    /// <returns>How many were committed together; null when nothing waits.</returns>
    private async Task<int?> CommitNextAsync()
    {
        List<Waiting> batch;
        bool stored;

        // Taken with the lane in hand, so that those who came while it was busy share this commit.
        using (await lane.EnterAsync(CancellationToken.None))
        {
            batch = Take();
            if (batch.Count == 0)
            {
                return null;
            }

            stored = await CommitAsync(batch);
        }

        foreach (var waiting in batch)
        {
            waiting.Body.Dispose();
            waiting.Done.TrySetResult(stored);
        }

        if (stored)
        {
            pending.Ring();
        }

        return batch.Count;
    }

    private List<Waiting> Take()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxTogether && _queue.Reader.TryRead(out var waiting))
        {
            if (waiting.Done.Task.IsCompleted)
            {
                waiting.Body.Dispose();
            }
            else
            {
                batch.Add(waiting);
            }
        }

        return batch;
    }

    private async Task<bool> CommitAsync(List<Waiting> batch)
    {
        try
        {
            _db ??= await OpenAsync();
            _writer ??= new RowWriter(_db, isDurable: true);
            _writer.Clear();
            batch.ForEach(waiting => _writer.Add(waiting.Delivery));
            await using var transaction = await _db.Database.BeginTransactionAsync();
            await _writer.SaveAsync<Delivery>(CancellationToken.None);
            await transaction.CommitAsync();
            condition.Worked();
            Interlocked.Increment(ref _commits);
            IntakeMeter.CommitSize.Record(batch.Count);
            return true;
        }
        catch (Exception failure)
        {
            condition.Refused(failure);
            LogFailed(batch.Count, failure.StoreWords);
            await DropAsync();
            return false;
        }
    }

    private async Task<WaConsoleDb> OpenAsync()
    {
        var db = await store.OpenAsync(CancellationToken.None);
        db.Database.SetCommandTimeout(BusySeconds);
        await db.Database.OpenConnectionAsync();
        if (db.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            sqlite.DefaultTimeout = BusySeconds;
            await db.Database.ExecuteSqlAsync($"PRAGMA busy_timeout=3000");
            await db.Database.ExecuteSqlRawAsync(IntakeConnection.CachePages);
        }

        return db;
    }

    private async Task DropAsync()
    {
        var broken = _db;
        _writer?.Dispose();
        (_db, _writer) = (null, null);
        try
        {
            if (broken is not null)
            {
                await broken.DisposeAsync();
            }
        }
        catch (Exception failure)
        {
            LogFailed(0, failure.StoreWords);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks could not be stored: {Reason}; WhatsApp is asked to come again")]
    private partial void LogFailed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many webhooks wait to be stored; WhatsApp is asked to come again")]
    private partial void LogFull();

    private sealed record Waiting(Delivery Delivery, HeldBody Body)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
