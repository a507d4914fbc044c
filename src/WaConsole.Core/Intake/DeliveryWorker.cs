using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>Works off committed webhooks as they come, and at start whatever a stopped process left.</summary>
internal sealed partial class DeliveryWorker(
    HandleDeliveries handle, StoreCondition condition, DeliveriesWaiting waiting, Heartbeats heartbeats, TimeProvider clock, ILogger<DeliveryWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoreBackAfter = TimeSpan.FromSeconds(1);

    /// <summary>Another node is at it, on whose webhooks nobody rings here: a batch of its takes about as long.</summary>
    private static readonly TimeSpan ElsewhereFor = TimeSpan.FromMilliseconds(50);

    /// <summary>A batch that fails is worked off item by item, and each of those may wait for a busy database.</summary>
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The first webhook after a quiet time is worked off at once; under load batches begin this far apart, because what a batch costs
    /// besides its items is spent per batch (docs/performance.md). On the machine's own clock, as in <see cref="DeliveryCommit"/>.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(Worker.Intake, SilentAtMost);
        while (!stoppingToken.IsCancellationRequested)
        {
            heartbeat.Beat();
            try
            {
                var started = TimeProvider.System.GetTimestamp();
                if (!await handle.RunOnceAsync(stoppingToken))
                {
                    await (handle.IsElsewhere ? Task.Delay(ElsewhereFor, TimeProvider.System, stoppingToken) : waiting.WaitAsync(Look, stoppingToken));
                    continue;
                }

                condition.Worked();
                if (!handle.IsBehind && Gather - TimeProvider.System.GetElapsedTime(started) is { Ticks: > 0 } pause)
                {
                    await Task.Delay(pause, TimeProvider.System, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                condition.Refused(failure);
                LogFailed(failure.StoreWords);
                await Task.Delay(StoreBackAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks wait: the store does not work ({Reason})")]
    private partial void LogFailed(string reason);
}
