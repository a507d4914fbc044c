using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// Removes handled raw bodies and old marks in small portions, joins what still waits for a message that is here, and moves what
/// waited too long to the quarantine.
/// </summary>
internal sealed class TidyIntake(
    Store store, WriterLane lane, AccountDirectory directory, MediaWaiting media, LiveUpdates live, IOptions<IntakeOptions> options, TimeProvider clock)
{
    private const int Portion = 200;

    private static readonly TimeSpan KeepMarks = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await InPortionsAsync(JoinAsync, cancellationToken);
        await InPortionsAsync(ExpireAsync, cancellationToken);
        await InPortionsAsync(PruneBodiesAsync, cancellationToken);
        await InPortionsAsync(PruneMarksAsync, cancellationToken);
    }

    private async Task InPortionsAsync(
        Func<WaConsoleDb, IntakeTally, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        int done;
        do
        {
            var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime);
            using (await lane.EnterAsync(cancellationToken))
            {
                await using var db = await store.OpenAsync(cancellationToken);
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                done = await work(db, tally, cancellationToken);
                await tally.SaveAsync(db, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            if (done > 0)
            {
                tally.Announce(live, directory, media);
            }
        }
        while (done == Portion);
    }

    /// <summary>An item parked while its message was being written by somebody else missed it.</summary>
    private static async Task<int> JoinAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var appeared = await db.ParkedItems
            .Where(p => db.Messages.Any(m => m.Wamid == p.Wamid))
            .Select(p => p.Wamid)
            .Distinct()
            .Take(Portion)
            .ToListAsync(cancellationToken);
        var joined = 0;
        foreach (var wamid in appeared)
        {
            joined += await JoinParked.ApplyAsync(db, wamid, tally, cancellationToken);
        }

        return joined == 0 ? 0 : appeared.Count;
    }

    private static async Task<int> ExpireAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var expired = await db.ParkedItems.Where(p => p.ExpiresAtUtc <= tally.NowUtc)
            .OrderBy(p => p.Id)
            .Take(Portion)
            .ToListAsync(cancellationToken);
        foreach (var item in expired)
        {
            var origin = new Delivery { BusinessAccountId = item.BusinessAccountId };
            await KeepAside.ApplyAsync(
                db, origin, 0, item.ItemHash, item.Body, "The message it belongs to did not come within eight days.", tally, cancellationToken);
            db.ParkedItems.Remove(item);
        }

        await db.SaveChangesAsync(cancellationToken);
        return expired.Count;
    }

    private Task<int> PruneBodiesAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var before = tally.NowUtc - TimeSpan.FromDays(options.Value.KeepRawBodiesDays);
        var old = db.Deliveries.Where(d => d.State == DeliveryState.Done && d.ProcessedAtUtc < before).OrderBy(d => d.Id).Take(Portion).Select(d => d.Id);
        return db.Deliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<int> PruneMarksAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var before = tally.NowUtc - KeepMarks;
        var old = db.HandledItems.Where(h => h.HandledAtUtc < before).OrderBy(h => h.HandledAtUtc).Take(Portion).Select(h => h.ItemHash);
        return db.HandledItems.Where(h => old.Contains(h.ItemHash)).ExecuteDeleteAsync(cancellationToken);
    }
}
