using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class AlbumTests : InboxTest
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Pictures_and_videos_of_one_side_within_a_minute_are_one_album()
    {
        ThreadLine[] lines = [Line(1), Line(2, seconds: 20), Line(3, seconds: 50, kind: MessageKind.Video), Line(4, seconds: 61)];

        var items = Laid(lines);

        var album = Assert.IsType<ThreadItem.Album>(items[0]);
        Assert.Equal([1, 2, 3], album.Lines.Select(line => line.Id));
        Assert.IsType<ThreadItem.Bubble>(items[1]);
    }

    [Fact]
    public void Words_and_answers_belong_to_the_first_picture_and_begin_a_new_album()
    {
        var quote = new QuotedLine(1, MessageDirection.Inbound, "", "", MessageKind.Image);
        ThreadLine[] lines =
            [Line(1) with { Text = "The left one" }, Line(2), Line(3) with { Text = "The right one" }, Line(4), Line(5) with { Quoted = quote }, Line(6)];

        Assert.Equal([[1L, 2L], [3L, 4L], [5L, 6L]], Laid(lines).OfType<ThreadItem.Album>().Select(album => album.Lines.Select(line => line.Id).ToArray()));
    }

    public static TheoryData<string, ThreadLine> Apart => new()
    {
        { "text", Line(2, kind: MessageKind.Text) with { Media = null } },
        { "document", Line(2, kind: MessageKind.Document) },
        { "sticker", Line(2, kind: MessageKind.Sticker) },
        { "deleted", Line(2) with { Deleted = true } },
        { "failed", Line(2) with { Status = DeliveryStatus.Failed } },
        { "unknown", Line(2) with { Status = DeliveryStatus.Unknown } },
        { "the other side", Line(2) with { Direction = MessageDirection.Outbound } },
        { "another author", Line(2) with { AuthorName = "Bo" } },
        { "a file that never came", Line(2) with { Media = Line(2).Media! with { State = MediaState.Failed } } },
        { "a template", Line(2) with { Content = new MessageContent.SentTemplate("n", "en", "UTILITY", null, "", null, [], null) } },
    };

    [Theory]
    [MemberData(nameof(Apart))]
    public void What_is_more_than_a_picture_stays_a_bubble(string what, ThreadLine second)
    {
        var items = Laid([Line(1), second, Line(3)]);

        Assert.True(items.All(item => item is ThreadItem.Bubble), what);
        Assert.Equal(3, items.Count);
    }

    [Fact]
    public void Everything_that_comes_in_is_laid_once_and_in_order()
    {
        var kinds = new[] { MessageKind.Image, MessageKind.Text, MessageKind.Video, MessageKind.Note };
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            ThreadLine[] lines = [.. Enumerable.Range(1, 30).Select(id => Line(id, random.Next(0, 40) * id / 4, kinds[random.Next(kinds.Length)]))];

            var laid = Laid(lines).SelectMany(item => item switch
            {
                ThreadItem.Album album => album.Lines.Select(line => line.Id),
                ThreadItem.Bubble bubble => [bubble.Line.Id],
                ThreadItem.Note note => [note.Line.Id],
                _ => [],
            });

            Assert.Equal(lines.Select(line => line.Id), laid);
        }
    }

    [Fact]
    public void Each_picture_of_an_album_can_be_reached_opened_and_answered()
    {
        ThreadLine[] lines = [Line(1) with { Text = "Both sides", ReactionOfUs = "👍" }, Line(2, kind: MessageKind.Video), Line(3) with { Media = Line(3).Media! with { State = MediaState.Pending } }];
        ThreadLine? asked = null;

        var album = Render<MessageAlbum>(parameters => parameters.Add(a => a.Lines, lines).Add(a => a.Viewer, Berlin).Add(a => a.CustomerName, "Nora")
            .Add(a => a.OnQuote, line => asked = line));

        Assert.Equal(["1", "2", "3"], album.FindAll(".album-tile").Select(tile => tile.GetAttribute("data-line")));
        Assert.Equal(["image", "video"], album.FindAll("button[data-lightbox]").Select(tile => tile.GetAttribute("data-lightbox-kind")));
        Assert.Equal("Both sides", album.Find("button[data-lightbox]").GetAttribute("data-lightbox-caption"));
        Assert.Contains("3 pictures from Nora", album.Find("article").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("👍", album.Find("[data-line='1']").TextContent, StringComparison.Ordinal);
        album.Find("[data-line='2'] .album-actions button").Click();
        album.WaitForAssertion(() => Assert.Equal(2, asked?.Id));
    }

    [Fact]
    public void One_picture_of_an_album_is_answered_with_an_emoji_and_its_details_are_asked_for()
    {
        ThreadLine[] lines =
        [
            Line(1), Line(2) with { ReactionOfUs = "🙏" }, Line(3) with { Direction = MessageDirection.Outbound, Status = DeliveryStatus.Queued },
        ];
        List<(long, string?)> reacted = [];
        ThreadLine? asked = null;
        var album = Render<MessageAlbum>(parameters => parameters.Add(a => a.Lines, lines).Add(a => a.Viewer, Berlin)
            .Add(a => a.OnReact, wish => reacted.Add((wish.Line.Id, wish.Emoji))).Add(a => a.OnDetails, line => asked = line));
        Assert.Empty(album.FindAll("[data-line='3'] [data-react]"));

        album.Find("[data-line='1'] [data-react]").Click();
        album.WaitForElement(".react-bar [data-reaction='❤️']").Click();
        album.WaitForAssertion(() => Assert.Empty(album.FindAll(".react-bar")));
        album.Find("[data-line='2'] [data-react]").Click();
        Assert.Equal("true", album.WaitForElement("[data-reaction='🙏']").GetAttribute("aria-pressed"));
        Assert.Equal("true", album.Find("[data-line='2'] [data-react]").GetAttribute("aria-expanded"));
        album.Find("[data-reaction='🙏']").Click();
        album.WaitForAssertion(() => Assert.Equal([(1, "❤️"), (2, null)], reacted));

        album.Find("[data-line='2'] [data-react]").Click();
        album.WaitForElement(".react-bar").KeyDown("Escape");
        album.WaitForAssertion(() => Assert.Empty(album.FindAll(".react-bar")));
        album.Find("[data-line='2'] [data-details]").Click();
        album.WaitForAssertion(() => Assert.Equal(2, asked?.Id));
        Assert.Equal(2, reacted.Count);
    }

    [Fact]
    public void The_mark_of_an_album_is_that_of_the_picture_furthest_behind_and_all_of_it_is_taken_back_at_once()
    {
        ThreadLine[] lines = [.. new[] { Line(1), Line(2) }.Select(line => line with { Direction = MessageDirection.Outbound, AuthorId = 5, Status = DeliveryStatus.Queued })];
        List<long> undone = [];

        var album = Render<MessageAlbum>(parameters => parameters.Add(a => a.Lines, [lines[0] with { Status = DeliveryStatus.Read }, lines[1]])
            .Add(a => a.Viewer, Berlin).Add(a => a.Me, 5).Add(a => a.OnUndo, line => undone.Add(line.Id)));
        Assert.NotNull(album.Find(".tick-queued"));

        album.Render(parameters => parameters.Add(a => a.Lines, lines));
        album.WaitForElement("[data-undo]").Click();
        album.WaitForAssertion(() => Assert.Equal([2, 1], undone));
    }

    private static IReadOnlyList<ThreadItem> Laid(IReadOnlyList<ThreadLine> lines) =>
        [.. ThreadLayout.Of(lines, [], ViewerClock.For(null), null, 0).Where(item => item is not ThreadItem.Day)];

    private static ThreadLine Line(long id, int seconds = 0, MessageKind kind = MessageKind.Image) => new(
        id, $"wamid.{id}", null, MessageDirection.Inbound, kind, "", null,
        new MediaView(id, new Guid((int)id, 1, 1, new byte[8]), MediaState.Ready, "image/jpeg", 1000, "a.jpg", null, null, null),
        DeliveryStatus.None, null, Noon.AddSeconds(seconds), null, null, null, null, false, false, false, null, false);
}
