using System.Data.Common;
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
internal sealed partial class DeliveryCommit(Store store, WriterLane lane, TimeProvider clock, ILogger<DeliveryCommit> log) : IAsyncDisposable
{
    private const int MaxWaiting = 2_000;
    private const long MaxWaitingBytes = 128L * 1024 * 1024;
    private const int MaxTogether = 500;
    private const int BusySeconds = 3;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(MaxWaiting);
    private WaConsoleDb? _db;
    private long _waitingBytes;
    private Task _draining = Task.CompletedTask;
    private int _running;
    private long _commits;

    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>True once the bytes are on disk; false when they are not and will not be, or nobody can tell in this time.</summary>
    public async Task<bool> RunAsync(long businessAccountId, ReadOnlyMemory<byte> body, TimeSpan patience, CancellationToken cancellationToken)
    {
        // The caller's buffer may be reused once it gives up waiting.
        var waiting = new Waiting(businessAccountId, body.ToArray(), clock.GetUtcNow().UtcDateTime);
        if (Interlocked.Add(ref _waitingBytes, waiting.Body.Length) > MaxWaitingBytes || !_queue.Writer.TryWrite(waiting))
        {
            Interlocked.Add(ref _waitingBytes, -waiting.Body.Length);
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
        if (_db is { } db)
        {
            await db.DisposeAsync();
        }
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
            while (Take() is { Count: > 0 } batch)
            {
                var stored = await CommitAsync(batch);
                foreach (var waiting in batch)
                {
                    waiting.Done.TrySetResult(stored);
                }
            }

            Volatile.Write(ref _running, 0);
        }
        while (_queue.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    private List<Waiting> Take()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxTogether && _queue.Reader.TryRead(out var waiting))
        {
            Interlocked.Add(ref _waitingBytes, -waiting.Body.Length);
            if (!waiting.Done.Task.IsCompleted)
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
            using var place = await lane.EnterAsync(CancellationToken.None);
            _db ??= await OpenAsync();
            await using var transaction = await _db.Database.BeginTransactionAsync();
            await InsertAsync(_db, transaction.GetDbTransaction(), batch);
            await transaction.CommitAsync();
            Interlocked.Increment(ref _commits);
            return true;
        }
        catch (Exception failure)
        {
            LogFailed(batch.Count, failure.GetType().Name, (failure as DbException)?.ErrorCode ?? 0);
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
        }

        return db;
    }

    private static async Task InsertAsync(WaConsoleDb db, DbTransaction transaction, List<Waiting> batch)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = BusySeconds;
        command.CommandText =
            """
            INSERT INTO "Deliveries" ("Body", "BusinessAccountId", "ReceivedAtUtc", "State", "ItemCount", "NextItem")
            VALUES (@body, @account, @received, 0, 0, 0)
            """;
        var body = Parameter(command, "@body");
        var account = Parameter(command, "@account");
        var received = Parameter(command, "@received");
        foreach (var waiting in batch)
        {
            body.Value = waiting.Body;
            account.Value = waiting.BusinessAccountId;
            received.Value = waiting.ReceivedAtUtc;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private async Task DropAsync()
    {
        var broken = _db;
        _db = null;
        try
        {
            if (broken is not null)
            {
                await broken.DisposeAsync();
            }
        }
        catch (Exception failure)
        {
            LogFailed(0, failure.GetType().Name, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks could not be stored: {Reason} {Code}; WhatsApp is asked to come again")]
    private partial void LogFailed(int count, string reason, int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many webhooks wait to be stored; WhatsApp is asked to come again")]
    private partial void LogFull();

    private sealed record Waiting(long BusinessAccountId, byte[] Body, DateTime ReceivedAtUtc)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
