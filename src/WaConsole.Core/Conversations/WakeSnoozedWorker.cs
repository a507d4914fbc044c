using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when the next snooze ends, at least every half minute, and at once when WhatsApp's clock is moved.</summary>
internal sealed partial class WakeSnoozedWorker(WakeSnoozed wake, WhatsAppClock whatsApp, TimeProvider clock, ILogger<WakeSnoozedWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>A touch past the moment: timers may fire a little early.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromMilliseconds(20);

    private readonly Bell _bell = new(clock);

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        whatsApp.Changed += _bell.Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _bell.WaitAsync(await LookAsync(stoppingToken), stoppingToken);
            }
        }
        finally
        {
            whatsApp.Changed -= _bell.Ring;
        }
    }

    /// <returns>How long to wait.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await wake.RunAsync(stoppingToken) is not { } next)
            {
                return Look;
            }

            var wait = next - whatsApp.UtcNow;
            return wait >= Look ? Look : wait > TimeSpan.Zero ? wait + Touch : Touch;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault);
            return Look;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Opening snoozed conversations again ended in a fault")]
    private partial void LogFault(Exception fault);

    private sealed class Bell(TimeProvider clock) : WakeUp(clock);
}
