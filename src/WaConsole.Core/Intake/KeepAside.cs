using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>Puts into quarantine what could not be handled, with its reason. The same thing twice is one row and a duplicate.</summary>
internal static class KeepAside
{
    private const int ReasonLength = 1000;

    public static async Task ApplyAsync(
        WaConsoleDb db, Delivery delivery, int index, string hash, byte[] body, string reason, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (await db.QuarantinedItems.AnyAsync(q => q.ItemHash == hash, cancellationToken))
        {
            tally.Duplicate(delivery.BusinessAccountId);
            return;
        }

        db.QuarantinedItems.Add(new QuarantinedItem
        {
            BusinessAccountId = delivery.BusinessAccountId,
            DeliveryId = delivery.Id == 0 ? null : delivery.Id,
            ItemIndex = index,
            ItemHash = hash,
            Body = body,
            Reason = StoredText.Clean(reason, ReasonLength),
            QuarantinedAtUtc = tally.NowUtc,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
