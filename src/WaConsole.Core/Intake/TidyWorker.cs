using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Intake;

/// <summary>Keeps the tables of intake small, beside the work: whatever there is to remove, webhooks wait for one small portion at most.</summary>
internal sealed partial class TidyWorker(TidyIntake tidy, TimeProvider clock, ILogger<TidyWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await tidy.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Tidying intake failed and is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
