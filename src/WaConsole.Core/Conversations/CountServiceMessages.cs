using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Conversations;

/// <summary>
/// How many messages that are no templates a number delivered this month, for the free ones WhatsApp gives each month. The month is UTC's:
/// WhatsApp counts in the account's own zone.
/// </summary>
internal static class CountServiceMessages
{
    /// <returns>Null when the number is with us only since this month began: what was sent before nobody told.</returns>
    public static async Task<int?> RunAsync(WaConsoleDb db, long numberId, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var month = new DateTime(nowUtc.Year, nowUtc.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (!await db.Numbers.AnyAsync(n => n.Id == numberId && n.CreatedAtUtc < month, cancellationToken))
        {
            return null;
        }

        var first = DateOnly.FromDateTime(month);
        var counted = await db.TemplateTallies.Where(t => t.NumberId == numberId && t.What == Tallied.Service && t.Day >= first)
            .SumAsync(t => t.Amount, cancellationToken);
        return (int)Math.Min(counted, int.MaxValue);
    }
}
