using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>How each account confirms a stop. For admins.</summary>
public sealed class ListStopReplies(Store store)
{
    public async Task<IReadOnlyList<StopReplyOfAccount>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var accounts = await db.BusinessAccounts.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        return [.. accounts.Select(account => new StopReplyOfAccount(account.Id, account.Name, StopReply.Of(account)))];
    }
}
