using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Numbers;

/// <summary>Refreshes the numbers of every account at start and once a day; sooner after a failure.</summary>
internal sealed partial class NumberRefreshWorker(
    AccountDirectory directory, RefreshNumbers refresh, TimeProvider clock, ILogger<NumberRefreshWorker> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await RefreshAllAsync(stoppingToken) ? Between : AfterFailure;
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> RefreshAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            var all = true;
            foreach (var account in await directory.AccountsAsync(stoppingToken))
            {
                all &= await refresh.RunAsync(account, stoppingToken);
            }

            return all;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFault(fault);
            return false;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Refreshing numbers ended in a fault")]
    private partial void LogFault(Exception fault);
}
