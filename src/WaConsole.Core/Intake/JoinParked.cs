using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// A message appeared, or got its wamid: what waited for it (statuses, reactions, edits) is applied in the order it came and counts
/// as stored. Runs inside the caller's transaction, after the message was saved.
/// </summary>
internal static class JoinParked
{
    /// <returns>How many items were joined.</returns>
    public static async Task<int> ApplyAsync(WaConsoleDb db, string wamid, IntakeTally tally, CancellationToken cancellationToken)
    {
        var parked = await db.ParkedItems.Where(p => p.Wamid == wamid).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var joined = 0;
        foreach (var item in parked)
        {
            switch (await ApplyAsync(db, item, tally, cancellationToken))
            {
                case Recorded.Stored:
                    tally.Stored(item.BusinessAccountId);
                    break;
                case Recorded.Duplicate:
                    tally.Duplicate(item.BusinessAccountId);
                    break;
                default:
                    continue;
            }

            db.ParkedItems.Remove(item);
            joined++;
        }

        await db.SaveChangesAsync(cancellationToken);
        return joined;
    }

    private static async Task<Recorded> ApplyAsync(WaConsoleDb db, ParkedItem parked, IntakeTally tally, CancellationToken cancellationToken)
    {
        var scope = await db.BusinessAccounts.Where(a => a.Id == parked.BusinessAccountId)
            .Select(a => a.PortfolioId)
            .SingleAsync(cancellationToken);
        var read = ReadDelivery.Run(parked.Body)[0];
        var outcome = await RecordItem.ApplyAsync(
            db, read.Item, new Reception(null, scope, tally.NowUtc, tally.Changes, tally.Arrivals), cancellationToken);

        // A reaction or an edit has no unique row of its own; its parked row was its mark until now.
        if (outcome is Recorded.Stored && read.Item is CloudApi.MessageItem)
        {
            db.HandledItems.Add(new HandledItem { ItemHash = parked.ItemHash, HandledAtUtc = tally.NowUtc });
        }

        return outcome;
    }
}
