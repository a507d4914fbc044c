using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendPaceTests
{
    [Theory]
    [InlineData(ThroughputLevel.Standard, 80)]
    [InlineData(ThroughputLevel.High, 1000)]
    [InlineData(ThroughputLevel.Coexistence, 20)]
    public void No_second_holds_more_than_the_numbers_rate(ThroughputLevel level, int rate)
    {
        var clock = new FakeTimeProvider();
        var pace = new SendPace(clock);
        List<DateTimeOffset> sent = [];
        while (clock.GetUtcNow() - new FakeTimeProvider().GetUtcNow() < TimeSpan.FromSeconds(5))
        {
            if (pace.TakeNumber(1, level) is { Ticks: > 0 } wait)
            {
                clock.Advance(wait);
            }
            else
            {
                sent.Add(clock.GetUtcNow());
            }
        }

        var most = sent.Max(start => sent.Count(at => at >= start && at < start + TimeSpan.FromSeconds(1)));
        Assert.InRange(most, rate * 3 / 4, rate);
    }

    [Fact]
    public void A_pair_has_forty_five_at_once_and_then_one_in_six_seconds()
    {
        var clock = new FakeTimeProvider();
        var pace = new SendPace(clock);

        var burst = Enumerable.Range(0, 100).TakeWhile(_ => pace.TakePair(1) == TimeSpan.Zero).Count();

        Assert.Equal(45, burst);
        Assert.Equal(TimeSpan.Zero, pace.TakePair(2));
        clock.Advance(TimeSpan.FromSeconds(5.9));
        Assert.NotEqual(TimeSpan.Zero, pace.TakePair(1));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(TimeSpan.Zero, pace.TakePair(1));
        Assert.NotEqual(TimeSpan.Zero, pace.TakePair(1));
    }

    [Fact]
    public void A_held_number_is_held_until_the_latest_word()
    {
        var clock = new FakeTimeProvider();
        var pace = new SendPace(clock);

        pace.Hold(1, TimeSpan.FromSeconds(30));
        pace.Hold(1, TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(20), pace.HeldFor(1));
        Assert.Equal(TimeSpan.Zero, pace.HeldFor(2));
    }

    [Fact]
    public void A_row_the_number_turns_away_uses_up_nothing_of_its_customer()
    {
        var clock = new FakeTimeProvider();
        var pace = new SendPace(clock);
        while (pace.TakeNumber(1, ThroughputLevel.Coexistence) == TimeSpan.Zero)
        {
        }

        var turnedAway = Enumerable.Range(0, 100).Select(_ => pace.Take(1, ThroughputLevel.Coexistence, 7)).ToList();

        Assert.All(turnedAway, waits => Assert.True(waits.Number > TimeSpan.Zero && waits.Pair == TimeSpan.Zero));
        Assert.Equal(SendPace.PairBurst, Enumerable.Range(0, 100).TakeWhile(_ => pace.TakePair(7) == TimeSpan.Zero).Count());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pace.Take(1, ThroughputLevel.Coexistence, 7) is { Number.Ticks: 0, Pair.Ticks: > 0 });
    }
}
