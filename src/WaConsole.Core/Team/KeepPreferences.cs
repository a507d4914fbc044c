using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>
/// <see cref="EnterSends"/>: Enter sends and Shift+Enter breaks the line; otherwise Ctrl/Cmd+Enter sends. <see cref="UndoSeconds"/>: how
/// long a reply can be taken back, one of <see cref="UndoChoices"/>.
/// </summary>
public sealed record Preferences(bool EnterSends, int UndoSeconds = 0, bool SingleKeysOff = false)
{
    public static Preferences Default { get; } = new(EnterSends: true);

    public static IReadOnlyList<int> UndoChoices { get; } = [0, 3, 5, 10, 20];
}

/// <summary>What a person chose for their own screens. Programs have the defaults and nothing to keep.</summary>
public sealed class KeepPreferences(Store store)
{
    public async Task<Preferences> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Users
            .Where(agent => agent.Id == caller.AgentId)
            .Select(agent => new Preferences(agent.EnterSends, agent.UndoSeconds, agent.SingleKeysOff))
            .SingleOrDefaultAsync(cancellationToken) ?? Preferences.Default;
    }

    public async Task SaveAsync(Caller caller, Preferences preferences, CancellationToken cancellationToken)
    {
        var undo = Preferences.UndoChoices.Contains(preferences.UndoSeconds) ? preferences.UndoSeconds : 0;
        await using var db = await store.OpenAsync(cancellationToken);
        await db.Users
            .Where(agent => agent.Id == caller.AgentId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(agent => agent.EnterSends, preferences.EnterSends)
                    .SetProperty(agent => agent.UndoSeconds, undo)
                    .SetProperty(agent => agent.SingleKeysOff, preferences.SingleKeysOff),
                cancellationToken);
    }
}
