using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendPaceTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SendPace _pace;
    private readonly DateTimeOffset _start;

    public SendPaceTests()
    {
        _pace = new SendPace(_clock);
        _start = _clock.GetUtcNow();
    }

    [Theory]
    [InlineData(ThroughputLevel.Standard, 80)]
    [InlineData(ThroughputLevel.High, 1000)]
    [InlineData(ThroughputLevel.Coexistence, 20)]
    public void No_second_holds_more_than_the_numbers_rate_and_ten_seconds_hold_nearly_ten_times_as_many(ThroughputLevel level, int rate)
    {
        var sent = SendFor(TimeSpan.FromSeconds(10), level);

        Assert.InRange(MostInASecond(sent), rate * 98 / 100, rate);
        Assert.InRange(sent.Count, rate * 98 / 10, rate * 10);
    }

    [Fact]
    public void What_a_stall_held_up_is_caught_up_without_more_than_the_rate_in_any_second()
    {
        var sent = SendFor(TimeSpan.FromSeconds(2), ThroughputLevel.High);
        _clock.Advance(TimeSpan.FromMilliseconds(80));
        sent.AddRange(SendFor(TimeSpan.FromSeconds(2), ThroughputLevel.High));
        _clock.Advance(TimeSpan.FromSeconds(3));
        sent.AddRange(SendFor(TimeSpan.FromSeconds(1), ThroughputLevel.High));

        Assert.InRange(MostInASecond(sent), 980, 1000);
        Assert.InRange(sent.Count(at => at - _start < TimeSpan.FromSeconds(4)), 3_900, 4_000);
    }

    [Theory]
    [InlineData(ThroughputLevel.Standard, 80)]
    [InlineData(ThroughputLevel.High, 1000)]
    [InlineData(ThroughputLevel.Coexistence, 20)]
    public void What_comes_in_is_taken_off_what_may_go_out(ThroughputLevel level, int rate)
    {
        List<DateTimeOffset> both = [];
        var sent = 0;
        for (var tenth = 0; tenth < 50; tenth++)
        {
            // A quarter of the throughput comes in.
            var came = tenth % 2 == 0 ? rate / 20 : 0;
            _pace.Received(1, level, came);
            both.AddRange(Enumerable.Repeat(_clock.GetUtcNow(), came));
            var went = SendFor(TimeSpan.FromMilliseconds(100), level);
            sent += went.Count;
            both.AddRange(went);
        }

        Assert.InRange(MostInASecond(both), rate * 9 / 10, rate + rate / 10);
        Assert.InRange(sent, rate * 5 * 70 / 100, rate * 5 * 76 / 100);
    }

    [Fact]
    public void A_number_that_WhatsApp_raises_while_it_sends_is_faster_at_once()
    {
        SendFor(TimeSpan.FromSeconds(2), ThroughputLevel.Standard);

        var sent = SendFor(TimeSpan.FromSeconds(2), ThroughputLevel.High);

        Assert.InRange(sent.Count, 1_900, 2_000);
    }

    [Fact]
    public void A_node_that_takes_a_number_over_goes_on_where_the_other_stopped()
    {
        _pace.Resume(1, ThroughputLevel.Standard, spent: 80, TimeSpan.FromMilliseconds(300));

        var sent = SendFor(TimeSpan.FromSeconds(1), ThroughputLevel.Standard);

        Assert.All(sent, at => Assert.True(at - _start >= TimeSpan.FromMilliseconds(700)));
        Assert.InRange(sent.Count, 15, 35);
    }

    [Fact]
    public void What_the_way_holds_up_arrives_together_and_still_no_second_has_more_than_the_rate()
    {
        var way = new Way(_clock, _pace) { Out = TimeSpan.FromMilliseconds(40), Back = TimeSpan.FromMilliseconds(30) };
        way.SendFor(TimeSpan.FromSeconds(12));
        way.HeldUntil = _clock.GetUtcNow() + TimeSpan.FromMilliseconds(300);
        way.SendFor(TimeSpan.FromSeconds(3));

        Assert.InRange(MostInASecond(way.Arrived), 980, 1000);
    }

    /// <summary>In the first seconds nobody knows how long the way is.</summary>
    [Fact]
    public void A_long_way_slows_nothing_down_once_it_is_known()
    {
        var way = new Way(_clock, _pace) { Out = TimeSpan.FromMilliseconds(150), Back = TimeSpan.FromMilliseconds(150) };
        way.SendFor(TimeSpan.FromSeconds(6));
        var known = way.Arrived.Count;

        way.SendFor(TimeSpan.FromSeconds(10));

        Assert.InRange(way.Arrived.Count - known, 9_850, 10_000);
        Assert.InRange(MostInASecond(way.Arrived), 980, 1000);
    }

    [Fact]
    public void A_way_that_becomes_longer_is_known_again_after_seconds()
    {
        var way = new Way(_clock, _pace) { Out = TimeSpan.FromMilliseconds(20), Back = TimeSpan.FromMilliseconds(20) };
        way.SendFor(TimeSpan.FromSeconds(12));
        (way.Out, way.Back) = (TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(150));
        way.SendFor(TimeSpan.FromSeconds(12));
        var before = way.Arrived.Count;

        way.SendFor(TimeSpan.FromSeconds(10));

        Assert.InRange(way.Arrived.Count - before, 9_850, 10_000);
        Assert.InRange(MostInASecond(way.Arrived), 980, 1000);
    }

    [Fact]
    public void A_broadcast_that_has_taken_every_place_has_left_one_in_two_hundred_and_fifty_to_agents()
    {
        Assert.Equal(996, Taken(isAgents: false));
        Assert.Equal(4, Taken(isAgents: true));

        int Taken(bool isAgents) => Enumerable.Range(0, 2_000).Count(_ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(2));
            return _pace.TakeNumber(1, ThroughputLevel.High, isAgents).Flight is not null;
        });
    }

    [Fact]
    public void Who_never_answers_stops_the_number_until_it_does()
    {
        var flights = Enumerable.Range(0, 200).Select(_ => Next()).OfType<Flight>().ToList();
        Assert.Equal(80, flights.Count);

        flights.ForEach(flight => flight.Land(answered: false));
        Assert.Null(Next());
        _clock.Advance(NumberPace.Window);
        Assert.NotNull(Next());

        Flight? Next()
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return _pace.TakeNumber(1, ThroughputLevel.Standard, isAgents: true).Flight;
        }
    }

    [Fact]
    public void A_held_number_is_held_until_the_latest_word()
    {
        _pace.Hold(1, TimeSpan.FromSeconds(30));
        _pace.Hold(1, TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(20), _pace.HeldFor(1));
        Assert.Equal(TimeSpan.Zero, _pace.HeldFor(2));
    }

    /// <summary>Moments at which messages left, asking again whenever the pace says so.</summary>
    private List<DateTimeOffset> SendFor(TimeSpan time, ThroughputLevel level)
    {
        var end = _clock.GetUtcNow() + time;
        List<DateTimeOffset> sent = [];
        while (_clock.GetUtcNow() < end)
        {
            var turn = _pace.TakeNumber(1, level, isAgents: true);
            if (turn.Flight is { } flight)
            {
                flight.Land(answered: true);
                sent.Add(_clock.GetUtcNow());
            }
            else
            {
                var left = end - _clock.GetUtcNow();
                _clock.Advance(turn.Wait < left ? turn.Wait : left);
            }
        }

        return sent;
    }

    /// <summary>A way to WhatsApp and back of a high number, which may be held up: then what is on it arrives together.</summary>
    private sealed class Way(FakeTimeProvider clock, SendPace pace)
    {
        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

        private readonly PriorityQueue<Flight, DateTimeOffset> _back = new();

        public TimeSpan Out { get; set; }

        public TimeSpan Back { get; set; }

        public DateTimeOffset HeldUntil { get; set; }

        public List<DateTimeOffset> Arrived { get; } = [];

        public void SendFor(TimeSpan time)
        {
            for (var end = clock.GetUtcNow() + time; clock.GetUtcNow() < end; clock.Advance(Step))
            {
                while (_back.TryPeek(out var answered, out var at) && at <= clock.GetUtcNow())
                {
                    answered.Land(answered: true);
                    _back.Dequeue();
                }

                while (pace.TakeNumber(1, ThroughputLevel.High, isAgents: true).Flight is { } flight)
                {
                    var arrives = clock.GetUtcNow() + Out;
                    arrives = arrives < HeldUntil ? HeldUntil : arrives;
                    Arrived.Add(arrives);
                    _back.Enqueue(flight, arrives + Back);
                }
            }
        }
    }

    private static int MostInASecond(List<DateTimeOffset> sent)
    {
        var (most, first, moments) = (0, 0, sent.Order().ToList());
        for (var last = 0; last < moments.Count; last++)
        {
            while (moments[last] - moments[first] >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    [Fact]
    public void A_hold_ends_in_its_time_though_somebody_sets_the_clock_back()
    {
        var clock = new ClockThatIsSet();
        var pace = new SendPace(clock);
        pace.Hold(1, TimeSpan.FromSeconds(4));

        clock.SetBy(TimeSpan.FromHours(-1));
        clock.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.Zero, pace.HeldFor(1));
    }

    private sealed class ClockThatIsSet : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _set;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50) + _passed + _set;

        public override long GetTimestamp() => _passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void SetBy(TimeSpan by) => _set += by;

        public void Pass(TimeSpan time) => _passed += time;
    }
}
