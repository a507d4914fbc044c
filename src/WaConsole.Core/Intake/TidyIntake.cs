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

    private static readonly TimeSpan KeepMarks = TimeSpan.FromDays(30);

    /// <param name="portionDone">Called after each, however many there are.</param>
    public async Task RunAsync(Action portionDone, CancellationToken cancellationToken)
    {
        await JoinAsync(portionDone, cancellationToken);
        await InPortionsAsync(ExpireAsync, portionDone, cancellationToken);
        await InPortionsAsync(PruneBodiesAsync, portionDone, cancellationToken);
        await InPortionsAsync(PruneMarksAsync, portionDone, cancellationToken);
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
        return await db.ParkedItems
            .Where(p => db.Messages.Any(m => m.Wamid == p.Wamid))
            .Select(p => p.Wamid)
            .Distinct()
            .Order()
            .Take(Portion)
            .ToListAsync(cancellationToken);
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

        return done;
    }

    private static async Task<int> ExpireAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var expired = await db.ParkedItems.Where(p => p.ExpiresAtUtc <= tally.NowUtc)
            .OrderBy(p => p.Id)
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

    private Task<int> PruneBodiesAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var before = tally.NowUtc - TimeSpan.FromDays(options.Value.KeepRawBodiesDays);
        var old = db.Deliveries.Where(d => d.State == DeliveryState.Done && d.ProcessedAtUtc < before).OrderBy(d => d.ProcessedAtUtc).Take(Portion).Select(d => d.Id);
        return db.Deliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<int> PruneMarksAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var before = tally.NowUtc - KeepMarks;
        var old = db.HandledItems.Where(h => h.HandledAtUtc < before).OrderBy(h => h.HandledAtUtc).Take(Portion).Select(h => h.ItemHash);
        return db.HandledItems.Where(h => old.Contains(h.ItemHash)).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Parked items could not be joined to their message: {Reason}")]
    private partial void LogNotJoined(string reason);
}
