using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
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
internal sealed partial class TidyIntake(
    Store store,
    WriterLane lane,
    AccountDirectory directory,
    MediaWaiting media,
    LiveUpdates live,
    IOptions<IntakeOptions> options,
    TimeProvider clock,
    ILogger<TidyIntake> log)
{
    private const int Portion = 200;

    /// <summary>Parked items looked at with one statement.</summary>
    private const int LookedAt = 5_000;

    /// <summary>
    /// Such looks of one round. Where more waits, the next round goes on behind them: a round never grows with the table, and two million
    /// are gone through in twenty of them.
    /// </summary>
    private const int Looks = 20;

    /// <summary>Rounds in which an item met another writer before it is set aside: then it is not another writer that it meets.</summary>
    private const int MostConflicts = 4;

    /// <summary>Items whose conflicts are remembered. Some were joined by others since.</summary>
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan KeepMarks = TimeSpan.FromDays(30);

    private readonly Dictionary<string, int> _conflicts = new(StringComparer.Ordinal);
    private long _lookedUpTo;
    private long _newestBefore;
    private long _newest;

    /// <param name="portionDone">Called after each, however many there are.</param>
    public async Task RunAsync(Action portionDone, CancellationToken cancellationToken)
    {
        await JoinAsync(portionDone, cancellationToken);
        await InPortionsAsync(ExpireAsync, portionDone, cancellationToken);
        await PruneAsync(OldBodies, PruneBodiesAsync, portionDone, cancellationToken);
        await PruneAsync(OldMarks, PruneMarksAsync, portionDone, cancellationToken);
    }

    /// <summary>
    /// An item parked while its message was being written by somebody else missed it. One that cannot be joined goes to quarantine; one that
    /// met another writer is left to the next round.
    /// </summary>
    private async Task JoinAsync(Action portionDone, CancellationToken cancellationToken)
    {
        if (_conflicts.Count > MostRemembered)
        {
            _conflicts.Clear();
        }

        foreach (var wamid in await AppearedAsync(portionDone, cancellationToken))
        {
            portionDone();
            try
            {
                await InOneAsync((db, tally, token) => JoinParked.ApplyAsync(db, wamid, tally, token), cancellationToken);
                _conflicts.Remove(wamid);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
            {
                LogNotJoined(failure.GetType().Name);
                if (!failure.IsConflict || (_conflicts[wamid] = _conflicts.GetValueOrDefault(wamid) + 1) >= MostConflicts)
                {
                    await SetAsideAsync(wamid, failure, cancellationToken);
                }
            }
        }
    }

    private async Task SetAsideAsync(string wamid, Exception failure, CancellationToken cancellationToken)
    {
        var reason = $"It could not be joined to its message ({failure.GetBaseException().GetType().Name}).";
        try
        {
            await InOneAsync(
                async (db, tally, token) =>
                {
                    var parked = await db.ParkedItems.Where(p => p.Wamid == wamid).ToListAsync(token);
                    await SetAsideAsync(db, parked, reason, tally, token);
                    return parked.Count;
                },
                cancellationToken);
            _conflicts.Remove(wamid);
        }
        catch (Exception met) when (met.IsConflict && !met.IsStoreDown)
        {
            LogNotJoined(met.GetType().Name);
        }
    }

    /// <summary>
    /// The messages that are here of what waits: of all that came since the round before last, because a message that was being written
    /// when its item was parked is here a moment later, and of the next part of the rest.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> AppearedAsync(Action portionDone, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var newest = await db.ParkedItems.MaxAsync(p => (long?)p.Id, cancellationToken) ?? 0;
        var appeared = new HashSet<string>(StringComparer.Ordinal);
        var (at, looks) = (_lookedUpTo, 0);
        while (looks++ < Looks && at < newest)
        {
            at = await LookAsync(at) ?? newest;
        }

        _lookedUpTo = at < newest ? at : 0;
        (at, looks) = (Math.Max(_newestBefore, at), 0);
        while (looks++ < Looks && at < newest)
        {
            at = await LookAsync(at) ?? newest;
        }

        (_newestBefore, _newest) = (_newest, newest);
        return appeared;

        // Null when these were the last.
        async Task<long?> LookAsync(long after)
        {
            portionDone();
            var waiting = await db.ParkedItems
                .Where(p => p.Id > after)
                .OrderBy(p => p.Id)
                .Select(p => new
                {
                    p.Id,

                    // One message by its index for each: asked for thousands at once, PostgreSQL reads the whole table of messages.
                    Appeared = db.Messages.Where(m => m.Wamid == p.Wamid).OrderBy(m => m.Wamid).Select(m => m.Wamid).FirstOrDefault(),
                })
                .Take(LookedAt)
                .ToListAsync(cancellationToken);
            appeared.UnionWith(waiting.Select(p => p.Appeared).OfType<string>());
            return waiting.Count == LookedAt ? waiting[^1].Id : null;
        }
    }

    private async Task InPortionsAsync(
        Func<WaConsoleDb, IntakeTally, CancellationToken, Task<int>> work, Action portionDone, CancellationToken cancellationToken)
    {
        while (await InOneAsync(work, cancellationToken) == Portion)
        {
            portionDone();
        }
    }

    /// <summary>One short transaction.</summary>
    private async Task<int> InOneAsync(
        Func<WaConsoleDb, IntakeTally, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime);
        int done;
        using (await lane.EnterForBatchAsync(cancellationToken))
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

        return done;
    }

    private static async Task<int> ExpireAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var expired = await db.ParkedItems.Where(p => p.ExpiresAtUtc <= tally.NowUtc)
            .OrderBy(p => p.ExpiresAtUtc)
            .Take(Portion)
            .ToListAsync(cancellationToken);
        await SetAsideAsync(db, expired, "The message it belongs to did not come within eight days.", tally, cancellationToken);
        return expired.Count;
    }

    private static async Task SetAsideAsync(
        WaConsoleDb db, List<ParkedItem> parked, string reason, IntakeTally tally, CancellationToken cancellationToken)
    {
        foreach (var item in parked)
        {
            var origin = new Delivery { BusinessAccountId = item.BusinessAccountId };
            await KeepAside.ApplyAsync(db, origin, 0, item.ItemHash, item.Body, reason, tally, cancellationToken);
            db.ParkedItems.Remove(item);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What is too old is looked up outside the transaction that removes it, by the order of an index, and removed by its key.</summary>
    private async Task PruneAsync<TKey>(
        Func<WaConsoleDb, IQueryable<TKey>> old,
        Func<WaConsoleDb, List<TKey>, CancellationToken, Task<int>> remove,
        Action portionDone,
        CancellationToken cancellationToken)
    {
        List<TKey> keys;
        do
        {
            await using (var db = await store.OpenAsync(cancellationToken))
            {
                keys = await old(db).Take(Portion).ToListAsync(cancellationToken);
            }

            if (keys.Count > 0)
            {
                await InOneAsync((db, _, token) => remove(db, keys, token), cancellationToken);
                portionDone();
            }
        }
        while (keys.Count == Portion);
    }

    /// <summary>A body that is still to be read was not processed yet.</summary>
    private IQueryable<long> OldBodies(WaConsoleDb db)
    {
        var before = clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(options.Value.KeepRawBodiesDays);
        return db.Deliveries.Where(d => d.ProcessedAtUtc < before).OrderBy(d => d.ProcessedAtUtc).Select(d => d.Id);
    }

    private static Task<int> PruneBodiesAsync(WaConsoleDb db, List<long> old, CancellationToken cancellationToken) =>
        db.Deliveries.Where(d => old.Contains(d.Id) && d.State == DeliveryState.Done).ExecuteDeleteAsync(cancellationToken);

    private IQueryable<string> OldMarks(WaConsoleDb db)
    {
        var before = clock.GetUtcNow().UtcDateTime - KeepMarks;
        return db.HandledItems.Where(h => h.HandledAtUtc < before).OrderBy(h => h.HandledAtUtc).Select(h => h.ItemHash);
    }

    private static Task<int> PruneMarksAsync(WaConsoleDb db, List<string> old, CancellationToken cancellationToken) =>
        db.HandledItems.Where(h => old.Contains(h.ItemHash)).ExecuteDeleteAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Parked items could not be joined to their message: {Reason}")]
    private partial void LogNotJoined(string reason);
}
