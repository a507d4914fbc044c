using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>Places in the pace of customers, as their conversations keep them.</summary>
internal static class PairPlaces
{
    /// <summary>Nothing left: takes off what was put on for it, once for each conversation. Inside the writer's place.</summary>
    public static Task<int> GiveBackAsync(WaConsoleDb db, params long[] conversations) =>
        db.Conversations.Where(c => conversations.Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PairPaidUntil, c => c.PairPaidUntil - PairPace.Interval), CancellationToken.None);
}
