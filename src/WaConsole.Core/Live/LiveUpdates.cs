using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace WaConsole.Core.Live;

/// <summary>
/// In-process fan-out of changes. Publish after commit only. A subscriber's refresh runs at once on the first change, then at most once
/// per quiet time, with one refresh running and one waiting however many changes come; each refresh is told what changed since the last.
/// </summary>
public sealed class LiveUpdates(TimeProvider clock)
{
    public static readonly TimeSpan DefaultQuiet = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Topic, ImmutableArray<LiveRefresh>> _routes = new();

    /// <summary>Every change published on this node, before coalescing: the hub for outside clients and the relay to other nodes.</summary>
    public event Action<LiveChange>? Published;

    /// <summary>Listeners at the moment.</summary>
    public int Subscriptions => _routes.Values.SelectMany(listeners => listeners).Distinct().Count();

    /// <summary>Changes published together reach a listener as one piece of news.</summary>
    public void Publish(params ReadOnlySpan<LiveChange> changes)
    {
        Deliver(changes);
        if (Published is { } published)
        {
            foreach (var change in changes)
            {
                published(change);
            }
        }
    }

    /// <summary>Tells this node's subscribers about changes another node published.</summary>
    public void Deliver(params ReadOnlySpan<LiveChange> changes)
    {
        List<LiveRefresh>? poked = null;
        foreach (var change in changes)
        {
            var kind = change.GetType();
            Note(new Topic(kind, null), change, ref poked);
            if (change.Key is { } key)
            {
                Note(new Topic(kind, key), change, ref poked);
            }
        }

        LiveMeter.Changes.Add(changes.Length);
        foreach (var listener in poked ?? [])
        {
            listener.Start();
        }
    }

    /// <summary>Every subscriber refreshes once, and reads everything: after a time in which changes of other nodes may have been missed.</summary>
    public void PokeAll()
    {
        foreach (var listener in _routes.Values.SelectMany(listeners => listeners).Distinct())
        {
            listener.Poke();
        }
    }

    /// <summary>
    /// Calls <paramref name="refresh"/> after changes of type <typeparamref name="TChange"/> that pass the filter.
    /// The refresh handles its own errors: the publisher never sees them. Dispose to stop.
    /// </summary>
    public IDisposable Subscribe<TChange>(Func<TChange, bool> wants, Func<Task> refresh, TimeSpan? quiet = null)
        where TChange : LiveChange =>
        Add([new Topic(typeof(TChange), null)], change => wants((TChange)change), _ => refresh(), quiet);

    /// <summary>Lines and header of one conversation.</summary>
    public IDisposable SubscribeConversation(long conversationId, Func<LiveNews, Task> refresh, TimeSpan? quiet = null) => Add(
        [
            new Topic(typeof(ConversationChanged), conversationId),
            new Topic(typeof(MessageChanged), conversationId),
        ],
        null,
        refresh,
        quiet);

    /// <summary>What stands around the lines of one conversation.</summary>
    public IDisposable SubscribeHeader(long conversationId, Func<Task> refresh, TimeSpan? quiet = null) => Add(
        [
            new Topic(typeof(ConversationChanged), conversationId),
            new Topic(typeof(HeaderChanged), conversationId),
        ],
        null,
        _ => refresh(),
        quiet);

    /// <summary>Who looks at one conversation, and who writes in it.</summary>
    public IDisposable SubscribePresence(long conversationId, Func<Task> refresh, TimeSpan? quiet = null) =>
        Add([new Topic(typeof(PresenceTold), conversationId)], null, _ => refresh(), quiet);

    /// <param name="numbers">Null for every number.</param>
    /// <param name="wants">Null for every change. Asked by whoever publishes, so it decides by what it is given and waits for nothing.</param>
    public IDisposable SubscribeInbox(
        IReadOnlySet<long>? numbers, Func<LiveNews, Task> refresh, TimeSpan? quiet = null, Func<InboxChanged, bool>? wants = null) => Add(
        numbers is null ? [new Topic(typeof(InboxChanged), null)] : [.. numbers.Select(number => new Topic(typeof(InboxChanged), number))],
        wants is null ? null : change => wants((InboxChanged)change),
        refresh,
        quiet);

    /// <summary>A refresh that somebody pokes, rather than a change.</summary>
    public LiveRefresh Pace(Func<Task> refresh, TimeSpan quiet) => new(null, _ => refresh(), quiet, clock, null);

    private void Note(Topic topic, LiveChange change, ref List<LiveRefresh>? poked)
    {
        if (!_routes.TryGetValue(topic, out var listeners))
        {
            return;
        }

        foreach (var listener in listeners)
        {
            if (listener.Note(change))
            {
                (poked ??= []).Add(listener);
            }
        }
    }

    private LiveRefresh Add(
        ImmutableArray<Topic> topics, Func<LiveChange, bool>? wants, Func<LiveNews, Task> refresh, TimeSpan? quiet)
    {
        var subscription = new LiveRefresh(wants, refresh, quiet ?? DefaultQuiet, clock, gone => Remove(topics, gone));
        lock (_gate)
        {
            foreach (var topic in topics)
            {
                _routes[topic] = _routes.TryGetValue(topic, out var listeners) ? listeners.Add(subscription) : [subscription];
            }
        }

        return subscription;
    }

    private void Remove(ImmutableArray<Topic> topics, LiveRefresh gone)
    {
        lock (_gate)
        {
            foreach (var topic in topics)
            {
                var left = _routes[topic].Remove(gone);
                if (left.IsEmpty)
                {
                    _routes.TryRemove(topic, out _);
                }
                else
                {
                    _routes[topic] = left;
                }
            }
        }
    }

    /// <summary>A kind of change, of one number or conversation, or (null) wherever it happens.</summary>
    private readonly record struct Topic(Type Kind, long? Key);
}
