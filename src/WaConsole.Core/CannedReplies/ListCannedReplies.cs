using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

/// <summary>The caller's own and those of everybody, by shortcut. Nobody sees another person's.</summary>
public sealed class ListCannedReplies(Store store)
{
    public async Task<IReadOnlyList<CannedReplyView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var replies = await Of(db, caller).AsNoTracking()
            .Select(r => new CannedReplyView(r.Id, r.Shortcut, r.Body, r.OwnerId == Owned.ByEverybody, Owned.MayChange(caller, r.OwnerId)))
            .ToListAsync(cancellationToken);
        return [.. replies.OrderBy(r => r.Shortcut, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.IsShared).ThenBy(r => r.Id)];
    }

    internal static IQueryable<CannedReply> Of(WaConsoleDb db, Caller caller) =>
        db.CannedReplies.Where(r => r.OwnerId == Owned.ByEverybody || r.OwnerId == caller.AgentId);
}
