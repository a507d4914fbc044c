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
        var reply = await ListCannedReplies.Of(db, caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (reply is null || !ListCannedReplies.MayChange(caller, reply.OwnerId))
        {
            return false;
        }

        db.CannedReplies.Remove(reply);
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new CannedRepliesChanged());
        return true;
    }
}
