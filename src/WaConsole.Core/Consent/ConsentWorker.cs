using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Consent;

/// <summary>Adopts earlier stops once, links new entries every few seconds, and once a day reads the whole chain.</summary>
internal sealed partial class ConsentWorker(
    AdoptStops adopt, LinkEntries link, VerifyConsent verify, Heartbeats heartbeats, TimeProvider clock, ILogger<ConsentWorker> log)
    : LookAgainWorker(Worker.Consent, heartbeats, clock, log)
{
    private static readonly TimeSpan BetweenLinks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock = clock;

    private bool _adopted;
    private DateTimeOffset? _checkedAt;

    protected override IReadOnlyList<IDisposable> Hear() => [];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        if (!_adopted)
        {
            await adopt.RunAsync(beat, stoppingToken);
            _adopted = true;
        }

        await link.RunAsync(stoppingToken);

        // Not at the start, which many things wait for: the first check comes a day later, the verify command at any time.
        _checkedAt ??= _clock.GetUtcNow();
        if (_clock.GetUtcNow() - _checkedAt >= BetweenChecks)
        {
            _checkedAt = _clock.GetUtcNow();
            var verdict = await verify.RunAsync(beat, stoppingToken);
            foreach (var found in verdict.Found)
            {
                LogTampering(found.Kind, found.EntryId, found.Sequence);
            }
        }

        return BetweenLinks;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, entry {Entry}, link {Link}")]
    private partial void LogTampering(TamperKind kind, long? entry, long? link);
}
