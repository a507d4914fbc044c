using WaConsole.Core.Sending;

namespace WaConsole.Core.Tests.Sending;

public sealed class LaneShareTests
{
    [Theory]
    [InlineData(12, 4, 50, 50, 4, 6, 2)]
    [InlineData(10, 50, 50, 50, 10, 0, 0)]
    [InlineData(10, 0, 50, 0, 0, 10, 0)]
    [InlineData(10, 0, 0, 50, 0, 0, 10)]
    [InlineData(10, 0, 2, 50, 0, 2, 8)]
    [InlineData(10, 0, 50, 1, 0, 9, 1)]
    [InlineData(4, 0, 50, 50, 0, 3, 1)]
    [InlineData(0, 5, 50, 50, 0, 0, 0)]
    public void Agents_go_first_and_a_quarter_of_the_rest_is_the_broadcasts(
        int places, int agents, int automation, int broadcasts, int agentsGo, int automationGoes, int broadcastsGo) =>
        Assert.Equal((agentsGo, automationGoes, broadcastsGo), LaneShare.Of(places, before: 0, agents, automation, broadcasts));

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 2, 1, 2)]
    [InlineData(2, 3, 5, 2)]
    [InlineData(7, 1, 3, 1)]
    public void However_few_places_there_are_at_a_time_no_lane_gets_one_too_many(params int[] places)
    {
        var (automation, broadcasts) = (0, 0);
        for (var turn = 0; turn < 100; turn++)
        {
            var share = LaneShare.Of(places[turn % places.Length], automation + broadcasts, 0, 1_000, 1_000);
            (automation, broadcasts) = (automation + share.Automation, broadcasts + share.Broadcasts);
            Assert.Equal((automation + broadcasts) / 4, broadcasts);
        }
    }
}
