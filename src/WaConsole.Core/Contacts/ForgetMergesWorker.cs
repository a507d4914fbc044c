using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>What is kept to undo a merge is personal data twice over: it goes when its time is over.</summary>
internal sealed class ForgetMergesWorker(
    Store store, WriterLane lane, Heartbeats heartbeats, TimeProvider clock, ILogger<ForgetMergesWorker> log)
    : HourlyWorker(Worker.Merges, heartbeats, clock, log)
{
    private const int Step = 5_000;

    public override async Task RunOnceAsync(Action beat, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        var over = await db.ContactMerges.Where(m => m.SnapshotJson != null && m.UndoUntilUtc <= now).Select(m => m.Id).ToListAsync(cancellationToken);
        foreach (var id in over)
        {
            while (true)
            {
                beat();
                var step = await db.ContactMergeRows.Where(row => row.MergeId == id)
                    .OrderBy(row => row.Kind).ThenBy(row => row.RowId).Select(row => new { row.Kind, row.RowId })
                    .Skip(Step).Take(1).SingleOrDefaultAsync(cancellationToken);
                using var place = await lane.EnterForBatchAsync(cancellationToken);
                if (step is null)
                {
                    await db.ContactMergeRows.Where(row => row.MergeId == id).ExecuteDeleteAsync(cancellationToken);
                    await db.ContactMerges.Where(m => m.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(m => m.SnapshotJson, (string?)null), cancellationToken);
                    break;
                }

                await db.ContactMergeRows
                    .Where(row => row.MergeId == id && (row.Kind < step.Kind || (row.Kind == step.Kind && row.RowId < step.RowId)))
                    .ExecuteDeleteAsync(cancellationToken);
            }
        }
    }
}
