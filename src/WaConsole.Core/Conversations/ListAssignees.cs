using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed record Assignee(long AgentId, string Name);

/// <summary>People a conversation can be given to, by name.</summary>
public sealed class ListAssignees(Store store)
{
    public async Task<IReadOnlyList<Assignee>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustSeeNumber(numberId);
        await using var db = await store.OpenAsync(cancellationToken);
        return Sorted(await Of(db, numberId).Select(agent => new Assignee(agent.Id, agent.DisplayName)).ToListAsync(cancellationToken));
    }

    /// <summary>Of every number the caller may see.</summary>
    public async Task<IReadOnlyList<Assignee>> OfAllAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var agents = Active(db);
        if (caller.Numbers is { } numbers)
        {
            agents = agents.Where(agent => agent.AllNumbers || agent.Role == Role.Admin
                || db.AgentNumbers.Any(given => given.AgentId == agent.Id && numbers.Contains(given.NumberId)));
        }

        return Sorted(await agents.Select(agent => new Assignee(agent.Id, agent.DisplayName)).ToListAsync(cancellationToken));
    }

    internal static IQueryable<Agent> Of(WaConsoleDb db, long numberId) => Active(db)
        .Where(agent => agent.AllNumbers || agent.Role == Role.Admin || db.AgentNumbers.Any(given => given.AgentId == agent.Id && given.NumberId == numberId));

    private static IQueryable<Agent> Active(WaConsoleDb db) => db.Users.AsNoTracking()
        .Where(agent => agent.DisabledAtUtc == null && (agent.Role == Role.Agent || agent.Role == Role.Admin));

    // Sorted here: the two databases order letters differently.
    private static IReadOnlyList<Assignee> Sorted(List<Assignee> people) =>
        [.. people.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(person => person.AgentId)];
}
