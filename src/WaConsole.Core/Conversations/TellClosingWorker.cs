using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Looks every half minute, and at once when WhatsApp's clock is moved or somebody comes or comes back.</summary>
internal sealed class TellClosingWorker(
    TellClosing tell, LiveUpdates live, WhoIsHere here, WhatsAppClock whatsApp, Heartbeats heartbeats, TimeProvider clock,
    ILogger<TellClosingWorker> log)
    : LookAgainWorker(Worker.ClosingNotices, heartbeats, clock, log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    protected override IReadOnlyList<IDisposable> Hear() =>
        [live.Subscribe<AgentChanged>(_ => true, RingAsync, Quiet), here.Follow(Ring), whatsApp.Follow(Ring)];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        await tell.RunAsync(stoppingToken);
        return null;
    }
}
