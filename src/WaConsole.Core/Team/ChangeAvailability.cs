using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>Whether the caller takes conversations at the moment. Who is away keeps theirs and is passed over when turns are taken.</summary>
public sealed class ChangeAvailability(Store store, LiveUpdates live)
{
    public async Task<bool> IsAwayAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Users.Where(agent => agent.Id == caller.AgentId).Select(agent => agent.IsAway).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task RunAsync(Caller caller, bool isAway, CancellationToken cancellationToken)
    {
        if (caller.AgentId is not { } agentId)
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        await db.Users.Where(agent => agent.Id == agentId).ExecuteUpdateAsync(set => set.SetProperty(agent => agent.IsAway, isAway), cancellationToken);
        live.Publish(new AgentChanged(agentId));
    }
}
