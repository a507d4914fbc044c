using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Sending;

/// <summary>Looks when the next message whose answer was lost may be sent again.</summary>
internal sealed class OfferAgainWorker(OfferAgain offer, Heartbeats heartbeats, TimeProvider clock, ILogger<OfferAgainWorker> log)
    : LookAgainWorker(Worker.Repeats, heartbeats, clock, log)
{
    private bool _recalled;

    protected override IReadOnlyList<IDisposable> Hear() => [new Ear(() => offer.Noted += Ring, () => offer.Noted -= Ring)];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        if (!_recalled)
        {
            await offer.RecallAsync(stoppingToken);
            _recalled = true;
        }

        return offer.Run();
    }
}
