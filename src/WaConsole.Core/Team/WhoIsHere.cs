using System.Collections.Concurrent;
using WaConsole.Core.Live;

namespace WaConsole.Core.Team;

/// <summary>
/// Whose browser has the console open, on every node: told as a change like any other while it is connected, kept in memory and forgotten when it
/// is not told again. A reload, a short break of the network or a restart of the program sends nobody away.
/// </summary>
public sealed class WhoIsHere : IDisposable
{
    /// <summary>How often a node tells it again of the screens it holds.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan HereFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, long> _told = new();
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private Action? _came;

    public WhoIsHere(LiveUpdates live, TimeProvider clock)
    {
        (_live, _clock) = (live, clock);
        _subscription = live.Subscribe<AgentHere>(Note, () => Task.CompletedTask);
    }

    public void Tell(params IEnumerable<long> agentIds) => _live.Publish([.. agentIds.Select(id => new AgentHere(id))]);

    public void Dispose() => _subscription.Dispose();

    internal bool IsHere(long agentId) => _told.TryGetValue(agentId, out var at) && _clock.GetElapsedTime(at) < HereFor;

    /// <summary>Tells when somebody comes who was not here, until it is disposed.</summary>
    internal IDisposable Follow(Action came) => new Ear(() => _came += came, () => _came -= came);

    /// <returns>Never true: there is nothing to refresh, the change itself is what is kept.</returns>
    private bool Note(AgentHere here)
    {
        var wasHere = IsHere(here.AgentId);
        _told[here.AgentId] = _clock.GetTimestamp();
        if (!wasHere)
        {
            _came?.Invoke();
        }

        return false;
    }
}
