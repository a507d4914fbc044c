using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Notifications;

/// <summary>The bell shows the newest; what is older than a season helps nobody and quotes what customers wrote.</summary>
internal sealed class ForgetNotificationsWorker(
    Store store, WriterLane lane, Heartbeats heartbeats, TimeProvider clock, ILogger<ForgetNotificationsWorker> log)
    : HourlyWorker(Worker.Notifications, heartbeats, clock, log)
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    private const int Portion = 500;

    public override async Task RunOnceAsync(Action beat, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var before = Clock.GetUtcNow().UtcDateTime - Keep;
        int gone;
        do
        {
            beat();
            // Ids grow with time: the oldest are the first, whatever there is.
            var old = await db.Notifications.OrderBy(n => n.Id).Take(Portion).Where(n => n.AtUtc < before).Select(n => n.Id).ToListAsync(cancellationToken);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            gone = await db.Notifications.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync(cancellationToken);
        }
        while (gone == Portion);
    }
}
