using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>Works off imports, one after the other in each process. The rows are the queue: a restart goes on where it stopped.</summary>
internal sealed class ImportWorker(RunImport run, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<ImportWorker> log)
    : LookAgainWorker(Worker.Imports, heartbeats, clock, log)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    protected override IReadOnlyList<IDisposable> Hear() => [live.Subscribe<ImportChanged>(_ => true, RingAsync)];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        while (await run.RunNextAsync(beat, stoppingToken))
        {
            beat();
        }

        return BetweenLooks;
    }
}
