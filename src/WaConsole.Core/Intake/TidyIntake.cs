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

    /// <summary>Parked items looked at in one round. Where more wait, the next round goes on behind them: a round never grows with the table.</summary>
    private const int LookedAt = 5_000;

    private static readonly TimeSpan KeepMarks = TimeSpan.FromDays(30);

    private long _lookedUpTo;

    /// <param name="portionDone">Called after each, however many there are.</param>
    public async Task RunAsync(Action portionDone, CancellationToken cancellationToken)
    {
        await JoinAsync(portionDone, cancellationToken);
        await InPortionsAsync(ExpireAsync, portionDone, cancellationToken);
        await PruneAsync(OldBodies, PruneBodiesAsync, portionDone, cancellationToken);
        await PruneAsync(OldMarks, PruneMarksAsync, portionDone, cancellationToken);
    }

    /// <summary>
    /// An item parked while its message was being written by somebody else missed it. One that cannot be joined goes to quarantine.
    /// </summary>
    private async Task JoinAsync(Action portionDone, CancellationToken cancellationToken)
    {
        foreach (var wamid in await AppearedAsync(cancellationToken))
        {
            portionDone();
            try
            {
                await InOneAsync((db, tally, token) => JoinParked.ApplyAsync(db, wamid, tally, token), cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !failure.IsStoreDown)
            {
                LogNotJoined(failure.GetType().Name);
                var reason = $"It could not be joined to its message ({failure.GetBaseException().GetType().Name}).";
                await InOneAsync(
                    async (db, tally, token) =>
                    {
                        var parked = await db.ParkedItems.Where(p => p.Wamid == wamid).ToListAsync(token);
                        await SetAsideAsync(db, parked, reason, tally, token);
                        return parked.Count;
                    },
                    cancellationToken);
            }
        }
    }

    private async Task<List<string>> AppearedAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var after = _lookedUpTo;
        var waiting = await db.ParkedItems
            .Where(p => p.Id > after)
            .OrderBy(p => p.Id)
            .Take(LookedAt)
            .Select(p => new { p.Id, p.Wamid })
            .ToListAsync(cancellationToken);
        _lookedUpTo = waiting.Count == LookedAt ? waiting[^1].Id : 0;

        // In portions: asked for thousands at once, PostgreSQL reads the whole table of messages instead of its index.
        List<string> appeared = [];
        foreach (var wamids in waiting.Select(p => p.Wamid).Distinct().Chunk(Portion))
        {
            appeared.AddRange(await db.Messages.Where(m => EF.Parameter(wamids).Contains(m.Wamid)).Select(m => m.Wamid!).ToListAsync(cancellationToken));
        }

        return appeared;
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
