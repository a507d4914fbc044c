using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>Rung when a message with a file was committed.</summary>
internal sealed class MediaWaiting(TimeProvider clock) : WakeUp(clock);

/// <summary>Fetches received files, a few at a time. The rows are the queue: a restart goes on where it stopped.</summary>
internal sealed partial class FetchMediaWorker(
    Store store, FetchMedia fetch, MediaWaiting waiting, Heartbeats heartbeats, TimeProvider clock, ILogger<FetchMediaWorker> log)
    : BackgroundService
{
    private const int Lanes = 4;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>All lanes may be at a large file at once, each for as long as it may take.</summary>
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(Worker.Media, SilentAtMost);
        await RecoverAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => FetchAsync(heartbeat, stoppingToken)));
    }

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await LeaseAsync(cancellationToken) is not { } due)
        {
            return false;
        }

        waiting.Ring();
        await fetch.RunAsync(due, cancellationToken);
        return true;
    }

    /// <summary>With SQLite there is one process: a lease found at its start was held by one that is gone.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await store.OpenAsync(cancellationToken);
            if (db.Database.IsSqlite())
            {
                await db.MediaFiles.Where(m => m.State == MediaState.Pending && m.LeasedUntilUtc != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntilUtc, (DateTime?)null), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure.GetType().Name);
        }
    }

    private async Task FetchAsync(Heartbeat heartbeat, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            heartbeat.Beat();
            var any = false;
            try
            {
                any = await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure.GetType().Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (!any)
            {
                await waiting.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<long?> LeaseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await store.OpenAsync(cancellationToken);
        var due = db.MediaFiles.Where(
            m => m.State == MediaState.Pending && m.NextAttemptAtUtc <= now && (m.LeasedUntilUtc == null || m.LeasedUntilUtc < now));
        var candidates = await due.OrderBy(m => m.NextAttemptAtUtc).Take(Lanes).Select(m => m.Id).ToListAsync(cancellationToken);
        foreach (var id in candidates)
        {
            var taken = await due.Where(m => m.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.LeasedUntilUtc, now + Lease).SetProperty(m => m.Attempts, m => m.Attempts + 1),
                cancellationToken);
            if (taken == 1)
            {
                return id;
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching media failed: {Reason}")]
    private partial void LogFailed(string reason);
}
