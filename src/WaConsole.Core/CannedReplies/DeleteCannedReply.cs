using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

public sealed class DeleteCannedReply(Store store, LiveUpdates live)
{
    /// <returns>False when there is none the caller may delete.</returns>
    public async Task<bool> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var (mine, everybodys) = (caller.AgentId, caller.IsAdmin);
        if (await db.CannedReplies
            .Where(r => r.Id == id && (r.OwnerId == Owned.ByEverybody ? everybodys : r.OwnerId == mine))
            .ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        live.Publish(new CannedRepliesChanged());
        return true;
    }
}
