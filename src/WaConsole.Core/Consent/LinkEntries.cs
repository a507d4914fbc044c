using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Chains the entries that wait for it, in one order for all nodes. Not done where entries are written: there everybody would wait for
/// everybody, and who holds one contact would wait for who holds another.
/// </summary>
internal sealed class LinkEntries(Store store, WriterLane lane, ConsentSecrets secrets, ConsentHead head)
{
    private const int Step = 500;

    /// <returns>How many were linked.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var linked = 0;
        while (true)
        {
            var step = await StepAsync(cancellationToken);
            linked += step;
            if (step < Step)
            {
                return linked;
            }
        }
    }

    private async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await db.ConsentWaits.AnyAsync(cancellationToken))
        {
            return 0;
        }

        using var place = await lane.EnterForBatchAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DatabaseLocks.Consent})", cancellationToken);
        }

        var waiting = await (from wait in db.ConsentWaits
                             join entry in db.ConsentEntries on wait.EntryId equals entry.Id
                             orderby entry.Id
                             select new { entry.Id, entry.Mac }).Take(Step).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var key = await secrets.ChainKeyAsync(db, cancellationToken);
        var last = await db.ConsentLinks.OrderByDescending(l => l.Sequence).AsNoTracking().FirstOrDefaultAsync(cancellationToken)
            ?? new ConsentLink();
        foreach (var entry in waiting)
        {
            var sequence = last.Sequence + 1;
            last = new ConsentLink { Sequence = sequence, EntryId = entry.Id, Mac = EntryMac.OfLink(key, last.Mac, sequence, entry.Id, entry.Mac) };
            db.ConsentLinks.Add(last);
        }

        await db.SaveChangesAsync(cancellationToken);
        var ids = waiting.Select(entry => entry.Id).ToArray();
        await db.ConsentWaits.Where(w => EF.Parameter(ids).Contains(w.EntryId)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await head.WriteAsync(new ConsentHead.Head(last.Sequence, last.Mac), cancellationToken);
        return waiting.Count;
    }
}
