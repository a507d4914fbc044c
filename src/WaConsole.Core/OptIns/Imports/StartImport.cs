using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>Lets a checked import run, or a stopped one go on where it was.</summary>
public sealed class StartImport
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal StartImport(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    /// <returns>False when there is none that could start.</returns>
    public async Task<bool> RunAsync(Caller caller, long importId, CancellationToken cancellationToken)
    {
        caller.MustImport();
        await using var db = await _store.OpenAsync(cancellationToken);
        using (await _lane.EnterAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var now = _clock.GetUtcNow().UtcDateTime;
            var runnable = db.ConsentImports.Where(i => i.Id == importId && i.FileKey != null);
            var fresh = await runnable.Where(i => i.State == ImportState.Checked).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.Rows, 0).SetProperty(i => i.Share, 0)
                    .SetProperty(i => i.Added, 0).SetProperty(i => i.Known, 0).SetProperty(i => i.Refused, 0)
                    .SetProperty(i => i.PhaseAtUtc, (DateTime?)null).SetProperty(i => i.LeasedUntilUtc, now),
                cancellationToken);
            if (fresh == 1)
            {
                await db.ConsentImportProblems.Where(p => p.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
                db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Imported, null, now, new AuditDetail.Import(importId)));
                await db.SaveChangesAsync(cancellationToken);
            }
            else if (await runnable.Where(i => i.State == ImportState.Stopped).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.PhaseAtUtc, (DateTime?)null).SetProperty(i => i.LeasedUntilUtc, now),
                cancellationToken) == 0)
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        _live.Publish(new ImportChanged(importId));
        return true;
    }
}
