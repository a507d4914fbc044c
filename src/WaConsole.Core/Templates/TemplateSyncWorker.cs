using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates;

/// <summary>Syncs the templates of every account at start, when an account is added or changed, when news name what we do not have, and once a day.</summary>
internal sealed partial class TemplateSyncWorker(
    Store store, AccountDirectory directory, SyncTemplates sync, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<TemplateSyncWorker> log)
    : LookAgainWorker(Worker.Templates, heartbeats, clock, log)
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    private readonly Dictionary<long, (AccountAccess Account, DateTimeOffset NextAt)> _plan = [];
    private readonly TimeProvider _clock = clock;
    private readonly ILogger _log = log;

    protected override IReadOnlyList<IDisposable> Hear() =>
    [
        live.Subscribe<NumbersChanged>(_ => true, RingAsync, TimeSpan.FromSeconds(1)),
        live.Subscribe<TemplatesChanged>(_ => true, RingAsync, TimeSpan.FromSeconds(1)),
    ];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        var accounts = await directory.AccountsAsync(stoppingToken);
        var asked = await AskedForAsync(stoppingToken);
        foreach (var account in accounts)
        {
            beat();
            var planned = _plan.GetValueOrDefault(account.Id);
            var sameAccess = planned.Account is { } before
                && before.AccessToken == account.AccessToken && before.GraphBaseAddress == account.GraphBaseAddress;
            if (!sameAccess || planned.NextAt <= _clock.GetUtcNow() || (asked.Contains(account.Id) && !HasJustFailed(planned.NextAt)))
            {
                _plan[account.Id] = (account, _clock.GetUtcNow() + await SyncAsync(account, beat, stoppingToken));
            }
        }

        return _plan.Count == 0 ? null : _plan.Values.Min(planned => planned.NextAt) - _clock.GetUtcNow();
    }

    /// <summary>Accounts whose news named something we do not have.</summary>
    private async Task<HashSet<long>> AskedForAsync(CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        return [.. await db.BusinessAccounts.Where(a => a.TemplatesSyncedAtUtc == null).Select(a => a.Id).ToListAsync(stoppingToken)];
    }

    private bool HasJustFailed(DateTimeOffset nextAt) => nextAt - _clock.GetUtcNow() <= AfterFailure;

    private async Task<TimeSpan> SyncAsync(AccountAccess account, Action beat, CancellationToken stoppingToken)
    {
        try
        {
            await sync.ApplyAsync(account, beat, stoppingToken);
            return Between;
        }
        catch (Exception cause) when (cause is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(account.Id, cause is CloudApiException refused ? refused.Error.Code : CloudApiError.NoCode, cause.GetType().Name);
            return AfterFailure;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Templates of account {Account} could not be read: code {Code}, {Fault}; tried again soon")]
    private partial void LogFailed(long account, int code, string fault);
}
