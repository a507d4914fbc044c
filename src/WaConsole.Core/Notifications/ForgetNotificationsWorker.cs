using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Notifications;

/// <summary>The bell shows the newest; what is older than a season helps nobody and quotes what customers wrote.</summary>
internal sealed partial class ForgetNotificationsWorker(
    Store store, WriterLane lane, TimeProvider clock, ILogger<ForgetNotificationsWorker> log) : BackgroundService
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private const int Portion = 500;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - Keep;
        int gone;
        do
        {
            // Ids grow with time: the oldest are the first, whatever there is.
            var old = await db.Notifications.OrderBy(n => n.Id).Take(Portion).Where(n => n.AtUtc < before).Select(n => n.Id).ToListAsync(cancellationToken);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            gone = await db.Notifications.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync(cancellationToken);
        }
        while (gone == Portion);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old notifications could not be tidied; the next hour tries again")]
    private partial void LogFailed(Exception fault);
}
