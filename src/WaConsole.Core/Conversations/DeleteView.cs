using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed class DeleteView(Store store, LiveUpdates live)
{
    /// <returns>False when there is none the caller may delete.</returns>
    public async Task<bool> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var view = await ListViews.Of(db, caller).SingleOrDefaultAsync(v => v.Id == id, cancellationToken);
        if (view is null || !ListViews.MayChange(caller, view.OwnerId))
        {
            return false;
        }

        db.SavedViews.Remove(view);
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new SavedViewsChanged());
        return true;
    }
}
