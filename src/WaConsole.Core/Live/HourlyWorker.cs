using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Live;

/// <summary>Tidies at the start and every hour. A fault is logged, and the next hour tries again.</summary>
internal abstract partial class HourlyWorker(Worker name, Heartbeats heartbeats, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected TimeProvider Clock { get; } = clock;

    /// <param name="beat">A sign of life, for much to tidy.</param>
    public abstract Task RunOnceAsync(Action beat, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(name, 2 * Every);
        using var timer = new PeriodicTimer(Every, Clock);
        try
        {
            do
            {
                heartbeat.Beat();
                await TryAsync(heartbeat.Beat, stoppingToken);
            }
            while (await timer.NextAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what is left is found by the next.
        }
    }

    private async Task TryAsync(Action beat, CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(beat, stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Worker} could not be tidied; the next hour tries again")]
    private partial void LogFault(Exception fault, Worker worker);
}
