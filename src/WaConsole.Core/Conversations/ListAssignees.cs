using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed record Assignee(long AgentId, string Name);

/// <summary>People a conversation of this number can be given to, by name.</summary>
public sealed class ListAssignees(Store store)
{
    public Task<IReadOnlyList<Assignee>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
