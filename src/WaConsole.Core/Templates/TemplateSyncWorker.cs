using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Templates;

/// <summary>Syncs the templates of every account at start, when an account is added or changed, and once a day.</summary>
internal sealed partial class TemplateSyncWorker(
    AccountDirectory directory, SyncTemplates sync, LiveUpdates live, TimeProvider clock, ILogger<TemplateSyncWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly Dictionary<long, (AccountAccess Account, DateTimeOffset NextAt)> _plan = [];
    private DateTimeOffset _lookAgainAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = live.Subscribe<NumbersChanged>(_ => true, WakeAsync, TimeSpan.FromSeconds(1));
        while (!stoppingToken.IsCancellationRequested)
        {
            await SyncDueAsync(stoppingToken);
            await WaitAsync(stoppingToken);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    private async Task SyncDueAsync(CancellationToken stoppingToken)
    {
        foreach (var account in await AccountsAsync(stoppingToken))
        {
            var planned = _plan.GetValueOrDefault(account.Id);
            var sameAccess = planned.Account is { } before
                && before.AccessToken == account.AccessToken && before.GraphBaseAddress == account.GraphBaseAddress;
            if (!sameAccess || planned.NextAt <= clock.GetUtcNow())
            {
                _plan[account.Id] = (account, clock.GetUtcNow() + await SyncAsync(account, stoppingToken));
            }
        }
    }

    /// <summary>A fault that left here would end the whole program; a database that is away comes back.</summary>
    private async Task<IReadOnlyList<AccountAccess>> AccountsAsync(CancellationToken stoppingToken)
    {
        try
        {
            var accounts = await directory.AccountsAsync(stoppingToken);
            _lookAgainAt = clock.GetUtcNow() + Between;
            return accounts;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogNoAccounts(fault.GetType().Name);
            _lookAgainAt = clock.GetUtcNow() + AfterFault;
            return [];
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task<TimeSpan> SyncAsync(AccountAccess account, CancellationToken stoppingToken)
    {
        try
        {
            await sync.ApplyAsync(account, stoppingToken);
            return Between;
        }
        catch (Exception cause) when (cause is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(account.Id, cause is CloudApiException refused ? refused.Error.Code : CloudApiError.NoCode, cause.GetType().Name);
            return AfterFailure;
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var next = _plan.Values.Select(planned => planned.NextAt).Append(_lookAgainAt).Min();
        var wait = next - clock.GetUtcNow();
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var timer = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, woken.Token);
        var change = _changed.WaitAsync(woken.Token);
        await Task.WhenAny(timer, change);
        await woken.CancelAsync();
    }

    private Task WakeAsync()
    {
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The accounts could not be read for their templates ({Reason}); tried again soon")]
    private partial void LogNoAccounts(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}; tried again soon")]
    private partial void LogFailed(long account, int code, string fault);
}
