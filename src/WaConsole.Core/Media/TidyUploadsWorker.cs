using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Media;

/// <summary>Looks every hour for uploads that were never sent.</summary>
internal sealed partial class TidyUploadsWorker(TidyUploads tidy, Heartbeats heartbeats, TimeProvider clock, ILogger<TidyUploadsWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(Worker.Uploads, 2 * Every);
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                heartbeat.Beat();
                await TidyAsync(heartbeat, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what is left is found by the next.
        }
    }

    private async Task TidyAsync(Heartbeat heartbeat, CancellationToken stoppingToken)
    {
        try
        {
            await tidy.RunAsync(heartbeat.Beat, stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(failure.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Removing uploads that were never sent failed and is tried again in an hour: {Reason}")]
    private partial void LogFailed(string reason);
}
