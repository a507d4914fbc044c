using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary><see cref="EnterSends"/>: Enter sends and Shift+Enter breaks the line; otherwise Ctrl/Cmd+Enter sends.</summary>
public sealed record Preferences(bool EnterSends)
{
    public static Preferences Default { get; } = new(EnterSends: true);
}

/// <summary>What a person chose for their own screens. Programs have the defaults and nothing to keep.</summary>
public sealed class KeepPreferences(Store store)
{
    public async Task<Preferences> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Users
            .Where(agent => agent.Id == caller.AgentId)
            .Select(agent => new Preferences(agent.EnterSends))
            .SingleOrDefaultAsync(cancellationToken) ?? Preferences.Default;
    }

    public async Task SaveAsync(Caller caller, Preferences preferences, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await db.Users
            .Where(agent => agent.Id == caller.AgentId)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.EnterSends, preferences.EnterSends), cancellationToken);
    }
}
