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
            if (_pace.TakeNumber(1, level) is { Ticks: > 0 } wait)
            {
                var left = end - _clock.GetUtcNow();
                _clock.Advance(wait < left ? wait : left);
            }
            else
            {
                sent.Add(_clock.GetUtcNow());
            }
        }

        return sent;
    }

    private static int MostInASecond(List<DateTimeOffset> sent)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < sent.Count; last++)
        {
            while (sent[last] - sent[first] >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
