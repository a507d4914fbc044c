using System.Collections.Concurrent;
using WaConsole.Core.Live;

namespace WaConsole.Core.Team;

/// <summary>A colleague who has a conversation open, or writes in it.</summary>
public sealed record ColleagueHere(long AgentId, string Name, bool IsTyping);

/// <summary>
/// Who looks at which conversation right now, on every node: told as a change like any other, kept in memory, forgotten when it is not
/// told again. Nothing depends on it being right.
/// </summary>
public sealed class Presence : IDisposable
{
    /// <summary>How often an open conversation tells it again.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan ViewingFor = TimeSpan.FromSeconds(75);
    public static readonly TimeSpan TypingFor = TimeSpan.FromSeconds(6);

    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<(long ConversationId, long AgentId), Seen> _seen = new();
    private readonly LiveUpdates _live;
    private readonly ReadCaller _people;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;

    public Presence(LiveUpdates live, ReadCaller people, TimeProvider clock)
    {
        (_live, _people, _clock) = (live, people, clock);
        _subscription = live.Subscribe<PresenceTold>(Note, () => Task.CompletedTask);
    }

    public void Tell(Caller caller, long numberId, long conversationId, PresenceKind kind)
    {
        caller.MustSeeNumber(numberId);
        if (caller.AgentId is { } agentId)
        {
            _live.Publish(new PresenceTold(conversationId, agentId, kind));
        }
    }

    /// <summary>Others than the caller, by name.</summary>
    public async Task<IReadOnlyList<ColleagueHere>> OfAsync(Caller caller, long numberId, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustSeeNumber(numberId);
        var now = _clock.GetTimestamp();
        List<ColleagueHere> here = [];
        foreach (var ((conversation, agentId), seen) in _seen)
        {
            if (conversation != conversationId || agentId == caller.AgentId || !IsFresh(seen.ViewedAt, ViewingFor, now))
            {
                continue;
            }

            if (await _people.RunAsync(agentId, cancellationToken) is { } person && person.MaySeeNumber(numberId))
            {
                here.Add(new ColleagueHere(agentId, person.Name, IsFresh(seen.TypedAt, TypingFor, now)));
            }
        }

        return [.. here.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(person => person.AgentId)];
    }

    public void Dispose() => _subscription.Dispose();

    /// <returns>Never true: there is nothing to refresh, the change itself is what is kept.</returns>
    private bool Note(PresenceTold told)
    {
        var key = (told.ConversationId, told.AgentId);
        var now = _clock.GetTimestamp();
        if (told.Kind == PresenceKind.Gone)
        {
            _seen.TryRemove(key, out _);
            return false;
        }

        if (_seen.Count >= Remembered)
        {
            foreach (var (old, seen) in _seen)
            {
                if (!IsFresh(seen.ViewedAt, ViewingFor, now))
                {
                    _seen.TryRemove(old, out _);
                }
            }
        }

        _seen.AddOrUpdate(
            key,
            _ => new Seen(now, told.Kind == PresenceKind.Typing ? now : null),
            (_, before) => new Seen(now, told.Kind == PresenceKind.Typing ? now : before.TypedAt));
        return false;
    }

    private bool IsFresh(long? at, TimeSpan within, long now) => at is { } then && _clock.GetElapsedTime(then, now) < within;

    private sealed record Seen(long? ViewedAt, long? TypedAt);
}
