using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when conversations or people changed, at most once a second, and now and then by itself.</summary>
internal sealed class AssignInTurnWorker(
    AssignInTurn assign, LiveUpdates live, WhoIsHere here, Heartbeats heartbeats, TimeProvider clock, ILogger<AssignInTurnWorker> log)
    : LookAgainWorker(Worker.Turns, heartbeats, clock, log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    protected override IReadOnlyList<IDisposable> Hear() =>
    [
        live.Subscribe<InboxChanged>(_ => true, RingAsync, Quiet),
        live.Subscribe<AgentChanged>(_ => true, RingAsync, Quiet),
        live.Subscribe<NumbersChanged>(_ => true, RingAsync, Quiet),
        here.Follow(Ring),
    ];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        await assign.RunAsync(stoppingToken);
        return null;
    }
}
