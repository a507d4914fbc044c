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
        Assert.Equal((agentsGo, automationGoes, broadcastsGo), LaneShare.Of(places, turn: 0, agents, automation, broadcasts));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Few_places_are_divided_over_the_turns_so_that_neither_lane_starves(int places)
    {
        var turns = Enumerable.Range(0, 4).Select(turn => LaneShare.Of(places, turn, 0, 50, 50)).ToList();

        Assert.Equal(places * 3, turns.Sum(share => share.Automation));
        Assert.Equal(places, turns.Sum(share => share.Broadcasts));
    }
}
