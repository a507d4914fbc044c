using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Consent;

/// <summary>Adopts earlier stops once, links new entries every few seconds, and once a day, or when asked to, reads the whole registry. A fault in one stops no other.</summary>
internal sealed partial class ConsentWorker(
    AdoptStops adopt, AdoptMarks adoptMarks, LinkEntries link, VerifyDaily verify, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<ConsentWorker> log)
    : LookAgainWorker(Worker.Consent, heartbeats, clock, log)
{
    private static readonly TimeSpan BetweenLinks = TimeSpan.FromSeconds(5);

    private bool _adopted;

    protected override IReadOnlyList<IDisposable> Hear() => [live.Subscribe<RegistryCheckChanged>(change => change.IsAsked, RingAsync)];

    /// <returns>After a fault the usual pause.</returns>
    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        _adopted = _adopted || await TryAsync("adopting", () => AdoptAsync(beat, stoppingToken), stoppingToken);
        var linked = await TryAsync("linking", () => link.RunAsync(beat, stoppingToken), stoppingToken);
        var verified = await TryAsync("verifying", () => verify.RunAsync(beat, stoppingToken), stoppingToken);
        return _adopted && linked && verified ? BetweenLinks : null;
    }

    private async Task AdoptAsync(Action beat, CancellationToken stoppingToken)
    {
        await adopt.RunAsync(beat, stoppingToken);
        await adoptMarks.RunAsync(beat, stoppingToken);
    }

    private async Task<bool> TryAsync(string part, Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault, part);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The opt-in registry: {Part} ended in a fault")]
    private partial void LogFault(Exception fault, string part);
}
