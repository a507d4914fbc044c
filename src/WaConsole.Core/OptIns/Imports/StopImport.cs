using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>Halts an import after the rows at hand. What is written stays; a check begins anew, a run goes on where it was.</summary>
public sealed class StopImport
{
    private readonly Store _store;
    private readonly LiveUpdates _live;

    internal StopImport(Store store, LiveUpdates live)
    {
        (_store, _live) = (store, live);
    }

    public async Task<bool> RunAsync(Caller caller, long importId, CancellationToken cancellationToken)
    {
        caller.MustImport();
        await using var db = await _store.OpenAsync(cancellationToken);
        var stopped = await db.ConsentImports.Where(i => i.Id == importId && i.State == ImportState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Stopped), cancellationToken)
            + await db.ConsentImports.Where(i => i.Id == importId && i.State == ImportState.Checking)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Uploaded), cancellationToken);
        _live.Publish(new ImportChanged(importId));
        return stopped > 0;
    }
}
