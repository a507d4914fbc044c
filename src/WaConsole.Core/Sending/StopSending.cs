using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>Stops a number or an account after WhatsApp refused it, once for all its messages. ConnectAccount or ResumeSending starts it again.</summary>
internal sealed partial class StopSending(
    Store store, AccountDirectory directory, LiveUpdates live, TimeProvider clock, ILogger<StopSending> log)
{
    /// <param name="used">The access that was refused. When it was replaced meanwhile, nothing is stopped.</param>
    public async Task ApplyAsync(NumberAccess used, ErrorScope scope, int code, CancellationToken cancellationToken)
    {
        directory.Forget();
        if (await directory.NumberAsync(used.Id, cancellationToken) is { } current && current.Account.AccessToken != used.Account.AccessToken)
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var stopped = scope == ErrorScope.Account
            ? await db.BusinessAccounts.Where(a => a.Id == used.Account.Id && a.SendingStoppedAtUtc == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(a => a.SendingStoppedAtUtc, now)
                    .SetProperty(a => a.SendingStoppedCode, code), cancellationToken)
            : await db.Numbers.Where(n => n.Id == used.Id && n.SendingStoppedAtUtc == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(n => n.SendingStoppedAtUtc, now)
                    .SetProperty(n => n.SendingStoppedCode, code), cancellationToken);
        if (stopped > 0)
        {
            LogStopped(scope, used.Account.Id, used.Id, code);
            live.Publish(new NumbersChanged(used.Account.Id));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending stopped for the {Scope} (account {Account}, number {Number}): code {Code}")]
    private partial void LogStopped(ErrorScope scope, long account, long number, int code);
}
