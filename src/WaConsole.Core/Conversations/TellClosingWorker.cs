using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Looks every half minute, and at once when WhatsApp's clock is moved or somebody comes back.</summary>
internal sealed partial class TellClosingWorker(
    TellClosing tell, LiveUpdates live, WhatsAppClock whatsApp, TimeProvider clock, ILogger<TellClosingWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Bell _bell = new(clock);

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var people = live.Subscribe<AgentChanged>(
            _ => true,
            () =>
            {
                _bell.Ring();
                return Task.CompletedTask;
            },
            Quiet);
        whatsApp.Changed += _bell.Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await _bell.WaitAsync(Look, stoppingToken);
            }
        }
        finally
        {
            whatsApp.Changed -= _bell.Ring;
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await tell.RunAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling of windows that close unanswered ended in a fault")]
    private partial void LogFault(Exception fault);

    private sealed class Bell(TimeProvider clock) : WakeUp(clock);
}
