using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class InboxTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Every_sort_pages_through_each_conversation_once_in_its_order(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        for (var i = 0; i < 23; i++)
        {
            await SeedAsync(host, i);
        }

        var rows = await PagesAsync(host, InboxSort.Newest, 5);
        Assert.Equal(rows.OrderByDescending(r => r.LastActivityAtUtc).ThenByDescending(r => r.Id), rows);

        rows = await PagesAsync(host, InboxSort.LongestWaiting, 5);
        Assert.Equal(
            rows.OrderBy(r => r.WaitingSinceUtc is null).ThenBy(r => r.WaitingSinceUtc)
                .ThenByDescending(r => r.WaitingSinceUtc is null ? r.LastActivityAtUtc : default)
                .ThenBy(r => r.WaitingSinceUtc is null ? -r.Id : r.Id),
            rows);

        rows = await PagesAsync(host, InboxSort.WindowClosingFirst, 5);
        Assert.Equal(
            rows.OrderBy(r => r.Window.State != WindowState.Open)
                .ThenBy(r => r.Window.State == WindowState.Open ? r.Window.ExpiresAtUtc : null)
                .ThenByDescending(r => r.Window.State == WindowState.Open ? default : r.LastActivityAtUtc)
                .ThenBy(r => r.Window.State == WindowState.Open ? r.Id : -r.Id),
            rows);

        rows = await PagesAsync(host, InboxSort.UnreadFirst, 5);
        Assert.Equal(rows.OrderBy(r => r.Unread == 0).ThenByDescending(r => r.LastActivityAtUtc).ThenByDescending(r => r.Id), rows);
    }

    [Theory, EveryDatabase]
    public async Task From_the_end_back_to_the_top_the_same_rows_come_in_the_same_order(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        for (var i = 0; i < 23; i++)
        {
            await SeedAsync(host, i);
        }

        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            var down = await PagesAsync(host, sort, 5);
            var page = await ListAsync(host, new InboxQuery(Sort: sort, Limit: 5));
            while (page.Next is not null)
            {
                page = await ListAsync(host, new InboxQuery(Sort: sort, Limit: 5, Cursor: page.Next));
            }

            List<InboxRow> up = [.. page.Rows];
            while (page.Start is { } start)
            {
                page = await ListAsync(host, new InboxQuery(Sort: sort, Limit: 5, Cursor: start, Backwards: true));
                Assert.Equal(start, page.Next);
                up.InsertRange(0, page.Rows);
            }

            Assert.Equal(down, up);
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_status_and_several_numbers_are_one_list(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        var ids = new List<long>();
        for (var i = 0; i < 16; i++)
        {
            ids.Add(await new SeedConversation
            {
                NumberId = host.NumberId + (i / 4 % 2),
                Status = (ConversationStatus)(1 + (i % 4)),
                AssigneeId = i < 8 ? null : 7,
                LastActivityAtUtc = Now.AddMinutes(-i),
            }.WriteAsync(host.Get<Store>()));
        }

        var every = new Caller(7, "Ines", Role.Agent, null);
        var both = every with { Numbers = new HashSet<long> { host.NumberId, host.NumberId + 1 } };
        foreach (var caller in (Caller[])[every, both])
        {
            Assert.Equal(ids, await IdsAsync(host, caller, new InboxQuery(Status: null)));
            Assert.Equal(ids[8..], await IdsAsync(host, caller, new InboxQuery(InboxTab.Mine, Status: null)));
            Assert.Equal(ids[..8], await IdsAsync(host, caller, new InboxQuery(InboxTab.Unassigned, Status: null)));
            Assert.Equal([ids[0], ids[4], ids[8], ids[12]], await IdsAsync(host, caller, new InboxQuery()));
            Assert.Equal([ids[8], ids[12]], await IdsAsync(host, caller, new InboxQuery(InboxTab.Mine)));
            Assert.Equal([ids[8], ids[12]], await IdsAsync(host, caller, new InboxQuery(InboxTab.Mine, Search: "amina")));
            Assert.Equal(ids[..8], await IdsAsync(host, caller, new InboxQuery(InboxTab.Unassigned, Status: null, Search: "amina")));
        }
    }

    [Theory, EveryDatabase]
    public async Task Only_open_windows_are_listed_the_next_to_close_first_and_a_changed_row_of_a_closed_one_has_no_place(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero));
        await using var host = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        List<long> ids = [];
        foreach (var hours in (int[])[20, -1, 3, 10])
        {
            ids.Add(await new SeedConversation { NumberId = host.NumberId, WindowExpiresAtUtc = Now.AddHours(hours) }.WriteAsync(host.Get<Store>()));
        }

        var query = new InboxQuery(Sort: InboxSort.OpenWindows, Limit: 2);
        var first = await ListAsync(host, query);
        var second = await ListAsync(host, query with { Cursor = first.Next });
        Assert.Equal([ids[2], ids[3], ids[0]], first.Rows.Concat(second.Rows).Select(row => row.Id));
        Assert.Null(second.Next);

        var changed = await host.Get<ReadInboxRows>().RunAsync(Caller.System, query, ids, CancellationToken.None);
        Assert.Equal([ids[0], ids[2], ids[3]], changed!.Select(row => row.Id).Order());
    }

    [Theory, EveryDatabase]
    public async Task Windows_that_close_in_under_four_hours_and_closed_ones_are_lists_of_their_own_for_a_changed_row_too(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero));
        await using var host = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        List<long> ids = [];
        foreach (var minutes in (int?[])[239, -60, 61, 241, null, 0])
        {
            ids.Add(await new SeedConversation
            {
                NumberId = host.NumberId,
                WindowExpiresAtUtc = minutes is { } left ? Now.AddMinutes(left) : null,
                LastActivityAtUtc = Now.AddMinutes(-ids.Count),
            }.WriteAsync(host.Get<Store>()));
        }

        foreach (var (sort, listed) in ((InboxSort, long[])[])[(InboxSort.ClosingSoon, [ids[2], ids[0]]), (InboxSort.ClosedWindows, [ids[1], ids[4], ids[5]])])
        {
            var query = new InboxQuery(Sort: sort, Limit: 2);
            var first = await ListAsync(host, query);
            var second = first.Next is null ? [] : (await ListAsync(host, query with { Cursor = first.Next })).Rows;
            Assert.Equal(listed, first.Rows.Concat(second).Select(row => row.Id));

            var changed = await host.Get<ReadInboxRows>().RunAsync(Caller.System, query, ids, CancellationToken.None);
            Assert.Equal(listed.Order(), changed!.Select(row => row.Id).Order());
        }
    }

    [Theory, EveryDatabase]
    public async Task A_window_that_closes_while_paging_shows_its_row_once(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero));
        await using var host = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        for (var i = 1; i <= 6; i++)
        {
            await new SeedConversation { NumberId = host.NumberId, WindowExpiresAtUtc = Now.AddMinutes(10 * i) }.WriteAsync(host.Get<Store>());
        }

        var first = await ListAsync(host, new InboxQuery(Sort: InboxSort.WindowClosingFirst, Limit: 3));
        clock.Advance(TimeSpan.FromMinutes(25));
        var second = await ListAsync(host, new InboxQuery(Sort: InboxSort.WindowClosingFirst, Limit: 3, Cursor: first.Next));

        Assert.Equal(6, first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count());
        Assert.Null(second.Next);
    }

    [Theory, EveryDatabase]
    public async Task Tabs_and_status_filter_and_counts_agree(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        var store = host.Get<Store>();
        var me = await new SeedAgent("Ines").WriteAsync(store);
        var mine = await new SeedConversation { NumberId = host.NumberId, AssigneeId = me.AgentId, Unread = 2 }.WriteAsync(store);
        var free = await new SeedConversation { NumberId = host.NumberId }.WriteAsync(store);
        var done = await new SeedConversation { NumberId = host.NumberId, Status = ConversationStatus.Resolved }.WriteAsync(store);

        Assert.Equal([mine], await IdsAsync(host, me, new InboxQuery(InboxTab.Mine)));
        Assert.Equal([free], await IdsAsync(host, me, new InboxQuery(InboxTab.Unassigned)));
        Assert.Equal([free, mine], await IdsAsync(host, me, new InboxQuery()));
        Assert.Equal([done], await IdsAsync(host, me, new InboxQuery(Status: ConversationStatus.Resolved)));
        Assert.Equal([done, free, mine], await IdsAsync(host, me, new InboxQuery(Status: null)));
        Assert.Equal(
            new InboxCounts(1, 1, 2, 1), await host.Get<ListInbox>().CountAsync(me, new InboxQuery(), CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task The_row_names_its_assignee(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        var me = await new SeedAgent("Ines").WriteAsync(host.Get<Store>());
        await new SeedConversation { NumberId = host.NumberId, AssigneeId = me.AgentId }.WriteAsync(host.Get<Store>());

        var row = Assert.Single((await ListAsync(host, new InboxQuery())).Rows);

        Assert.Equal(("Ines", "Amina Duarte", "Berlin shop"), (row.AssigneeName, row.Name, row.NumberName));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_with_one_number_sees_counts_and_finds_only_that_number(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        var store = host.Get<Store>();
        var other = host.NumberId + 1;
        var visible = await new SeedConversation { NumberId = host.NumberId, Texts = ["blue bicycle"] }.WriteAsync(store);
        await new SeedConversation { NumberId = other, Texts = ["blue bicycle"], Unread = 1 }.WriteAsync(store);
        var caller = new Caller(null, "Ines", Role.Agent, new HashSet<long> { host.NumberId });

        Assert.Equal([visible], await IdsAsync(host, caller, new InboxQuery()));
        Assert.Equal([visible], await IdsAsync(host, caller, new InboxQuery(Search: "bicycle")));
        Assert.Equal([visible], await IdsAsync(host, caller, new InboxQuery(Search: "amina")));
        Assert.Equal(
            new InboxCounts(0, 1, 1, 0), await host.Get<ListInbox>().CountAsync(caller, new InboxQuery(), CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => IdsAsync(host, caller, new InboxQuery(NumberId: other)));
    }

    [Theory, EveryDatabase]
    public async Task A_caller_without_any_number_sees_nothing(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        await new SeedConversation { NumberId = host.NumberId, Texts = ["hello"] }.WriteAsync(host.Get<Store>());
        var caller = new Caller(1, "New", Role.Agent, new HashSet<long>());

        Assert.Empty(await IdsAsync(host, caller, new InboxQuery()));
        Assert.Empty(await IdsAsync(host, caller, new InboxQuery(Search: "hello")));
    }

    [Fact]
    public async Task The_tab_mine_of_a_program_is_empty_and_not_everything_unassigned()
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);
        await new SeedConversation { NumberId = host.NumberId }.WriteAsync(host.Get<Store>());

        Assert.Empty(await IdsAsync(host, Caller.System, new InboxQuery(InboxTab.Mine)));
    }

    [Fact]
    public async Task A_marketer_is_refused()
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);
        var marketer = new Caller(1, "Mara", Role.Marketer, null);

        await Assert.ThrowsAsync<NotAllowedException>(() => IdsAsync(host, marketer, new InboxQuery()));
        await Assert.ThrowsAsync<NotAllowedException>(
            () => host.Get<ListInbox>().CountAsync(marketer, new InboxQuery(), CancellationToken.None));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("MS4wLjE")]
    [InlineData("MS4wLjkyMjMzNzIwMzY4NTQ3NzU4MDcuMS4x")]
    [InlineData("Mi4wLjEuMS4x")]
    [InlineData("MS43LjEuMS4x")]
    public async Task A_cursor_that_is_not_ours_is_refused(string cursor)
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);

        await Assert.ThrowsAsync<InvalidCursorException>(() => ListAsync(host, new InboxQuery(Cursor: cursor)));
    }

    private static Task<CoreHost> StartAsync(DatabaseProvider provider) =>
        CoreHost.StartAsync(provider, new CoreHostOptions { Clock = new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero)) });

    private static Task<long> SeedAsync(CoreHost host, int i) => new SeedConversation
    {
        NumberId = host.NumberId,
        Name = $"Customer {i}",
        Unread = i % 3,
        LastActivityAtUtc = Now.AddMinutes(-(i / 2)),
        WaitingSinceUtc = i % 4 == 0 ? null : Now.AddMinutes(-(i / 2)),
        WindowExpiresAtUtc = (i % 5) switch { 0 => null, 1 => Now.AddHours(-i), _ => Now.AddHours(i / 2).AddMinutes(5) },
    }.WriteAsync(host.Get<Store>());

    private static Task<InboxPage> ListAsync(CoreHost host, InboxQuery query) =>
        host.Get<ListInbox>().RunAsync(Caller.System, query, CancellationToken.None);

    private static async Task<IReadOnlyList<long>> IdsAsync(CoreHost host, Caller caller, InboxQuery query) =>
        [.. (await host.Get<ListInbox>().RunAsync(caller, query, CancellationToken.None)).Rows.Select(r => r.Id)];

    private static async Task<IReadOnlyList<InboxRow>> PagesAsync(CoreHost host, InboxSort sort, int limit)
    {
        List<InboxRow> rows = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync(host, new InboxQuery(Sort: sort, Limit: limit, Cursor: cursor));
            Assert.InRange(page.Rows.Count, 1, limit);
            rows.AddRange(page.Rows);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(rows.Count, rows.Select(r => r.Id).Distinct().Count());
        switch (sort)
        {
            case InboxSort.OpenWindows or InboxSort.ClosingSoon:
                Assert.All(rows, row => Assert.Equal(WindowState.Open, row.Window.State));
                break;
            case InboxSort.ClosedWindows:
                Assert.All(rows, row => Assert.NotEqual(WindowState.Open, row.Window.State));
                break;
            default:
                Assert.Equal(23, rows.Count);
                break;
        }

        return rows;
    }
}
