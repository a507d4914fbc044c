using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Numbers;

/// <summary>WhatsApp changed how many people the portfolio may write to outside their window in a day: true of all its accounts.</summary>
internal static class RecordMessagingLimit
{
    /// <returns>False when that was known, or is no limit we can read.</returns>
    public static async Task<bool> ApplyAsync(WaConsoleDb db, string portfolioId, string? limit, CancellationToken cancellationToken) =>
        MessagingLimits.Read(limit) is { } people
        && await db.BusinessAccounts.Where(a => a.PortfolioId == portfolioId && a.MessagingLimit != people)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, people), cancellationToken) > 0;
}
