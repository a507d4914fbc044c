using Microsoft.Extensions.Logging;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>
/// Messages of one number that may leave: they go one after the other at the number's pace, agents' first and the rest in the order in
/// which <see cref="LaneShare"/> let them in, each on its own, so that a slow answer holds up nobody. Few wait here, a fraction of a
/// second's worth: what waits is marked as leaving and would be unknown after a crash.
/// </summary>
internal sealed partial class NumberSender(
    long numberId, PaceLease lease, SendPace pace, SendReady send, RecordSendResults record, OutboxSignal signal, TimeProvider clock, Guid worker,
    ILogger log) : IDisposable
{
    /// <summary>Timers are not finer than this; what became free meanwhile leaves together.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    /// <summary>An agent's reply that comes meanwhile may have a place that a broadcast has not.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);

    /// <summary>A number held for longer gives its messages back: their permits would become too old.</summary>
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(500);

    /// <summary>Agents' replies find a place even while a broadcast fills them all.</summary>
    private const int PlacesForAgents = 8;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<ReadyMessage, (bool AfterAgents, long Order)> _ready = new();
    private readonly HashSet<Task> _sending = [];
    private readonly CancellationTokenSource _closing = new();
    private Task? _pumping;
    private long _order;
    private bool _closed;
    private long _activeAt = clock.GetTimestamp();
    private (long Ever, long At)? _received;

    /// <summary>
    /// A tenth of a second's worth; a quarter at 1,000 a second, where a tenth was gone before the next were marked (measured with statuses
    /// coming in: nothing was ready during 80 % of the time).
    /// </summary>
    private int Supply => Math.Max(2, SendPace.RateOf(Throughput) / (Throughput == ThroughputLevel.High ? 4 : 10));

    /// <summary>As last read from the number's row.</summary>
    public ThroughputLevel Throughput { get; set; }

    /// <summary>Nothing has been on its way for so long.</summary>
    public TimeSpan IdleFor
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count + _sending.Count > 0 ? TimeSpan.Zero : clock.GetElapsedTime(_activeAt);
            }
        }
    }

    /// <summary>
    /// How many more may be begun: none before half of them are gone, because a batch costs nearly the same whatever its size. Their
    /// answers may take a second before they slow the number down.
    /// </summary>
    public int Places
    {
        get
        {
            lock (_gate)
            {
                if (!WantsMore)
                {
                    return 0;
                }

                var flight = SendPace.RateOf(Throughput) - _sending.Count - _ready.Count;
                return _closed ? 0 : Math.Max(0, Math.Min(Supply - _ready.Count, flight));
            }
        }
    }

    private bool WantsMore => _ready.Count <= Supply / 2;

    /// <summary>How many more agents' replies may be begun.</summary>
    public int AgentPlaces
    {
        get
        {
            lock (_gate)
            {
                var own = _ready.UnorderedItems.Count(item => !item.Priority.AfterAgents);
                return _closed ? 0 : Math.Max(0, PlacesForAgents - own);
            }
        }
    }

    /// <summary>
    /// What came in since the last look, and no more of it than a second's share: it counts with what goes out. The count is the
    /// database's, because webhooks arrive on every node.
    /// </summary>
    public void CountReceived(long ever)
    {
        var now = clock.GetTimestamp();
        if (_received is { } before && ever > before.Ever)
        {
            var share = Math.Min(1, NumberPace.Window / clock.GetElapsedTime(before.At, now));
            pace.Received(numberId, Throughput, (int)Math.Ceiling((ever - before.Ever) * share));
        }

        _received = (ever, now);
    }

    public void Put(IEnumerable<ReadyMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                _ready.Enqueue(message, (message.Row.Lane != OutboxLane.Agent, _order++));
            }

            if (_ready.Count > 0 && _pumping is null)
            {
                _pumping = Task.Run(PumpAsync);
            }
        }
    }

    /// <summary>Anything else this number has to finish before the program may end.</summary>
    public void Track(Task work)
    {
        lock (_gate)
        {
            _sending.Add(work);
        }

        _ = work.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Gives back what has not left and waits for the answers of what has.</summary>
    public async Task CloseAsync()
    {
        Task pumping;
        lock (_gate)
        {
            _closed = true;
            pumping = _pumping ?? Task.CompletedTask;
        }

        await _closing.CancelAsync();
        await pumping;
        await GiveBackAsync(TimeSpan.Zero);
        while (true)
        {
            Task[] left;
            lock (_gate)
            {
                left = [.. _sending];
            }

            if (left.Length == 0)
            {
                return;
            }

            await Task.WhenAll(left);
        }
    }

    public void Dispose() => _closing.Dispose();

    private async Task PumpAsync()
    {
        while (await TurnAsync() is { } wait)
        {
            await Task.Delay(wait, clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>The pause before the next turn; null when nothing waits any more, and then this pump has ended.</returns>
    private async Task<TimeSpan?> TurnAsync()
    {
        try
        {
            var held = pace.HeldFor(numberId);
            if (held > WorthWaiting || !lease.Holds(numberId))
            {
                await GiveBackAsync(held);
            }

            return (held > TimeSpan.Zero ? HeldBack(held) : SendAllowed()) is { } wait
                ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, Tick.Ticks, LongestWait.Ticks))
                : null;
        }
        catch (Exception fault)
        {
            // A pump that ended here would leave the number silent, and everything behind it waiting, until the program is started anew.
            LogPump(log, fault, numberId);
            lock (_gate)
            {
                if (!_closed)
                {
                    return AfterFault;
                }

                _pumping = null;
                return null;
            }
        }
    }

    /// <returns>How long to wait before the next; null when nothing waits any more, and then this pump has ended.</returns>
    private TimeSpan? SendAllowed()
    {
        while (true)
        {
            ReadyMessage message;
            Flight flight;
            bool wantsMore;
            lock (_gate)
            {
                if (Ended())
                {
                    return null;
                }

                var turn = pace.TakeNumber(numberId, Throughput, IsAgentsNext());
                if (turn.Flight is not { } given)
                {
                    return turn.Wait;
                }

                (message, flight) = (_ready.Dequeue(), given);
                wantsMore = WantsMore;
            }

            // Here, not on another thread: what waits for one has its place already, and holds it for nothing.
            Track(SendAsync(message, flight));
            if (wantsMore)
            {
                signal.Raise();
            }
        }
    }

    private bool IsAgentsNext() => _ready.TryPeek(out _, out var priority) && !priority.AfterAgents;

    private TimeSpan? HeldBack(TimeSpan held)
    {
        lock (_gate)
        {
            return Ended() ? null : held;
        }
    }

    private bool Ended()
    {
        if (_closed || _ready.Count == 0)
        {
            _pumping = null;
            return true;
        }

        return false;
    }

    private async Task SendAsync(ReadyMessage message, Flight flight)
    {
        try
        {
            await send.RunAsync(message, flight, worker);
        }
        catch (Exception fault)
        {
            // The row stays marked as leaving, and becomes unknown when its lease runs out.
            LogFault(log, fault, message.Row.MessageId);
        }
        finally
        {
            flight.Land(answered: false);
        }
    }

    private async Task GiveBackAsync(TimeSpan wait)
    {
        List<ReadyMessage> back = [];
        lock (_gate)
        {
            while (_ready.TryDequeue(out var message, out _))
            {
                back.Add(message);
            }
        }

        var written = back.Select(message => record.RunAsync(new SendResult.Again(message.Row, worker, wait) { Unused = true })).ToList();
        try
        {
            await Task.WhenAll(written);
        }
        catch
        {
            // Nothing of them has left: they are given back once more at the next turn.
            Put(back.Where((_, at) => !written[at].IsCompletedSuccessfully));
            throw;
        }
    }

    private void Forget(Task work)
    {
        bool wantsMore;
        lock (_gate)
        {
            _sending.Remove(work);
            _activeAt = clock.GetTimestamp();
            wantsMore = WantsMore;
        }

        if (wantsMore)
        {
            signal.Raise();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sender of number {Number} met a fault and goes on")]
    private static partial void LogPump(ILogger log, Exception fault, long number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {Message} ended in a fault")]
    private static partial void LogFault(ILogger log, Exception fault, long message);
}
