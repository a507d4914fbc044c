using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>Removes the file of an import that is not under way, and with it what names people: what was counted stays.</summary>
public sealed class DropImportFile
{
    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly LiveUpdates _live;

    internal DropImportFile(Store store, MediaStore files, LiveUpdates live)
    {
        (_store, _files, _live) = (store, files, live);
    }

    /// <returns>False while it is under way.</returns>
    public async Task<bool> RunAsync(Caller caller, long importId, CancellationToken cancellationToken)
    {
        caller.MustImport();
        return await RunAsync(importId, cancellationToken);
    }

    internal async Task<bool> RunAsync(long importId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var key = await db.ConsentImports.Where(i => i.Id == importId).Select(i => i.FileKey).SingleOrDefaultAsync(cancellationToken);
        var dropped = await db.ConsentImports
            .Where(i => i.Id == importId && i.State != ImportState.Checking && i.State != ImportState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.FileKey, (Guid?)null), cancellationToken) == 1;
        if (dropped && key is { } file)
        {
            _files.Delete(file);
        }

        _live.Publish(new ImportChanged(importId));
        return dropped;
    }
}
