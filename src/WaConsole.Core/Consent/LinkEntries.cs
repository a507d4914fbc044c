using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Chains the entries that wait for it, in one order for all nodes. Not done where entries are written: there everybody would wait for
/// everybody, and who holds one contact would wait for who holds another. Entries are linked in any case; the head is moved on only while
/// it names a link of this chain: one that was cut off stays to be seen until a person has looked.
/// </summary>
internal sealed partial class LinkEntries(Store store, WriterLane lane, ConsentSecrets secrets, ConsentHead head, ILogger<LinkEntries> log)
{
    private const int Step = 500;

    /// <returns>How many were linked.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(() => { }, cancellationToken);

    public async Task<int> RunAsync(Action beat, CancellationToken cancellationToken)
    {
        var linked = 0;
        while (true)
        {
            beat();
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
        await ConsentLock.TakeAsync(db, cancellationToken);
        var waiting = await (from wait in db.ConsentWaits
                             join entry in db.ConsentEntries on wait.EntryId equals entry.Id
                             orderby entry.Id
                             select new { entry.Id, entry.Mac }).Take(Step).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var fits = await HeadFitsAsync(db, cancellationToken);
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
        if (fits)
        {
            await head.WriteAsync(new ConsentHead.Head(last.Sequence, last.Mac), cancellationToken);
        }

        return waiting.Count;
    }

    private async Task<bool> HeadFitsAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        if (await head.ReadAsync(cancellationToken) is not { } kept)
        {
            return true;
        }

        var mac = await db.ConsentLinks.Where(l => l.Sequence == kept.Sequence).Select(l => l.Mac).SingleOrDefaultAsync(cancellationToken);
        var fits = mac is not null && CryptographicOperations.FixedTimeEquals(mac, kept.Mac);
        if (!fits)
        {
            LogCutOff(kept.Sequence);
        }

        return fits;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry ends before link {Link}, which consent-head.json names, or is another one. The file is left as it is: see verify-consent")]
    private partial void LogCutOff(long link);
}
