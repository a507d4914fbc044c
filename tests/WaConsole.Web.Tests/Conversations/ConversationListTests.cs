using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class ConversationListTests : InboxTest
{
    [Fact]
    public async Task A_message_committed_elsewhere_appears_without_a_reload()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Single(list.FindAll("a.row")));

        await Rows.SaysAsync(amina, "Is my order on its way?");

        list.WaitForAssertion(() => Assert.Equal("Is my order on its way?", list.Find(".row-preview bdi").TextContent));
        list.WaitForAssertion(() => Assert.Equal("1", list.Find(".badge").TextContent));
    }

    [Fact]
    public async Task A_row_is_one_component_so_that_hundreds_of_open_lists_fit_in_memory()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10), Ana.Id);
        await Rows.SaysAsync(amina, "Is my order on its way?");

        var list = RenderList();

        list.WaitForAssertion(() => Assert.Single(list.FindAll("a.row")));
        Assert.Empty(list.FindComponent<ConversationRow>().FindComponents<ComponentBase>());
        Assert.Equal("AS", list.Find("a.row .avatar").TextContent.Trim());
        Assert.EndsWith(" h", list.Find("a.row .ring-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_changes_cost_a_few_renders()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal("1", Counts(list).Last()));
        var before = list.RenderCount;
        Seen.Clear();

        for (var i = 0; i < 1000; i++)
        {
            Rows.Publish(amina);
        }

        await Rows.SaysAsync(amina, "The last of them");
        list.WaitForAssertion(() => Assert.Equal("The last of them", list.Find(".row-preview bdi").TextContent));
        Assert.InRange(list.RenderCount - before, 1, 6);
        Assert.Equal((0, 0), (Seen.InboxPages, Seen.InboxCounts));
    }

    [Fact]
    public async Task A_change_of_a_shown_row_reads_that_row_and_neither_the_page_nor_the_counts()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        var list = RenderList(InboxView.Default with { Sort = InboxSort.WindowClosingFirst });
        list.WaitForAssertion(() => Assert.Equal(["0", "2", "2"], Counts(list)));
        Seen.Clear();

        await Rows.SaysAsync(amina, "Is my order on its way?");

        list.WaitForAssertion(() => Assert.Contains(list.FindAll(".row-preview bdi"), preview => preview.TextContent == "Is my order on its way?"));
        Assert.Equal(["Rafael Prado", "Amina Said"], Names(list));
        Assert.Equal((1, 0, 0), (Seen.InboxRows, Seen.InboxPages, Seen.InboxCounts));
    }

    [Fact]
    public async Task A_change_outside_the_filter_reads_no_page_and_draws_no_row()
    {
        var taken = await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10), Ana.Id);
        var list = RenderList(InboxView.Default with { Tab = InboxTab.Mine });
        list.WaitForAssertion(() => Assert.Equal(["1", "1", "2"], Counts(list)));
        var drawn = list.FindComponent<ConversationRow>().RenderCount;
        Seen.Clear();

        await Rows.SaysAsync(taken, "Not for this list");
        await Until.TrueAsync(() => Seen.InboxCounts > 0, "the tabs to be counted again");

        Assert.Equal(0, Seen.InboxPages);
        Assert.Equal(["Amina Said"], Names(list));
        Assert.Equal(drawn, list.FindComponent<ConversationRow>().RenderCount);
    }

    [Fact]
    public async Task A_message_in_a_conversation_that_stays_with_somebody_else_is_read_for_nobody_but_those_who_watch_all()
    {
        var bo = await Rows.AgentAsync("Bo Lind");
        var taken = await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10), bo.Id);
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10), Ana.Id);
        var mine = RenderList(InboxView.Default with { Tab = InboxTab.Mine });
        mine.WaitForAssertion(() => Assert.Equal(["1", "0", "2"], Counts(mine)));
        Seen.Clear();

        Host.Get<LiveUpdates>().Publish(new InboxChanged(Host.NumberId, taken, StaysWith: bo.Id));
        await Rows.SaysAsync(amina, "Is my order on its way?");

        mine.WaitForAssertion(() => Assert.Equal("Is my order on its way?", mine.Find(".row-preview bdi").TextContent));
        Assert.Equal(1, Seen.InboxRows);

        var all = RenderList();
        all.WaitForAssertion(() => Assert.Equal("2", Counts(all).Last()));
        Seen.Clear();
        Host.Get<LiveUpdates>().Publish(new InboxChanged(Host.NumberId, taken, StaysWith: bo.Id));
        await Until.TrueAsync(() => Seen.InboxRows > 0, "the row to be read for the list of all");
    }

    [Fact]
    public async Task A_conversation_that_leaves_the_filter_leaves_the_list_without_a_page_and_the_tabs_count_again()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal("2", Counts(list).Last()));
        Seen.Clear();

        await Host.Get<ChangeStatus>().RunAsync(Caller.System, amina, ConversationStatus.Resolved, null, CancellationToken.None);

        list.WaitForAssertion(() => Assert.Equal(["Rafael Prado"], Names(list)));
        list.WaitForAssertion(() => Assert.Equal("1", Counts(list).Last()));
        Assert.Equal(0, Seen.InboxPages);
    }

    [Fact]
    public async Task A_gap_in_the_page_is_filled_from_below()
    {
        await Rows.CustomersAsync(InboxWindow.PageSize);
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize, list.FindAll("a.row").Count));
        Assert.DoesNotContain("Customer 0", Names(list));

        await Host.Get<ChangeStatus>().RunAsync(Caller.System, amina, ConversationStatus.Resolved, null, CancellationToken.None);

        list.WaitForAssertion(() => Assert.Contains("Customer 0", Names(list)));
        Assert.DoesNotContain("Amina Said", Names(list));
    }

    [Fact]
    public async Task A_row_found_by_a_search_changes_in_its_place_without_searching_again()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Amina Duarte", TimeSpan.FromHours(10));
        var list = RenderList(InboxView.Default.SearchFor("amina"));
        list.WaitForAssertion(() => Assert.Equal(2, Names(list).Count()));
        Assert.All(Counts(list), count => Assert.Equal("", count));
        var row = list.FindComponents<ConversationRow>().Single(row => row.Instance.Row.Id == amina);

        await Rows.SaysAsync(amina, "Hello");

        list.WaitForAssertion(() => Assert.Equal("Hello", row.Instance.Row.LastPreview));
        list.WaitForAssertion(() => Assert.Equal(["Amina Said", "Amina Duarte"], Names(list)));
    }

    [Fact]
    public async Task A_search_begun_among_mine_finds_who_is_resolved_and_narrowed_to_nothing_offers_everywhere()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Host.Get<ChangeStatus>().RunAsync(new Caller(Ana.Id, Ana.DisplayName, Role.Agent, null), amina, ConversationStatus.Resolved, null, CancellationToken.None);
        InboxView? asked = null;
        var list = RenderList(InboxView.Default with { Tab = InboxTab.Mine }, view => asked = view);
        await list.InvokeAsync(() => list.Instance.SearchAsync("amina"));
        Assert.Equal("?q=amina", asked!.Write());

        list.Render(p => p.Add(l => l.View, asked));
        list.WaitForAssertion(() => Assert.Equal(["Amina Said"], Names(list)));
        list.Render(p => p.Add(l => l.View, asked with { Status = ConversationStatus.Open }));
        list.WaitForAssertion(() => Assert.Equal("inbox?q=amina", list.Find("[data-everywhere]").GetAttribute("href")));

        await list.InvokeAsync(() => list.Instance.SearchAsync(""));
        Assert.Equal("?tab=mine", asked!.Write());
    }

    [Fact]
    public async Task What_a_search_found_is_shown_marked_and_opens_there()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.SaysAsync(amina, "My café order is late");
        var line = (await Host.Get<ReadThread>().RunAsync(Caller.System, amina, null, 10, CancellationToken.None))!.Lines[^1].Id;
        await Rows.SaysAsync(amina, "Hello?");

        var list = RenderList(InboxView.Default.SearchFor("cafe"));

        list.WaitForAssertion(() => Assert.Equal("café", list.Find(".row-found mark").TextContent));
        Assert.Equal("My café order is late", list.Find(".row-found bdi").TextContent);
        Assert.Equal($"inbox/{amina}?q=cafe&at={line}", list.Find("a.row").GetAttribute("href"));

        await Rows.SaysAsync(amina, "Anybody?");
        list.WaitForAssertion(() => Assert.Equal("Anybody?", list.FindComponent<ConversationRow>().Instance.Row.LastPreview));
        Assert.Equal("café", list.Find(".row-found mark").TextContent);
    }

    [Theory]
    [InlineData("amina", "Amina", null)]
    [InlineData("1512", null, "+49 1512")]
    public async Task Whom_a_search_found_is_marked(string typed, string? inName, string? identity)
    {
        await new SeedConversation { NumberId = Host.NumberId, Name = "Amina Said", Phone = "4915123456789" }.WriteAsync(Host.Get<Store>());

        var list = RenderList(InboxView.Default.SearchFor(typed));

        list.WaitForAssertion(() => Assert.Equal(["Amina Said"], Names(list)));
        Assert.Equal(inName, list.FindAll(".row-name mark").SingleOrDefault()?.TextContent);
        Assert.Equal(identity is not null, list.FindAll(".row-facts bdi").Any(fact => fact.TextContent.StartsWith(identity ?? "-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Filters_of_a_search_are_offered_while_searching()
    {
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll("a.row")));
        Assert.Empty(list.FindAll("input[type=date]"));

        InboxView? asked = null;
        var search = Render<ConversationList>(with => with
            .Add(l => l.View, InboxView.Default.SearchFor("amina")).Add(l => l.Viewer, Berlin).Add(l => l.Numbers, []).Add(l => l.OnView, view => asked = view));
        search.WaitForElements("input[type=date]", 2)[0].Change("2026-11-01");

        search.WaitForAssertion(() => Assert.Equal(new DateOnly(2026, 11, 1), asked?.From));
        Assert.Equal(
            new SearchBounds(new DateTime(2026, 10, 31, 23, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 30, 23, 0, 0, DateTimeKind.Utc)),
            (asked! with { To = new DateOnly(2026, 11, 30) }).Query(Berlin, null, 10).Bounds);
    }

    [Fact]
    public async Task Only_the_row_that_changed_is_drawn_again()
    {
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var rafael = await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(2, list.FindComponents<ConversationRow>().Count));
        var rows = list.FindComponents<ConversationRow>().ToDictionary(row => row.Instance.Row.Name, row => row.RenderCount);

        await Rows.SaysAsync(rafael, "Hello");

        list.WaitForAssertion(() => Assert.Contains(list.FindAll(".row-preview bdi"), preview => preview.TextContent == "Hello"));
        foreach (var row in list.FindComponents<ConversationRow>())
        {
            var drawn = row.RenderCount - rows[row.Instance.Row.Name];
            Assert.Equal(row.Instance.Row.Name == "Rafael Prado", drawn > 0);
        }
    }

    [Fact]
    public async Task Rows_do_not_move_under_the_pointer()
    {
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(["Rafael Prado", "Amina Said"], Names(list)));

        await list.InvokeAsync(() => list.Instance.PointerOver(over: true));
        await Rows.SaysAsync(amina, "Me first");

        list.WaitForAssertion(() => Assert.Equal("1 update", list.Find(".updates").TextContent));
        Assert.Equal(["Rafael Prado", "Amina Said"], Names(list));

        list.WaitForAssertion(() => list.Find(".updates").Click());
        list.WaitForAssertion(() => Assert.Equal(["Amina Said", "Rafael Prado"], Names(list)));
    }

    [Fact]
    public async Task Tabs_count_whose_conversations_they_are()
    {
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10), Ana.Id);
        await Rows.ConversationAsync("Rafael Prado", TimeSpan.FromHours(10));
        var list = RenderList();

        list.WaitForAssertion(() => Assert.Equal(["1", "1", "2"], list.FindAll(".tab-count").Select(count => count.TextContent)));
    }

    [Fact]
    public async Task Names_and_previews_of_strangers_stay_text()
    {
        var hostile = await Rows.ConversationAsync("<img src=x onerror=alert(1)>", TimeSpan.FromHours(10));
        await Rows.SaysAsync(hostile, "<script>alert(2)</script>");
        var list = RenderList();

        list.WaitForAssertion(() => Assert.Equal("<script>alert(2)</script>", list.Find(".row-preview bdi").TextContent));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("script, img")));
    }

    [Fact]
    public async Task More_rows_come_page_by_page()
    {
        await Rows.CustomersAsync(InboxWindow.PageSize + 5);
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize, list.FindAll("a.row").Count));

        await list.InvokeAsync(list.Instance.MoreAsync);

        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize + 5, list.FindAll("a.row").Count));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-more]")));
    }

    [Fact]
    public async Task The_list_has_no_end_before_the_last_row_and_never_more_than_a_window_on_screen()
    {
        const int Customers = (InboxWindow.PageSize * (InboxWindow.MaxPages + 3)) + 20;
        await Rows.CustomersAsync(Customers);
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize, list.FindAll("a.row").Count));
        var top = Names(list).ToList();
        var seen = top.ToHashSet();

        while (list.FindAll("[data-more]").Count > 0)
        {
            await list.InvokeAsync(list.Instance.MoreAsync);
            seen.UnionWith(Names(list));
            list.WaitForAssertion(() => Assert.InRange(list.FindAll("a.row").Count, 1, InboxWindow.PageSize * InboxWindow.MaxPages));
        }

        Assert.Equal(Customers, seen.Count);
        Assert.DoesNotContain(top[0], Names(list));

        while (list.FindAll("[data-earlier]").Count > 0)
        {
            await list.InvokeAsync(list.Instance.EarlierAsync);
            list.WaitForAssertion(() => Assert.InRange(list.FindAll("a.row").Count, 1, InboxWindow.PageSize * InboxWindow.MaxPages));
            Assert.Equal(Names(list).Count(), Names(list).Distinct().Count());
        }

        Assert.Equal(top, Names(list).Take(InboxWindow.PageSize));
        list.WaitForAssertion(() => Assert.Single(list.FindAll("[data-more]")));
    }

    [Fact]
    public async Task News_at_the_top_leave_somebody_who_scrolled_down_where_they_are()
    {
        await Rows.CustomersAsync(InboxWindow.PageSize * (InboxWindow.MaxPages + 2));
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize, list.FindAll("a.row").Count));
        for (var i = 0; i < InboxWindow.MaxPages + 1; i++)
        {
            await list.InvokeAsync(list.Instance.MoreAsync);
        }

        var before = Names(list).ToList();
        var draws = list.RenderCount;

        await Rows.SaysAsync(await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10)), "Hello");

        list.WaitForState(() => list.RenderCount > draws);
        list.WaitForAssertion(() => Assert.Equal(before, Names(list)));
    }

    [Fact]
    public async Task What_waits_under_the_pointer_is_shown_even_after_a_page_was_read_meanwhile()
    {
        await Rows.CustomersAsync(InboxWindow.PageSize + 5);
        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(InboxWindow.PageSize, list.FindAll("a.row").Count));
        await list.InvokeAsync(() => list.Instance.PointerOver(over: true));
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        list.WaitForAssertion(() => Assert.Equal("1 update", list.Find(".updates").TextContent));
        await list.InvokeAsync(list.Instance.MoreAsync);

        list.WaitForAssertion(() => list.Find(".updates").Click());

        list.WaitForAssertion(() => Assert.Equal("Amina Said", Names(list).First()));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".updates")));
    }

    [Fact]
    public async Task Chosen_rows_are_handled_together_and_what_was_not_done_is_said()
    {
        var ids = new List<long>();
        foreach (var name in (string[])["Amina Said", "Boris Yel", "Carla Diaz", "Dora Lund"])
        {
            ids.Add(await Rows.ConversationAsync(name, TimeSpan.FromHours(10)));
        }

        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(4, Names(list).Count()));
        var shown = list.FindAll("a.row").Select(row => long.Parse(row.GetAttribute("data-id")!, CultureInfo.InvariantCulture)).ToList();
        Assert.True(await list.InvokeAsync(() => list.Instance.PickAsync(shown[0], range: false)));
        Assert.True(await list.InvokeAsync(() => list.Instance.PickAsync(shown[2], range: true)));
        Assert.False(await list.InvokeAsync(() => list.Instance.PickAsync(shown[1], range: false)));
        Assert.False(await list.InvokeAsync(() => list.Instance.PickAsync(987_654, range: false)));
        list.WaitForAssertion(() => Assert.Equal("2 selected", list.Find(".bulk-count b").TextContent));
        Assert.Equal([true, false, true, false], list.FindAll("[data-pick]").Select(box => box.HasAttribute("checked")));

        await Rows.RemoveAsync(shown[2]);
        list.FindAll(".bulk-acts .btn").Single(button => button.TextContent.Contains("Resolve", StringComparison.Ordinal)).Click();

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".bulk")));
        var said = list.FindAll(".bulk-said p").Select(line => line.TextContent).ToList();
        Assert.Equal("Done for 1.", said[0]);
        Assert.StartsWith("Not done for ", said[1], StringComparison.Ordinal);
        Assert.Equal(2, said.Count);
        list.WaitForAssertion(() => Assert.DoesNotContain(shown[0], list.FindAll("a.row").Select(row => long.Parse(row.GetAttribute("data-id")!, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task The_menu_of_a_row_acts_on_that_row_alone_and_on_all_chosen_ones_when_it_is_one_of_them()
    {
        foreach (var name in (string[])["Amina Said", "Boris Yel", "Carla Diaz"])
        {
            await Rows.ConversationAsync(name, TimeSpan.FromHours(10));
        }

        var list = RenderList();
        list.WaitForAssertion(() => Assert.Equal(3, Names(list).Count()));
        var shown = list.FindAll("a.row").Select(row => long.Parse(row.GetAttribute("data-id")!, CultureInfo.InvariantCulture)).ToList();
        Assert.Empty(list.FindAll("[data-row-menu] [role^=menuitem]"));
        Assert.False(await list.InvokeAsync(() => list.Instance.MenuAsync(987_654)));

        Assert.True(await list.InvokeAsync(() => list.Instance.MenuAsync(shown[1])));
        await Item(list, "Assign").ClickAsync();
        Assert.Equal("Assign", list.Find("[data-row-menu]").GetAttribute("data-page"));
        list.FindAll("[data-row-menu] [role=menuitemradio]").Single(item => item.TextContent.Contains(Ana.DisplayName, StringComparison.Ordinal)).Click();
        list.WaitForAssertion(() => Assert.Equal(Ana.DisplayName, list.Find($"a.row[data-id='{shown[1]}'] .row-assignee").TextContent.Trim()));
        Assert.Single(list.FindAll(".row-assignee"));

        Assert.True(await list.InvokeAsync(() => list.Instance.MenuAsync(shown[0])));
        Assert.Equal("Acts", list.Find("[data-row-menu]").GetAttribute("data-page"));
        Item(list, "Select").Click();
        await list.InvokeAsync(() => list.Instance.PickAsync(shown[1], range: false));
        Assert.True(await list.InvokeAsync(() => list.Instance.MenuAsync(shown[1])));
        Assert.Equal("2 selected", list.Find("[data-row-menu]").GetAttribute("aria-label"));
        Item(list, "Resolve").Click();

        list.WaitForAssertion(() => Assert.Equal(shown[2], long.Parse(list.FindAll("a.row").Single().GetAttribute("data-id")!, CultureInfo.InvariantCulture)));
        Assert.Empty(list.FindAll(".bulk"));

        static AngleSharp.Dom.IElement Item(IRenderedComponent<ConversationList> list, string text) =>
            list.FindAll("[data-row-menu] [role=menuitem]").Single(item => item.TextContent.Trim().TrimEnd('›').Trim() == text);
    }

    [Fact]
    public async Task Words_that_are_shown_already_are_asked_for_again_without_going_anywhere()
    {
        List<InboxView> gone = [];
        var list = RenderList(InboxView.Default.SearchFor("amina"), gone.Add);

        await list.InvokeAsync(() => list.Instance.SearchAsync(" amina "));
        Assert.Empty(gone);

        await list.InvokeAsync(() => list.Instance.SearchAsync("amin"));
        Assert.Equal("amin", Assert.Single(gone).Search);
    }

    [Theory]
    [InlineData(ConversationStatus.Open, "Nothing assigned to you")]
    [InlineData(ConversationStatus.Snoozed, "Nothing here")]
    public void An_empty_list_of_ones_own_advises_to_take_a_conversation_only_where_no_filter_hides_some(ConversationStatus status, string title)
    {
        var list = RenderList(InboxView.Default with { Tab = InboxTab.Mine, Status = status });

        list.WaitForAssertion(() => Assert.Equal(title, list.Find(".empty strong").TextContent));
    }

    private static IEnumerable<string> Counts(IRenderedComponent<ConversationList> list) =>
        list.FindAll(".tab-count").Select(count => count.TextContent);

    private static IEnumerable<string> Names(IRenderedComponent<ConversationList> list) =>
        list.FindAll(".row-name").Select(name => name.TextContent.Trim());

    private IRenderedComponent<ConversationList> RenderList(InboxView? view = null, Action<InboxView>? asked = null) => Render<ConversationList>(parameters => parameters
        .Add(list => list.View, view ?? InboxView.Default)
        .Add(list => list.Viewer, Berlin)
        .Add(list => list.Numbers, [])
        .Add(list => list.OnView, view => asked?.Invoke(view)));
}
