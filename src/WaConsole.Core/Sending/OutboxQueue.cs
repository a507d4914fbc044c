using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>A number that has something to send now. <see cref="Received"/>: customers' messages that ever came in.</summary>
internal sealed record DueNumber(long NumberId, ThroughputLevel Throughput, long Received = 0);

/// <summary>
/// Reads the outbox and leases rows that are not begun. Every change of hands is a conditional update, so two workers or two processes
/// never hold one row: a row found Waiting can be taken by one, and only its holder can move it on. Bytes leave only while it is Sending.
/// </summary>
internal sealed class OutboxQueue(Store store, WriterLane lane, TimeProvider clock)
{
    /// <summary>While a file is uploaded; renewed meanwhile.</summary>
    public static readonly TimeSpan PreparingLease = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longer than a permit is good for and a send may take, together. When it runs out the holder is gone and the bytes may have left.
    /// </summary>
    public static readonly TimeSpan SendingLease = TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<long, int> _shared = new();

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<DueNumber>> DueNumbersAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        return await db.Numbers.AsNoTracking()
            .Where(n => n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null)
            .Where(n => db.Outbox.Any(e => e.State == OutboxState.Waiting && e.NumberId == n.Id && e.NextAttemptAtUtc <= now))
            .Select(n => new DueNumber(n.Id, n.Throughput, n.ReceivedMessages))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The next rows of a number, as <see cref="LaneShare"/> divides the places: within a lane in the order in which they came due,
    /// never beside a row of the conversation that is on its way, nor past an earlier one that waits in the same lane or a faster one. What
    /// somebody types now does not wait behind a broadcast's place in the line.
    /// </summary>
    public async Task<IReadOnlyList<DueRow>> NextAsync(long numberId, int places, int placesForAgents, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var agents = await LaneAsync(db, numberId, OutboxLane.Agent, Math.Max(places, placesForAgents), cancellationToken);
        var rest = places - agents.Count;
        if (rest <= 0)
        {
            return agents;
        }

        var taken = agents.Select(row => row.Row.ConversationId).ToHashSet();
        var automation = Others(await LaneAsync(db, numberId, OutboxLane.Automation, rest, cancellationToken), taken);
        var broadcasts = Others(await LaneAsync(db, numberId, OutboxLane.Broadcast, rest, cancellationToken), taken);
        var before = _shared.GetValueOrDefault(numberId);
        var share = LaneShare.Of(places, before, agents.Count, automation.Count, broadcasts.Count);
        _shared[numberId] = (before + share.Automation + share.Broadcasts) & 3;
        return [.. agents, .. automation.Take(share.Automation), .. broadcasts.Take(share.Broadcasts)];
    }

    /// <returns>False when the row is no longer this worker's.</returns>
    public async Task<bool> RenewAsync(long entryId, Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var until = NowUtc + PreparingLease;
        return await db.Outbox
            .Where(e => e.Id == entryId && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedUntilUtc, until), cancellationToken) == 1;
    }

    /// <summary>Gives a row back that was leased and not begun.</summary>
    public async Task ReleaseAsync(long entryId, Guid worker, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var next = NowUtc + wait;
        await db.Outbox
            .Where(e => e.Id == entryId && e.LeasedBy == worker && e.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(e => e.LeasedBy, (Guid?)null)
                .SetProperty(e => e.LeasedUntilUtc, (DateTime?)null)
                .SetProperty(e => e.NextAttemptAtUtc, next), cancellationToken);
    }

    /// <summary>When the next waiting row is due, of whatever number; null when none waits for a time.</summary>
    public async Task<DateTime?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = NowUtc;
        return await db.Outbox
            .Where(e => e.State == OutboxState.Waiting && e.NextAttemptAtUtc > now)
            .Where(e => db.Numbers.Any(n =>
                n.Id == e.NumberId && n.SendingStoppedAtUtc == null && n.BusinessAccount.SendingStoppedAtUtc == null))
            .OrderBy(e => e.NextAttemptAtUtc)
            .Select(e => (DateTime?)e.NextAttemptAtUtc)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>One message to a conversation at a time: the others of it wait until this one is settled.</summary>
    private static List<DueRow> Others(List<DueRow> rows, HashSet<long> taken) => [.. rows.Where(row => taken.Add(row.Row.ConversationId))];

    private Task<List<DueRow>> LaneAsync(WaConsoleDb db, long numberId, OutboxLane of, int atMost, CancellationToken cancellationToken)
    {
        var now = NowUtc;
        return db.Outbox.AsNoTracking()
            .Where(e => e.State == OutboxState.Waiting && e.NumberId == numberId && e.Lane == of && e.NextAttemptAtUtc <= now
                && e.DeadlineAtUtc > now && (e.LeasedUntilUtc == null || e.LeasedUntilUtc < now))
            .Where(e => !db.Outbox.Any(earlier =>
                earlier.State <= OutboxState.Sending && earlier.ConversationId == e.ConversationId
                && (earlier.State == OutboxState.Sending || (earlier.Id < e.Id && earlier.Lane <= of))))
            .OrderBy(e => e.NextAttemptAtUtc).ThenBy(e => e.Id)
            .Take(atMost)
            .Select(e => new DueRow(
                new OutboxRow(e.Id, e.MessageId, e.NumberId, e.ConversationId, e.Lane, e.Attempts),
                e.Message.ClientKey, e.Message.ReplyJson, e.Message.ReplyToWamid, e.Message.MediaFileId,
                e.Message.Conversation.PairPaidUntil, e.DeadlineAtUtc))
            .ToListAsync(cancellationToken);
    }
}
