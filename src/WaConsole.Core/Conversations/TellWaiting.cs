using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Tells who is there that a customer began to wait whom nobody looks after, once for each wait; where turns are taken the one who gets it is
/// told. A few notices at a time and then a pause as long as they deserve: where hundreds of people are there and many customers write, the
/// newest is told of and the list shows the rest.
/// </summary>
internal sealed class TellWaiting(Store store, WriterLane lane, LiveUpdates live, WhoIsHere here, TimeProvider clock)
{
    internal const int AtOnce = 100;

    private const int Kept = 200;

    private static readonly TimeSpan PauseForEach = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<CustomerWaits> _waiting = new();
    private readonly HashSet<long> _failed = [];
    private long _began;
    private TimeSpan _pause;

    public void Note(CustomerWaits waits)
    {
        _waiting.Enqueue(waits);
        while (_waiting.Count > Kept)
        {
            _waiting.TryDequeue(out _);
        }
    }

    /// <returns>Until it may go on; null when nothing is left.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        if (_pause - clock.GetElapsedTime(_began) is { Ticks: > 0 } rest)
        {
            return rest;
        }

        List<CustomerWaits> taken = [];
        while (_waiting.TryDequeue(out var waits))
        {
            taken.Add(waits);
        }

        _began = clock.GetTimestamp();
        var told = 0;
        Dictionary<long, List<long>> teams = [];
        List<CustomerWaits> left = [.. Enumerable.Reverse(taken).DistinctBy(one => one.ConversationId)];
        try
        {
            while (left.Count > 0)
            {
                var waits = left[0];
                var team = await TeamAsync(waits.NumberId, teams, cancellationToken);
                if (team.Count > 0 && (told == 0 || told + team.Count <= AtOnce))
                {
                    told += await TellAsync(waits, team, cancellationToken);
                }

                left.RemoveAt(0);
                _failed.Remove(waits.ConversationId);
            }
        }
        catch when (left.Count > 0)
        {
            // A wait is told of once: those not told yet are for the next look, and this one too unless it failed before.
            if (!_failed.Add(left[0].ConversationId))
            {
                _failed.Remove(left[0].ConversationId);
                left.RemoveAt(0);
            }

            Enumerable.Reverse(left).ToList().ForEach(Note);
            throw;
        }

        _pause = told * PauseForEach;
        return told > 0 ? _pause : null;
    }

    private async Task<List<long>> TeamAsync(long numberId, Dictionary<long, List<long>> teams, CancellationToken cancellationToken)
    {
        if (teams.TryGetValue(numberId, out var team))
        {
            return team;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        team = await db.Numbers.AnyAsync(n => n.Id == numberId && n.TakesTurns, cancellationToken)
            ? []
            : await ListAssignees.Of(db, numberId).Where(agent => !agent.IsAway).Select(agent => agent.Id).ToListAsync(cancellationToken);
        team.RemoveAll(agent => !here.IsHere(agent));
        teams.Add(numberId, team);
        return team;
    }

    private async Task<int> TellAsync(CustomerWaits waits, List<long> team, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, Caller.System, waits.ConversationId, cancellationToken) is not
            { AssigneeId: null, Status: ConversationStatus.Open, WaitingSinceUtc: not null } conversation)
        {
            return 0;
        }

        var told = Notify.Add(
            db, team, NotificationKind.Message, conversation.Id, conversation.LastMessageId,
            conversation.LastDirection == MessageDirection.Inbound ? conversation.LastPreview : "", clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish([.. told]);
        return told.Count;
    }
}
