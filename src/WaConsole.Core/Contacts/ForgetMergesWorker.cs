using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>What is kept to undo a merge is personal data twice over: it goes when its time is over.</summary>
internal sealed partial class ForgetMergesWorker(Store store, WriterLane lane, TimeProvider clock, ILogger<ForgetMergesWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private const int Step = 5_000;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var over = await db.ContactMerges.Where(m => m.SnapshotJson != null && m.UndoUntilUtc <= now).Select(m => m.Id).ToListAsync(cancellationToken);
        foreach (var id in over)
        {
            while (true)
            {
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old merges could not be tidied; the next hour tries again")]
    private partial void LogFailed(Exception fault);
}
