using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Intake;

/// <summary>Keeps the tables of intake small, beside the work: whatever there is to remove, webhooks wait for one small portion at most.</summary>
internal sealed partial class TidyWorker(TidyIntake tidy, Heartbeats heartbeats, TimeProvider clock, ILogger<TidyWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>A sign follows each portion, and one portion may wait for a busy database.</summary>
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(Worker.Tidying, SilentAtMost);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            heartbeat.Beat();
            try
            {
                await tidy.RunAsync(heartbeat.Beat, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.NextAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Tidying intake failed and is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
