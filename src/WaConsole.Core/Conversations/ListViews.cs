using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>The caller's own saved views and those of everybody, by name. What they show is asked with the caller's own rights.</summary>
public sealed class ListViews(Store store)
{
    public async Task<IReadOnlyList<SavedViewItem>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var views = await Of(db, caller).AsNoTracking().ToListAsync(cancellationToken);
        return [
            .. views.OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(view => view.Id).Select(view => new SavedViewItem(
                view.Id, view.Name, view.Query, view.OwnerId == Owned.ByEverybody, Owned.MayChange(caller, view.OwnerId))),
        ];
    }

    internal static IQueryable<SavedView> Of(WaConsoleDb db, Caller caller) =>
        db.SavedViews.Where(v => v.OwnerId == Owned.ByEverybody || v.OwnerId == caller.AgentId);
}
