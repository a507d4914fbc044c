using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class ThreadNewsTests
{
    private static readonly IReadOnlyList<ThreadLine> Shown = [Line(10), Line(20), Line(30)];

    [Fact]
    public void Lines_come_into_their_places_and_the_others_stay_the_same_objects()
    {
        var merged = ThreadNews.Merge(Shown, [Line(20, "edited"), Line(25), Line(40)]);

        Assert.Equal([10, 20, 25, 30, 40], merged.Select(line => line.Id));
        Assert.Equal("edited", merged[1].Text);
        Assert.Same(Shown[0], merged[0]);
        Assert.Same(Shown[2], merged[3]);
    }

    [Theory]
    [InlineData(false, true, new long[] { 10, 25, 99 })]
    [InlineData(true, true, new long[] { 5, 10, 25, 99 })]
    [InlineData(false, false, new long[] { 10, 25 })]
    public void Only_what_belongs_to_the_part_on_screen_is_read(bool startsHere, bool endsHere, long[] read) =>
        Assert.Equal(read, ThreadNews.Shown(Shown, [5, 10, 25, 99], startsHere, endsHere));

    private static ThreadLine Line(long id, string text = "") => new(
        id, null, null, MessageDirection.Inbound, MessageKind.Text, text, null, null, DeliveryStatus.Delivered, null,
        new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc), null, null, null, null, false, false, false, null, false);
}
