using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <summary>Keeps the heap of ticks small. Who reads adds what still lies there, so nothing is late for it.</summary>
internal sealed class InsightWorker(Store store, WriterLane lane, Heartbeats heartbeats, TimeProvider clock, ILogger<InsightWorker> log)
    : LookAgainWorker(Worker.Insight, heartbeats, clock, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override IReadOnlyList<IDisposable> Hear() => [];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        while (await FoldTicks.RunAsync(db, lane, stoppingToken) == FoldTicks.Portion)
        {
            beat();
        }

        return Every;
    }
}
