using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed record Assignee(long AgentId, string Name);

/// <summary>People a conversation of this number can be given to, by name.</summary>
public sealed class ListAssignees(Store store)
{
    public async Task<IReadOnlyList<Assignee>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustSeeNumber(numberId);
        await using var db = await store.OpenAsync(cancellationToken);
        var people = await Of(db, numberId).Select(agent => new Assignee(agent.Id, agent.DisplayName)).ToListAsync(cancellationToken);

        // Sorted here: the two databases order letters differently.
        return [.. people.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(person => person.AgentId)];
    }

    internal static IQueryable<Agent> Of(WaConsoleDb db, long numberId) => db.Users.AsNoTracking()
        .Where(agent => agent.DisabledAtUtc == null && (agent.Role == Role.Agent || agent.Role == Role.Admin))
        .Where(agent => agent.AllNumbers || agent.Role == Role.Admin || db.AgentNumbers.Any(given => given.AgentId == agent.Id && given.NumberId == numberId));
}
