using System.Collections.Concurrent;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>
/// How fast may be sent (Meta, Throughput, 2026): per number 80, 1,000 or 20 messages a second, in and out together. In memory: what is
/// lost with a restart is at most a second of it. What one customer may get is <see cref="PairPace"/>'s.
/// </summary>
internal sealed class SendPace(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, NumberPace> _numbers = new();
    private readonly ConcurrentDictionary<long, TimeSpan> _held = new();
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Messages per second.</summary>
    public static int RateOf(ThroughputLevel level) => level switch
    {
        ThroughputLevel.High => 1000,
        ThroughputLevel.Coexistence => 20,
        _ => 80,
    };

    /// <summary>Asks for one more to leave this number. A flight that is given must land.</summary>
    public Turn TakeNumber(long numberId, ThroughputLevel level, bool isAgents) => Of(numberId, level).Take(isAgents);

    /// <summary>Messages came in: WhatsApp counts them with those going out.</summary>
    public void Received(long numberId, ThroughputLevel level, int messages) => Of(numberId, level).Count(messages, TimeSpan.Zero);

    /// <summary>Another node had this number until a moment ago and sent or received so many in its last second.</summary>
    public void Resume(long numberId, ThroughputLevel level, int spent, TimeSpan ago) => Of(numberId, level).Count(spent, ago);

    /// <summary>Messages in and out within the last second.</summary>
    public int SpentBy(long numberId) => _numbers.TryGetValue(numberId, out var pace) ? pace.Spent() : 0;

    /// <summary>WhatsApp asked this number to slow down: nothing leaves it for this long.</summary>
    public void Hold(long numberId, TimeSpan wait)
    {
        var until = Now + wait;
        _held.AddOrUpdate(numberId, until, (_, before) => before > until ? before : until);
    }

    public TimeSpan HeldFor(long numberId)
    {
        var left = _held.GetValueOrDefault(numberId) - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A timer's own clock: one that somebody sets back would keep a number silent for as long.</summary>
    private TimeSpan Now => clock.GetElapsedTime(_start);

    private NumberPace Of(long numberId, ThroughputLevel level)
    {
        var pace = _numbers.GetOrAdd(numberId, _ => new NumberPace(RateOf(level), clock));
        pace.Rate = RateOf(level);
        return pace;
    }
}
