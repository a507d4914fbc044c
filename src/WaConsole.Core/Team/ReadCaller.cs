using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>
/// Who a signed-in person is right now: role and numbers as the database has them, not as a cookie remembers them.
/// Kept in memory until that person changes, and for a minute at most.
/// </summary>
public sealed class ReadCaller : IDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);

    private readonly Store _store;
    private readonly DemoMode _demo;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<long, Known> _known = new();
    private long _changes;

    public ReadCaller(Store store, DemoMode demo, LiveUpdates live, TimeProvider clock)
    {
        _store = store;
        _demo = demo;
        _clock = clock;
        _subscription = live.Subscribe<AgentChanged>(_ => true, ForgetAsync, TimeSpan.Zero);
    }

    /// <returns>Null when the person is unknown, disabled, or a demo account where demo accounts are not allowed.</returns>
    public async ValueTask<Caller?> RunAsync(long agentId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(agentId, out var known) && _clock.GetElapsedTime(known.ReadAt) < Keep)
        {
            return known.Caller;
        }

        var before = Interlocked.Read(ref _changes);
        var caller = await LoadAsync(agentId, cancellationToken);
        if (before == Interlocked.Read(ref _changes))
        {
            _known[agentId] = new Known(caller, _clock.GetTimestamp());
        }

        return caller;
    }

    /// <summary>The next read goes to the database. Call it after a commit that changed people.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }

    public void Dispose() => _subscription.Dispose();

    private Task ForgetAsync()
    {
        Forget();
        return Task.CompletedTask;
    }

    private async Task<Caller?> LoadAsync(long agentId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var agent = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == agentId, cancellationToken);
        if (agent is null || agent.DisabledAtUtc is not null || (agent.IsDemo && !_demo.Allowed))
        {
            return null;
        }

        var numbers = agent.AllNumbers || agent.Role == Role.Admin
            ? null
            : await db.AgentNumbers.Where(n => n.AgentId == agentId).Select(n => n.NumberId).ToHashSetAsync(cancellationToken);
        return new Caller(agent.Id, agent.DisplayName, agent.Role, numbers) { Language = agent.Language, TimeZone = agent.TimeZone };
    }

    private sealed record Known(Caller? Caller, long ReadAt);
}
