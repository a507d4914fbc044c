using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <summary>When templates were used last, by the tallies: for those that come to be known only after they were sent.</summary>
internal static class LastUses
{
    public static Task CatchUpAsync(WaConsoleDb db, long businessAccountId, CancellationToken cancellationToken) => db.Templates
        .Where(t => t.BusinessAccountId == businessAccountId
            && db.TemplateTallies.Any(y => y.Name == t.Name && y.Language == t.Language && y.What == Tallied.Sent
                && (t.LastUsedOn == null || y.Day > t.LastUsedOn) && db.Numbers.Any(n => n.Id == y.NumberId && n.BusinessAccountId == businessAccountId)))
        .ExecuteUpdateAsync(
            set => set.SetProperty(t => t.LastUsedOn, t => db.TemplateTallies
                .Where(y => y.Name == t.Name && y.Language == t.Language && y.What == Tallied.Sent
                    && db.Numbers.Any(n => n.Id == y.NumberId && n.BusinessAccountId == businessAccountId))
                .Max(y => (DateOnly?)y.Day)),
            cancellationToken);
}
