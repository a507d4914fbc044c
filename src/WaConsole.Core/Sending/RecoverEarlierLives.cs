using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Settles at once what earlier lives of this process held when they were killed, in place of waiting for their leases: what may have
/// left becomes unknown and is not repeated, what was only being prepared goes on, and numbers are sent for again.
/// </summary>
internal sealed partial class RecoverEarlierLives(
    Store store, WriterLane lane, NodeLife life, RecordSendResults record, TimeProvider clock, ILogger<RecoverEarlierLives> log)
{
    private const int AtMost = 250;

    /// <summary>Again after a fault: a life is forgotten only when nothing of it is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (life.Earlier.Count == 0)
        {
            return;
        }

        foreach (var earlier in life.Earlier)
        {
            var unknown = await SettleAsync(earlier, cancellationToken);
            var freed = await FreeAsync(earlier, cancellationToken);
            LogRecovered(unknown, freed);
        }

        life.ForgetEarlier();
    }

    private async Task<int> SettleAsync(Guid earlier, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var settled = 0;
        while (true)
        {
            var lost = await db.Outbox.AsNoTracking()
                .Where(e => e.State == OutboxState.Sending && e.LeasedBy == earlier)
                .OrderBy(e => e.LeasedUntilUtc)
                .Take(AtMost)
                .Select(e => new OutboxRow(e.Id, e.MessageId, e.NumberId, e.ConversationId, e.Lane, e.Attempts))
                .ToListAsync(cancellationToken);
            if (lost.Count == 0)
            {
                return settled;
            }

            await Task.WhenAll(lost.Select(row => record.RunAsync(new SendResult.Unknown(row, earlier))));
            settled += lost.Count;
        }
    }

    private async Task<int> FreeAsync(Guid earlier, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;

        // Nobody knows what its last second held: it counts as full.
        var spent = SendPace.RateOf(ThroughputLevel.High);
        await db.PaceOwners.Where(o => o.Holder == earlier).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.Holder, (Guid?)null).SetProperty(o => o.UntilUtc, now).SetProperty(o => o.Spent, spent),
            cancellationToken);
        return await db.Outbox.Where(e => e.State == OutboxState.Waiting && e.LeasedBy == earlier).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeasedBy, (Guid?)null).SetProperty(e => e.LeasedUntilUtc, (DateTime?)null),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The process before this one ended in the middle of its work: {Unknown} messages may have left, {Freed} go on")]
    private partial void LogRecovered(int unknown, int freed);
}
