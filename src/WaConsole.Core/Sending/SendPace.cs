using System.Collections.Concurrent;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>
/// How fast this process may send (Meta, Throughput and Pair rate limits, 2026): per number 80, 1,000 or 20 messages a second, per
/// customer and number one in six seconds with 45 at once borrowed from the time after. In memory: after a restart WhatsApp's own
/// answer (130429, 131056) is the second line.
/// </summary>
internal sealed class SendPace(TimeProvider clock)
{
    public const int PairBurst = 45;

    public static readonly TimeSpan PairRefill = TimeSpan.FromSeconds(6);

    private const int PairsKept = 10_000;

    private readonly ConcurrentDictionary<long, Bucket> _numbers = new();
    private readonly ConcurrentDictionary<long, Bucket> _pairs = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _held = new();

    /// <summary>Messages per second.</summary>
    public static int RateOf(ThroughputLevel level) => level switch
    {
        ThroughputLevel.High => 1000,
        ThroughputLevel.Coexistence => 20,
        _ => 80,
    };

    /// <summary>
    /// The number is asked first: a row it turns away comes back at once, and must not use up what its customer may get.
    /// </summary>
    /// <returns>How long the number or the pair must wait; both zero: it was counted and may go.</returns>
    public (TimeSpan Number, TimeSpan Pair) Take(long numberId, ThroughputLevel level, long conversationId) =>
        TakeNumber(numberId, level) is { Ticks: > 0 } wait ? (wait, TimeSpan.Zero) : (TimeSpan.Zero, TakePair(conversationId));

    /// <returns>How long to wait before one more may leave this number; zero: it was counted and may go.</returns>
    public TimeSpan TakeNumber(long numberId, ThroughputLevel level)
    {
        var rate = RateOf(level);
        // Burst and refill together stay within the rate in any one second.
        var burst = rate / 20;
        return _numbers.GetOrAdd(numberId, _ => new Bucket(burst)).Take(burst, TimeSpan.FromSeconds(1.0 / (rate - burst)), clock.GetUtcNow());
    }

    /// <returns>How long to wait before one more may go to this customer; zero: it was counted and may go.</returns>
    public TimeSpan TakePair(long conversationId)
    {
        if (_pairs.Count > PairsKept)
        {
            ForgetFullPairs();
        }

        return _pairs.GetOrAdd(conversationId, _ => new Bucket(PairBurst)).Take(PairBurst, PairRefill, clock.GetUtcNow());
    }

    /// <summary>WhatsApp asked this number to slow down: nothing leaves it for this long.</summary>
    public void Hold(long numberId, TimeSpan wait)
    {
        var until = clock.GetUtcNow() + wait;
        _held.AddOrUpdate(numberId, until, (_, before) => before > until ? before : until);
    }

    public TimeSpan HeldFor(long numberId)
    {
        var left = _held.GetValueOrDefault(numberId) - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void ForgetFullPairs()
    {
        foreach (var (conversationId, bucket) in _pairs)
        {
            if (bucket.IsFull(PairBurst, PairRefill, clock.GetUtcNow()))
            {
                _pairs.TryRemove(conversationId, out _);
            }
        }
    }

    private sealed class Bucket(double tokens)
    {
        private readonly Lock _gate = new();
        private double _tokens = tokens;
        private DateTimeOffset? _at;

        public TimeSpan Take(int capacity, TimeSpan refill, DateTimeOffset now)
        {
            lock (_gate)
            {
                Fill(capacity, refill, now);
                if (_tokens >= 1)
                {
                    _tokens--;
                    return TimeSpan.Zero;
                }

                return (1 - _tokens) * refill + TimeSpan.FromMilliseconds(1);
            }
        }

        public bool IsFull(int capacity, TimeSpan refill, DateTimeOffset now)
        {
            lock (_gate)
            {
                Fill(capacity, refill, now);
                return _tokens >= capacity;
            }
        }

        private void Fill(int capacity, TimeSpan refill, DateTimeOffset now)
        {
            if (_at is { } before && now > before)
            {
                _tokens = Math.Min(capacity, _tokens + (now - before) / refill);
            }

            _at = now;
        }
    }
}
