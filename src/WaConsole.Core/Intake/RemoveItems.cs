using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Intake;

/// <summary>
/// Removes items that wait or were set aside for good, inside the caller's transaction. They are in no table any more, so that they no longer
/// count as received either: the counters of intake add up at every moment. Only what this transaction itself removed is counted.
/// </summary>
internal static class RemoveItems
{
    public static Task ApplyAsync(IQueryable<QuarantinedItem> items, IntakeTally tally, CancellationToken cancellationToken) =>
        ApplyAsync(items, item => item.BusinessAccountId, account => item => item.BusinessAccountId == account, tally, cancellationToken);

    public static Task ApplyAsync(IQueryable<ParkedItem> items, IntakeTally tally, CancellationToken cancellationToken) =>
        ApplyAsync(items, item => item.BusinessAccountId, account => item => item.BusinessAccountId == account, tally, cancellationToken);

    private static async Task ApplyAsync<T>(
        IQueryable<T> items,
        Expression<Func<T, long>> account,
        Func<long, Expression<Func<T, bool>>> isOf,
        IntakeTally tally,
        CancellationToken cancellationToken)
        where T : class
    {
        foreach (var accountId in await items.Select(account).Distinct().ToListAsync(cancellationToken))
        {
            tally.Received(accountId, -await items.Where(isOf(accountId)).ExecuteDeleteAsync(cancellationToken));
        }
    }
}
