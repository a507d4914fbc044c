using WaConsole.Core.Conversations;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class InboxRulesTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("00:30:00", WindowTone.Urgent)]
    [InlineData("01:30:00", WindowTone.Soon)]
    [InlineData("05:00:00", WindowTone.Calm)]
    [InlineData("00:00:59", WindowTone.Closed)]
    [InlineData("-01:00:00", WindowTone.Closed)]
    public void The_ring_takes_its_tone_from_what_is_left(string left, WindowTone tone)
    {
        var expires = Noon + TimeSpan.Parse(left, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(tone, WindowFace.At(WindowView.Of(expires, null, Noon), Noon).Tone);
    }

    [Fact]
    public void A_window_that_was_never_open_has_no_end() =>
        Assert.Equal(new WindowFace(WindowTone.Never, 0, 0, 0, null), WindowFace.At(WindowView.Of(null, null, Noon), Noon));

    [Theory]
    [InlineData("")]
    [InlineData("?tab=mine")]
    [InlineData("?tab=unassigned&status=resolved&sort=closing&number=7&q=caf%C3%A9%20%26%20co")]
    [InlineData("?status=snoozed&sort=waiting")]
    [InlineData("?status=all")]
    [InlineData("?q=invoice")]
    [InlineData("?tab=mine&status=open&q=invoice")]
    [InlineData("?sort=soon")]
    [InlineData("?sort=closed")]
    [InlineData("?label=3&agent=5&q=invoice&kind=document&from=2026-11-01&to=2026-11-30")]
    public void The_address_holds_the_whole_view(string address)
    {
        var given = System.Web.HttpUtility.ParseQueryString(address);
        var view = InboxView.Read(new InboxAddress(
            given["tab"], given["status"], given["sort"], given["number"], given["q"], given["label"], given["agent"], given["kind"], given["from"], given["to"]));

        Assert.Equal(address, view.Write());
    }

    [Fact]
    public void A_search_looks_everywhere_and_goes_back_to_where_it_began()
    {
        var mine = new InboxView(InboxTab.Mine, ConversationStatus.Open, InboxSort.ClosingSoon, LabelId: 3);

        var found = mine.SearchFor("amina");
        Assert.Equal("?label=3&q=amina", found.Write());
        Assert.Equal("?status=resolved&label=3&q=aminata", (found with { Status = ConversationStatus.Resolved }).SearchFor("aminata").Write());
        Assert.Equal(mine, found.After(mine));
        Assert.Equal(mine with { Status = ConversationStatus.Resolved }, (found with { Status = ConversationStatus.Resolved }).After(mine));
        Assert.Equal("?tab=mine&status=pending", (mine with { Status = ConversationStatus.Pending, LabelId = null, Sort = InboxSort.Newest, Search = "amina" }).After(null).Write());
        Assert.Equal(InboxView.Default, InboxView.Default.SearchFor("amina").After(null));
        Assert.Contains("amina", found.ToString(), StringComparison.Ordinal);
        Assert.Equal("?q=amina", found.Everywhere().Write());
        Assert.Equal("?q=amina", InboxView.Rewrite("?status=all&q=amina"));
    }

    [Fact]
    public void Words_nobody_knows_open_the_inbox_as_usual() =>
        Assert.Equal(InboxView.Default, InboxView.Read(new InboxAddress("x", "y", "z", "-1", "  ", "l", "a", "activity", "2026-13-01", "yesterday")));

    [Fact]
    public void Days_dividers_and_groups_follow_the_viewers_clock()
    {
        var berlin = ViewerClock.For("Europe/Berlin");
        ThreadLine[] lines =
        [
            Line(1, Noon.AddHours(10), "a"), Line(2, Noon.AddHours(10).AddSeconds(20), "b"),
            Line(3, Noon.AddHours(11.5), "c"),
        ];

        var items = ThreadLayout.Of(lines, [], berlin, firstUnread: 3, unread: 1);

        Assert.Equal(
            ["day-2026-11-24", "m-1", "m-2", "day-2026-11-25", "unread", "m-3"],
            items.Select(item => item.Key));
        Assert.Equal([true, false, true], items.OfType<ThreadItem.Bubble>().Select(bubble => bubble.StartsGroup));
    }

    /// <summary>Blazor ends the circuit over two siblings with one key.</summary>
    [Fact]
    public void A_message_of_yesterday_that_came_late_stands_under_a_day_of_its_own_and_so_do_those_after_it()
    {
        ThreadLine[] lines = [Line(1, Noon, "a"), Line(2, Noon.AddDays(-1), "late"), Line(3, Noon, "b")];

        var items = ThreadLayout.Of(lines, [], ViewerClock.For(null), firstUnread: null, unread: 0);

        Assert.Equal(
            ["day-2026-11-24", "m-1", "day-2026-11-23", "m-2", "day-2026-11-24-1", "m-3"],
            items.Select(item => item.Key));
    }

    [Fact]
    public void The_line_from_the_server_takes_the_place_of_the_pending_one()
    {
        var key = Guid.CreateVersion7();
        var pending = ComposedReply.Line(key, MessageKind.Text, "Hi", null, null, "Ana", null, Noon);
        var arrived = pending with { Id = 5 };

        var before = Assert.Single(ThreadLayout.Of([], [pending], ViewerClock.For(null), null, 0).OfType<ThreadItem.Bubble>());
        var after = Assert.Single(ThreadLayout.Of([arrived], [pending], ViewerClock.For(null), null, 0).OfType<ThreadItem.Bubble>());

        Assert.Equal(before.Key, after.Key);
        Assert.Equal(5, after.Line.Id);
    }

    [Fact]
    public void Text_goes_as_the_first_files_caption_and_before_what_takes_none()
    {
        var picture = new AttachedFile("1", "a.jpg", 1, 11, Guid.CreateVersion7(), MessageKind.Image);
        var sound = new AttachedFile("2", "a.ogg", 1, 12, Guid.CreateVersion7(), MessageKind.Audio);
        var key = Guid.CreateVersion7();

        var captioned = ComposedReply.Split(1, key, " Look ", [picture, sound], replyTo: 9);
        var apart = ComposedReply.Split(1, key, "Listen", [sound, picture], replyTo: null);

        Assert.Equal(new ReplyContent.Media(MessageKind.Image, 11, "Look"), captioned[0].Content);
        Assert.Equal([9L, null], captioned.Select(part => part.ReplyToMessageId));
        Assert.Equal(3, apart.Count);
        Assert.Equal(new ReplyContent.Text("Listen"), apart[0].Content);
        Assert.Equal(key, apart[0].ClientKey);
        Assert.Equal(3, apart.Select(part => part.ClientKey).Distinct().Count());
    }

    [Theory]
    [InlineData(1024, 1)]
    [InlineData(1025, 2)]
    public void A_text_too_long_for_a_caption_follows_its_file_and_nothing_is_refused(int length, int messages)
    {
        var picture = new AttachedFile("1", "a.jpg", 1, 11, Guid.CreateVersion7(), MessageKind.Image);
        var text = new string('a', length);

        var parts = ComposedReply.Split(1, Guid.CreateVersion7(), text, [picture], replyTo: 9);

        Assert.Equal(messages, parts.Count);
        Assert.Equal(messages == 1 ? text : null, Assert.IsType<ReplyContent.Media>(parts[0].Content).Caption);
        Assert.Equal(9, parts[0].ReplyToMessageId);
        Assert.All(parts.Skip(1), part => Assert.Equal(new ReplyContent.Text(text), part.Content));
    }

    [Fact]
    public void A_snooze_ends_at_nine_where_the_viewer_sits()
    {
        var berlin = ViewerClock.For("Europe/Berlin");

        Assert.Equal(new DateTime(2026, 11, 25, 8, 0, 0), SnoozeTimes.Tomorrow(Noon, berlin));
        Assert.Equal(new DateTime(2026, 11, 30, 8, 0, 0), SnoozeTimes.NextMonday(Noon, berlin));
    }

    [Theory]
    [InlineData("Amina Said", "AS")]
    [InlineData("Élodie", "É")]
    [InlineData("@luz.mar", "@l")]
    [InlineData("+49 170 1234567", "")]
    [InlineData("🙂 Ana", "A")]
    [InlineData("", "")]
    public void Initials_are_what_a_reader_sees(string name, string initials) => Assert.Equal(initials, Initials.Of(name));

    [Fact]
    public void Every_word_the_inbox_uses_is_there()
    {
        var words = new System.Resources.ResourceManager(typeof(InboxText));
        string[] keys =
        [
            .. Enum.GetNames<MessageKind>().Select(kind => "Kind" + kind),
            .. Enum.GetNames<DeliveryStatus>().Select(status => "Status" + status),
            .. Enum.GetNames<ConversationStatus>().SelectMany(status => new[] { "State" + status, "Filter" + status.ToLowerInvariant() }),
            .. Enum.GetNames<InboxTab>().Select(tab => "Tab" + tab),
            "Sortnewest", "Sortwaiting", "Sortclosing", "Sortunread", "Filterall", "WrongKindImage", "WrongKindVideo",
            "CategoryMARKETING", "CategoryUTILITY", "CategoryAUTHENTICATION",
            "Activityassigned", "Activityunassigned", "Activityopen", "Activitypending", "Activitysnoozed", "Activityresolved",
        ];

        Assert.All(keys, key => Assert.NotNull(words.GetString(key, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Null(words.GetString("KindNobodyKnows", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static ThreadLine Line(long id, DateTime at, string text) => ComposedReply.Line(
        Guid.Empty, MessageKind.Text, text, null, null, "Ana", null, at) with
    { Id = id, ClientKey = null };
}
