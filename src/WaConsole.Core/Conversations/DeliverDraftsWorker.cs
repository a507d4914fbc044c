using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when somebody wrote, at most once a second.</summary>
internal sealed class DeliverDraftsWorker(DeliverDrafts deliver, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<DeliverDraftsWorker> log)
    : LookAgainWorker(Worker.Drafts, heartbeats, clock, log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    protected override IReadOnlyList<IDisposable> Hear() => [live.Subscribe<InboxChanged>(_ => true, RingAsync, Quiet)];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        await deliver.RunAsync(beat, stoppingToken);
        return null;
    }
}
