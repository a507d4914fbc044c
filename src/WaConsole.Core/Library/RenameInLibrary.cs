using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Library;

/// <summary>Another name for a file of the library; what was sent keeps its own.</summary>
public sealed class RenameInLibrary(Store store)
{
    /// <returns>What stands in the way, as a sentence; null when it is done.</returns>
    public async Task<string?> RunAsync(Caller caller, long id, string name, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var wanted = StoredText.Clean(name).Trim();
        if (wanted.Length is 0 or > LibraryRules.MaxName)
        {
            return Texts.Library.Of("NameLength", LibraryRules.MaxName);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var (mine, everything) = (caller.AgentId, caller.IsAdmin);
        return await db.LibraryItems.Where(i => i.Id == id && (everything || (mine != null && i.AddedById == mine)))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Name, wanted), cancellationToken) > 0
                ? null
                : Texts.Library.Of("Gone");
    }
}
