using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when a message that this node took in made somebody wait; of several nodes one tells.</summary>
internal sealed class TellWaitingWorker(TellWaiting tell, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<TellWaitingWorker> log)
    : LookAgainWorker(Worker.WaitingNotices, heartbeats, clock, log)
{
    protected override IReadOnlyList<IDisposable> Hear() => [new Ear(live, Note)];

    protected override Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken) => tell.RunAsync(stoppingToken);

    private void Note(LiveChange change)
    {
        if (change is CustomerWaits waits)
        {
            tell.Note(waits);
            Ring();
        }
    }

    private sealed class Ear : IDisposable
    {
        private readonly LiveUpdates _live;
        private readonly Action<LiveChange> _note;

        public Ear(LiveUpdates live, Action<LiveChange> note)
        {
            (_live, _note) = (live, note);
            live.Published += note;
        }

        public void Dispose() => _live.Published -= _note;
    }
}
