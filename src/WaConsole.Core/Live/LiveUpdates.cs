using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace WaConsole.Core.Live;

/// <summary>
/// In-process fan-out of changes. Publish after commit only. A subscriber's refresh runs at once on the first change,
/// then at most once per quiet time, with one refresh running and one waiting however many changes come.
/// </summary>
public sealed class LiveUpdates(TimeProvider clock)
{
    public static readonly TimeSpan DefaultQuiet = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Type, ImmutableArray<Subscription>> _subscriptions = new();

    /// <summary>Every change published on this node, before coalescing: the hub for outside clients and the relay to other nodes.</summary>
    public event Action<LiveChange>? Published;

    public void Publish(LiveChange change)
    {
        Deliver(change);
        Published?.Invoke(change);
    }

    /// <summary>Tells this node's subscribers about a change another node published.</summary>
    public void Deliver(LiveChange change)
    {
        if (_subscriptions.TryGetValue(change.GetType(), out var listeners))
        {
            foreach (var listener in listeners)
            {
                if (listener.Wants(change))
                {
                    listener.Poke();
                }
            }
        }
    }

    /// <summary>Every subscriber refreshes once: after a time in which changes of other nodes may have been missed.</summary>
    public void PokeAll()
    {
        foreach (var listener in _subscriptions.Values.SelectMany(listeners => listeners))
        {
            listener.Poke();
        }
    }

    /// <summary>
    /// Calls <paramref name="refresh"/> after changes of type <typeparamref name="TChange"/> that pass the filter.
    /// The refresh handles its own errors: the publisher never sees them. Dispose to stop.
    /// </summary>
    public IDisposable Subscribe<TChange>(Func<TChange, bool> wants, Func<Task> refresh, TimeSpan? quiet = null)
        where TChange : LiveChange
    {
        var subscription = new Subscription(
            change => wants((TChange)change), refresh, quiet ?? DefaultQuiet, clock, gone => Remove(typeof(TChange), gone));
        _subscriptions.AddOrUpdate(typeof(TChange), _ => [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    public IDisposable SubscribeConversation(long conversationId, Func<Task> refresh, TimeSpan? quiet = null) =>
        Subscribe<ConversationChanged>(change => change.ConversationId == conversationId, refresh, quiet);

    /// <summary><paramref name="numbers"/> is null for every number.</summary>
    public IDisposable SubscribeInbox(IReadOnlySet<long>? numbers, Func<Task> refresh, TimeSpan? quiet = null) =>
        Subscribe<InboxChanged>(change => numbers is null || numbers.Contains(change.NumberId), refresh, quiet);

    private void Remove(Type type, Subscription gone) =>
        _subscriptions.AddOrUpdate(type, _ => [], (_, all) => all.Remove(gone));

    private sealed class Subscription(
        Func<LiveChange, bool> wants, Func<Task> refresh, TimeSpan quiet, TimeProvider clock, Action<Subscription> remove) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly CancellationTokenSource _gone = new();
        private bool _running;
        private bool _again;

        public bool Wants(LiveChange change) => wants(change);

        public void Poke()
        {
            lock (_gate)
            {
                if (_gone.IsCancellationRequested)
                {
                    return;
                }

                if (_running)
                {
                    _again = true;
                    return;
                }

                _running = true;
            }

            _ = Task.Run(RunAsync);
        }

        public void Dispose()
        {
            lock (_gate)
            {
                if (_gone.IsCancellationRequested)
                {
                    return;
                }

                _gone.Cancel();
            }

            remove(this);
        }

        private async Task RunAsync()
        {
            while (true)
            {
                try
                {
                    await refresh();
                    await Task.Delay(quiet, clock, _gone.Token);
                }
                catch (Exception)
                {
                    // A refresh reports its own errors to its screen; a failed one must not stop later changes.
                }

                lock (_gate)
                {
                    if (!_again || _gone.IsCancellationRequested)
                    {
                        _running = false;
                        return;
                    }

                    _again = false;
                }
            }
        }
    }
}
