using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>Rung when a sound was stored.</summary>
internal sealed class SoundWaiting(TimeProvider clock) : WakeUp(clock);

/// <summary>
/// Prepares sounds one after the other, beside everything else. The rows are the queue: a restart goes on where it stopped, and without
/// ffmpeg they wait for a start that finds it.
/// </summary>
internal sealed partial class SoundWorker(
    Store store, PrepareSound prepare, RunFfmpeg ffmpeg, SoundWaiting waiting, Heartbeats heartbeats, TimeProvider clock, ILogger<SoundWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Longer than both runs of ffmpeg may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!ffmpeg.IsThere)
        {
            LogNoFfmpeg();
            return;
        }

        using var heartbeat = heartbeats.Start(Worker.Sounds, 2 * Lease);
        await RecoverAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            heartbeat.Beat();
            var any = false;
            try
            {
                any = await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure.GetType().Name);
            }

            if (!any)
            {
                await waiting.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await LeaseAsync(cancellationToken) is not { } due)
        {
            return false;
        }

        await prepare.RunAsync(due, cancellationToken);
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
                await db.Sounds.Where(s => s.State == SoundState.Waiting && s.LeasedUntilUtc != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.LeasedUntilUtc, (DateTime?)null), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure.GetType().Name);
        }
    }

    private async Task<long?> LeaseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await store.OpenAsync(cancellationToken);
        var due = db.Sounds.Where(
            s => s.State == SoundState.Waiting && s.NextAttemptAtUtc <= now && (s.LeasedUntilUtc == null || s.LeasedUntilUtc < now));
        foreach (var id in await due.OrderBy(s => s.NextAttemptAtUtc).Take(4).Select(s => s.MediaFileId).ToListAsync(cancellationToken))
        {
            var taken = await due.Where(s => s.MediaFileId == id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LeasedUntilUtc, now + Lease).SetProperty(s => s.Attempts, s => s.Attempts + 1),
                cancellationToken);
            if (taken == 1)
            {
                return id;
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no ffmpeg: voice notes cannot be recorded, and sounds get no waveform and no copy for other browsers")]
    private partial void LogNoFfmpeg();

    [LoggerMessage(Level = LogLevel.Error, Message = "Preparing sounds failed: {Reason}")]
    private partial void LogFailed(string reason);
}
