using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when a message that this node took in made somebody wait; of several nodes one tells.</summary>
internal sealed class TellWaitingWorker(TellWaiting tell, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<TellWaitingWorker> log)
    : LookAgainWorker(Worker.WaitingNotices, heartbeats, clock, log)
{
    protected override IReadOnlyList<IDisposable> Hear() => [new Ear(() => live.Published += Note, () => live.Published -= Note)];

    protected override Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken) => tell.RunAsync(stoppingToken);

    private void Note(LiveChange change)
    {
        if (change is CustomerWaits waits)
        {
            tell.Note(waits);
            Ring();
        }
    }
}
