using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Live;

/// <summary>
/// Works off what is due, again and again: at once when rung, otherwise when the last look says, and now and then in any case. A look that
/// faults is logged and done again.
/// </summary>
internal abstract partial class LookAgainWorker(Worker name, Heartbeats heartbeats, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(3);

    /// <summary>Timers may fire a little early.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromMilliseconds(20);

    private readonly Bell _bell = new(clock);
    private IReadOnlyList<IDisposable> _heard = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything can happen that is told of once and that no later look finds, as that a customer began to wait.
        _heard = Hear();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        Deafen();
        _bell.Dispose();
    }

    /// <summary>What rings, until it is disposed.</summary>
    protected abstract IReadOnlyList<IDisposable> Hear();

    /// <param name="beat">A sign of life, for a look that may take long.</param>
    /// <returns>Until something is due; null when nothing is known to be.</returns>
    protected abstract Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken);

    protected void Ring() => _bell.Ring();

    protected Task RingAsync()
    {
        _bell.Ring();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var heartbeat = heartbeats.Start(name, SilentAtMost);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                heartbeat.Beat();
                await _bell.WaitAsync(await TryAsync(heartbeat.Beat, stoppingToken), stoppingToken);
            }
        }
        finally
        {
            Deafen();
        }
    }

    private void Deafen()
    {
        foreach (var one in _heard)
        {
            one.Dispose();
        }
    }

    private async Task<TimeSpan> TryAsync(Action beat, CancellationToken stoppingToken)
    {
        try
        {
            return await LookAsync(beat, stoppingToken) is { } due && due < Usual ? (due > TimeSpan.Zero ? due : TimeSpan.Zero) + Touch : Usual;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault, name);
            return Usual;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A look of {Worker} ended in a fault")]
    private partial void LogFault(Exception fault, Worker worker);

    private sealed class Bell(TimeProvider clock) : WakeUp(clock);
}
