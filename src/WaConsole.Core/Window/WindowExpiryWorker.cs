using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Window;

/// <summary>
/// Tells the screens when a window closes: when the composer does, one minute early, and at the true end. Follows WhatsApp's
/// clock at once when it is moved.
/// </summary>
internal sealed partial class WindowExpiryWorker(
    Store store, LiveUpdates live, Heartbeats heartbeats, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WindowExpiryWorker> log)
    : BackgroundService
{
    private const int Batch = 500;

    /// <summary>A window that opens meanwhile ends a day later, so looking now and then finds every end in time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _moved = new(0, 1);

    /// <summary>Composer closings up to here have been told.</summary>
    private DateTime _toldUntilUtc;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(Worker.Windows, SilentAtMost);
        _toldUntilUtc = whatsApp.UtcNow;
        whatsApp.Changed += Moved;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                heartbeat.Beat();
                var wait = await PassAsync(stoppingToken);
                await WaitAsync(wait, stoppingToken);
            }
        }
        finally
        {
            whatsApp.Changed -= Moved;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _moved.Dispose();
    }

    private async Task<TimeSpan> PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = whatsApp.UtcNow;
            await TellComposersAsync(now, stoppingToken);
            await TellEndsAsync(now, stoppingToken);
            return await NextAsync(now, stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault);
            return Look;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return Look;
        }
    }

    private async Task TellComposersAsync(DateTime now, CancellationToken stoppingToken)
    {
        var from = _toldUntilUtc + ServiceWindow.ComposerMargin;
        var to = now + ServiceWindow.ComposerMargin;
        await using var db = await store.OpenAsync(stoppingToken);
        var closed = await db.Conversations.AsNoTracking()
            .Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > from && c.WindowExpiresAtUtc <= to)
            .Select(c => new Row(c.Id, c.NumberId))
            .ToListAsync(stoppingToken);
        _toldUntilUtc = now;
        Publish(closed);
    }

    private async Task TellEndsAsync(DateTime now, CancellationToken stoppingToken)
    {
        while (true)
        {
            await using var db = await store.OpenAsync(stoppingToken);
            var ended = await db.Conversations.AsNoTracking()
                .Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc <= now)
                .OrderBy(c => c.WindowExpiresAtUtc)
                .Select(c => new Row(c.Id, c.NumberId))
                .Take(Batch)
                .ToListAsync(stoppingToken);
            if (ended.Count == 0)
            {
                return;
            }

            var ids = ended.Select(row => row.Id).ToList();
            await db.Conversations.Where(c => ids.Contains(c.Id) && c.WindowExpiresAtUtc <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiryAnnounced, true), stoppingToken);
            Publish(ended);
        }
    }

    /// <summary>Until the next end or composer close, when one comes before the next look.</summary>
    private async Task<TimeSpan> NextAsync(DateTime now, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var composer = now + ServiceWindow.ComposerMargin;
        var end = await db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > now)
            .MinAsync(c => c.WindowExpiresAtUtc, stoppingToken);
        var early = await db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > composer)
            .MinAsync(c => c.WindowExpiresAtUtc, stoppingToken);
        DateTime?[] times = [end, early - ServiceWindow.ComposerMargin];
        var wait = times.Min() is { } next ? next - now : Look;
        return wait < Look ? wait : Look;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        // A touch past the moment: timers may fire a little early.
        var timer = Task.Delay(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(20) : TimeSpan.FromMilliseconds(20), clock, either.Token);
        await Task.WhenAny(timer, _moved.WaitAsync(either.Token));
        await either.CancelAsync();
    }

    private void Moved()
    {
        lock (_moved)
        {
            if (_moved.CurrentCount == 0)
            {
                _moved.Release();
            }
        }
    }

    private void Publish(List<Row> rows)
    {
        var changes = new ChangeSet();
        foreach (var row in rows)
        {
            changes.Header(row.NumberId, row.Id);
        }

        changes.PublishTo(live);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for closing windows ended in a fault")]
    private partial void LogFault(Exception fault);

    private sealed record Row(long Id, long NumberId);
}
