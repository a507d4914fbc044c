using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when the next snooze ends, at least every half minute, and at once when WhatsApp's clock is moved.</summary>
internal sealed class WakeSnoozedWorker(
    WakeSnoozed wake, WhatsAppClock whatsApp, Heartbeats heartbeats, TimeProvider clock, ILogger<WakeSnoozedWorker> log)
    : LookAgainWorker(Worker.Snoozes, heartbeats, clock, log)
{
    protected override IReadOnlyList<IDisposable> Hear() => [whatsApp.Follow(Ring)];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken) =>
        await wake.RunAsync(beat, stoppingToken) - whatsApp.UtcNow;
}
