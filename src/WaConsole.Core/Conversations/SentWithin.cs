using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Where messages that were sent within a time lie among the ids, so that an old month is not reached by reading back from today. Messages
/// are stored soon after they are sent, in the order of their ids; only a history that is imported later comes
/// <see cref="Later"/>, and nothing is stored long before it is sent.
/// </summary>
internal sealed record SentWithin(IdRange Ids, IdRange Later)
{
    /// <summary>How far apart a message's own time and the time it was stored may lie: a delivery that waited, clocks that differ.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    private static readonly IdRange Nothing = new(0, 0);

    /// <param name="clockOffset">How far WhatsApp's clock, which messages are dated by, is ahead of ours.</param>
    public static async Task<SentWithin> ReadAsync(WaConsoleDb db, SearchBounds bounds, TimeSpan clockOffset, CancellationToken cancellationToken)
    {
        var newest = await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0;
        var after = bounds.FromUtc is { } from ? await FirstSinceAsync(db, from - Apart - clockOffset, newest, cancellationToken) - 1 : 0;
        if (bounds.BeforeUtc is not { } before)
        {
            return new SentWithin(new IdRange(after, newest), Nothing);
        }

        var upTo = Math.Max(after, await FirstSinceAsync(db, before + Apart, newest, cancellationToken) - 1);
        return new SentWithin(new IdRange(after, upTo), new IdRange(upTo, newest));
    }

    /// <returns>The first id stored at this time or later; one past the newest when there is none.</returns>
    private static async Task<long> FirstSinceAsync(WaConsoleDb db, DateTime utc, long newest, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, newest + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var stored = await db.Messages.Where(m => m.Id >= middle).OrderBy(m => m.Id)
                .Select(m => new { m.Id, m.CreatedAtUtc }).FirstOrDefaultAsync(cancellationToken);
            if (stored is null || stored.CreatedAtUtc >= utc)
            {
                high = middle;
            }
            else
            {
                low = stored.Id + 1;
            }
        }

        return low;
    }
}
