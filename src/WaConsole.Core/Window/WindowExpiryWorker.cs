using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Window;

/// <summary>
/// Tells the screens when a window closes: when the composer does, one minute early, and at the true end. Follows WhatsApp's
/// clock at once when it is moved.
/// </summary>
internal sealed class WindowExpiryWorker(
    Store store, LiveUpdates live, Heartbeats heartbeats, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WindowExpiryWorker> log)
    : LookAgainWorker(Worker.Windows, heartbeats, clock, log)
{
    private const int Batch = 500;

    /// <summary>Composer closings up to here have been told.</summary>
    private DateTime _toldUntilUtc;

    protected override IReadOnlyList<IDisposable> Hear()
    {
        _toldUntilUtc = whatsApp.UtcNow;
        return [whatsApp.Follow(Ring)];
    }

    /// <summary>A window that opens meanwhile ends a day later, so looking now and then finds every end in time.</summary>
    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        var now = whatsApp.UtcNow;
        await TellComposersAsync(now, stoppingToken);
        await TellEndsAsync(now, beat, stoppingToken);
        return await NextAsync(now, stoppingToken);
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

    private async Task TellEndsAsync(DateTime now, Action beat, CancellationToken stoppingToken)
    {
        while (true)
        {
            beat();
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

    private async Task<TimeSpan?> NextAsync(DateTime now, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var composer = now + ServiceWindow.ComposerMargin;
        var end = await db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > now)
            .MinAsync(c => c.WindowExpiresAtUtc, stoppingToken);
        var early = await db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > composer)
            .MinAsync(c => c.WindowExpiresAtUtc, stoppingToken);
        DateTime?[] times = [end, early - ServiceWindow.ComposerMargin];
        return times.Min() - now;
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

    private sealed record Row(long Id, long NumberId);
}
