using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Tells that a customer waits and the service window closes soon: the assignee, or, when nobody has it or the one who has it is away,
/// everybody who could take it and is there; who has it and no screen open is told with them. Once per window. While nobody is there it is
/// kept for whoever comes back in time.
/// </summary>
internal sealed class TellClosing(Store store, LiveUpdates live, WhoIsHere here, WhatsAppClock whatsApp, TimeProvider clock)
{
    private const int Batch = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = whatsApp.UtcNow;
        Dictionary<long, List<Person>> teams = [];
        List<Due> due;
        var last = 0L;
        do
        {
            due = await ReadAsync(now, last, cancellationToken);
            foreach (var one in due)
            {
                var people = await PeopleAsync(one, teams, cancellationToken);
                if (people.Count > 0)
                {
                    await TellAsync(one, people, now, cancellationToken);
                }
            }

            last = due.Count > 0 ? due[^1].Id : last;
        }
        while (due.Count == Batch);
    }

    private async Task<List<Due>> ReadAsync(DateTime now, long after, CancellationToken cancellationToken)
    {
        var (from, to) = (now + ServiceWindow.ComposerMargin, now + ServiceWindow.ClosingNotice);
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations.AsNoTracking()
            .Where(c => c.ClosingToldAtUtc == null && c.WaitingSinceUtc != null && c.WindowExpiresAtUtc > from && c.WindowExpiresAtUtc <= to)
            .Where(c => c.Id > after && !c.OwnedElsewhere)
            .OrderBy(c => c.Id)
            .Select(c => new Due(c.Id, c.NumberId, c.AssigneeId, c.LastPreview))
            .Take(Batch)
            .ToListAsync(cancellationToken);
    }

    private async Task<List<long>> PeopleAsync(Due due, Dictionary<long, List<Person>> teams, CancellationToken cancellationToken)
    {
        if (!teams.TryGetValue(due.NumberId, out var team))
        {
            await using var db = await store.OpenAsync(cancellationToken);
            var ids = await ListAssignees.Of(db, due.NumberId).Where(agent => !agent.IsAway).Select(agent => agent.Id).ToListAsync(cancellationToken);
            team = [.. ids.Select(id => new Person(id, here.IsHere(id)))];
            teams.Add(due.NumberId, team);
        }

        var owner = team.Find(person => person.Id == due.AssigneeId);
        var present = team.Where(person => person.IsHere).Select(person => person.Id).ToList();
        return (owner, present) switch
        {
            ({ IsHere: true }, _) => [owner.Id],
            (null, _) or (_, []) => present,
            _ => [owner.Id, .. present],
        };
    }

    /// <summary>Of several nodes one tells. Who answered, or a customer who wrote again, at this very moment is not told about.</summary>
    private async Task TellAsync(Due due, List<long> people, DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var to = now + ServiceWindow.ClosingNotice;
        var told = await db.Conversations
            .Where(c => c.Id == due.Id && c.ClosingToldAtUtc == null && c.WaitingSinceUtc != null && c.WindowExpiresAtUtc <= to)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosingToldAtUtc, now), cancellationToken);
        if (told == 0)
        {
            return;
        }

        var changes = Notify.Add(
            db, people, NotificationKind.Closing, due.Id, null, due.Preview, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish([.. changes]);
    }

    private sealed record Due(long Id, long NumberId, long? AssigneeId, string Preview);

    private sealed record Person(long Id, bool IsHere);
}
