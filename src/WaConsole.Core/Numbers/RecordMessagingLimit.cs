using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Numbers;

/// <summary>WhatsApp changed how many people the portfolio may write to outside their window in a day: true of all its accounts.</summary>
internal static class RecordMessagingLimit
{
    public static async Task ApplyAsync(WaConsoleDb db, string portfolioId, string? limit, CancellationToken cancellationToken)
    {
        if (MessagingLimits.Read(limit) is { } people)
        {
            await db.BusinessAccounts.Where(a => a.PortfolioId == portfolioId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, people), cancellationToken);
        }
    }
}
