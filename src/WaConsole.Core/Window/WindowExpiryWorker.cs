using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Window;

/// <summary>
/// Tells the screens when a window closes: when its ring turns amber, when the composer closes, one minute early, and at the true end.
/// Follows WhatsApp's clock at once when it is moved.
/// </summary>
internal sealed class WindowExpiryWorker(
    Store store, LiveUpdates live, Heartbeats heartbeats, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WindowExpiryWorker> log)
    : LookAgainWorker(Worker.Windows, heartbeats, clock, log)
{
    private const int Batch = 500;

    /// <summary>How long before its end a window is told of.</summary>
    private static readonly TimeSpan[] Margins = [ServiceWindow.Soon, ServiceWindow.ComposerMargin];

    /// <summary>What comes before an end has been told up to here.</summary>
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
        await TellBeforeAsync(now, stoppingToken);
        await TellEndsAsync(now, beat, stoppingToken);
        return await NextAsync(now, stoppingToken);
    }

    private async Task TellBeforeAsync(DateTime now, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        List<Row> told = [];
        foreach (var margin in Margins)
        {
            var from = _toldUntilUtc + margin;
            var to = now + margin;
            told.AddRange(await db.Conversations.AsNoTracking()
                .Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > from && c.WindowExpiresAtUtc <= to)
                .Select(c => new Row(c.Id, c.NumberId))
                .ToListAsync(stoppingToken));
        }

        _toldUntilUtc = now;
        Publish(told);
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
        List<DateTime?> times = [];
        foreach (var margin in (TimeSpan[])[.. Margins, TimeSpan.Zero])
        {
            var after = now + margin;
            var end = await db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc > after)
                .MinAsync(c => c.WindowExpiresAtUtc, stoppingToken);
            times.Add(end - margin);
        }

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
