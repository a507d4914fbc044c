namespace WaConsole.Core.Sending;

/// <summary>
/// One number's pace, from two rules. No more than the rate arrives at WhatsApp in any second, which is where it counts: a message takes
/// up its place from when it leaves until a second after it can have arrived, so that what a stall on the way held together is not
/// counted where it left. And they leave evenly: what a stall here held up is caught up by a tenth of a second's worth at once, not by
/// the whole second's.
/// </summary>
internal sealed class NumberPace(int rate, TimeProvider clock)
{
    /// <summary>A second, and what the shortest trip of the last seconds may lie above the shortest there is.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(1002);

    /// <summary>While every place is on its way, this is when to look for an answer.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private const int BurstShare = 10;

    /// <summary>
    /// One place in so many is left free for agents: what arrived together after a stall leaves together a second later, and meanwhile
    /// nothing else has a place. Any place that becomes free is theirs first.
    /// </summary>
    private const int AgentsShare = 250;

    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();
    private readonly ShortestTrip _shortest = new();

    /// <summary>By when each had arrived at the latest, as a message of the shortest trip would have left.</summary>
    private readonly PriorityQueue<bool, TimeSpan> _arrived = new();

    private int _rate = rate;
    private int _flying;
    private double _tokens = Math.Max(1, rate / BurstShare);
    private TimeSpan _filledAt;

    /// <summary>Messages a second. WhatsApp raises a number while it sends.</summary>
    public int Rate
    {
        get => _rate;
        set
        {
            lock (_gate)
            {
                _rate = value;
                _tokens = Math.Min(_tokens, Burst);
            }
        }
    }

    private int Burst => Math.Max(1, _rate / BurstShare);

    private TimeSpan Interval => Window / _rate;

    // A timer's own clock does not jump when somebody sets the time.
    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <param name="isAgents">A person waits for it.</param>
    public Turn Take(bool isAgents)
    {
        lock (_gate)
        {
            var now = Now;
            Fill(now);
            Forget(now);
            var places = isAgents ? _rate : _rate - _rate / AgentsShare;
            var full = _flying + _arrived.Count < places ? TimeSpan.Zero : UntilNextIsFree(now);
            var even = _tokens >= 1 ? TimeSpan.Zero : (1 - _tokens) * Interval;
            var wait = full > even ? full : even;
            if (wait > TimeSpan.Zero)
            {
                return new Turn(wait, null);
            }

            _tokens--;
            _flying++;
            return new Turn(TimeSpan.Zero, new Flight(this, now));
        }
    }

    /// <summary>
    /// Its answer came, or it failed. It left, travelled, and its answer travelled: what it took longer than the shortest trip, it may
    /// have been under way.
    /// </summary>
    public void Land(TimeSpan left, bool answered)
    {
        lock (_gate)
        {
            var now = Now;
            _flying--;
            if (answered)
            {
                _shortest.Add(now - left, now);
            }

            _arrived.Enqueue(true, answered ? now - _shortest.Value : now);
        }
    }

    /// <summary>Messages that left or came without asking.</summary>
    public void Count(int messages, TimeSpan ago)
    {
        lock (_gate)
        {
            var now = Now;
            Fill(now);
            Forget(now);
            var counted = Math.Min(messages, _rate);
            var late = counted - counted * (ago / Window);
            _tokens = Math.Max(-_rate, _tokens - Math.Max(0, late));
            for (var index = 0; index < counted; index++)
            {
                _arrived.Enqueue(true, now - ago);
            }
        }
    }

    public int Spent()
    {
        lock (_gate)
        {
            Forget(Now);
            return _flying + _arrived.Count;
        }
    }

    private TimeSpan UntilNextIsFree(TimeSpan now) => _arrived.TryPeek(out _, out var oldest) ? oldest + Window - now : Look;

    private void Fill(TimeSpan now)
    {
        _tokens = Math.Min(Burst, _tokens + (now - _filledAt) / Interval);
        _filledAt = now;
    }

    private void Forget(TimeSpan now)
    {
        while (_arrived.TryPeek(out _, out var oldest) && oldest + Window <= now)
        {
            _arrived.Dequeue();
        }
    }
}
