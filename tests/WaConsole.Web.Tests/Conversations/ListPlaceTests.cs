using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

/// <summary>A list that places changed rows itself must show what a list that was read again shows.</summary>
public sealed class ListPlaceTests : IAsyncLifetime
{
    private const int Rounds = 12;

    private readonly Random _random = new(7);
    private readonly List<long> _all = [];
    private CoreHost _host = null!;
    private DateTime _now;

    public async ValueTask InitializeAsync()
    {
        // Time stands still: a window that closed between two readings would be in one of them only.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        _host = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Clock = clock });
        _now = _host.Get<WhatsAppClock>().UtcNow;
        for (var i = 0; i < InboxWindow.PageSize * 3; i++)
        {
            _all.Add(await Seed().WriteAsync(_host.Get<Store>()));
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<InboxSort, ConversationStatus?, bool> Lists()
    {
        var lists = new TheoryData<InboxSort, ConversationStatus?, bool>();
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            lists.Add(sort, ConversationStatus.Open, false);
            lists.Add(sort, null, true);
        }

        return lists;
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Placing_changed_rows_gives_what_reading_again_gives(InboxSort sort, ConversationStatus? status, bool scrolled)
    {
        var query = new InboxQuery(Status: status, Sort: sort, Limit: InboxWindow.PageSize);
        var start = scrolled ? (await PageAsync(query)).Next : null;
        var window = await ReadAsync(query, start, pages: 1);
        var placed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var ids = _all.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToHashSet();
            foreach (var id in ids)
            {
                await Seed().RewriteAsync(_host.Get<Store>(), id);
            }

            var merged = await MergeAsync(window, query, ids, _now);
            var again = await ReadAsync(query, start, window.Pages);
            if (!merged.Incomplete)
            {
                placed++;
                Assert.Equal(again.Rows.Select(row => row.Id), merged.Window.Rows.Select(row => row.Id));
                Assert.Equal(again.Rows, merged.Window.Rows);
                Assert.Equal(await IdsAfterAsync(query, again.Next), await IdsAfterAsync(query, merged.Window.Next));
            }

            window = merged.Incomplete ? again : merged.Window;
        }

        Assert.True(placed > Rounds / 4, $"{placed} of {Rounds} placed without reading the page");
    }

    [Fact]
    public async Task A_row_behind_the_last_one_shown_is_left_to_its_page()
    {
        var query = new InboxQuery(Status: null, Limit: InboxWindow.PageSize);
        var window = await ReadAsync(query, null, pages: 1);
        var below = (await PageAsync(query with { Cursor = window.Next })).Rows[3].Id;

        var merged = await MergeAsync(window, query, [below], _now);

        Assert.Same(window, merged.Window);
        Assert.Equal((false, true), (merged.Incomplete, merged.CountsMayDiffer));
    }

    [Fact]
    public async Task A_row_that_leaves_a_page_with_more_below_makes_it_incomplete()
    {
        var query = new InboxQuery(Status: ConversationStatus.Open, Limit: InboxWindow.PageSize);
        var window = await ReadAsync(query, null, pages: 1);
        var first = window.Rows[0].Id;
        await (Seed() with { Status = ConversationStatus.Resolved }).RewriteAsync(_host.Get<Store>(), first);

        var merged = await MergeAsync(window, query, [first], _now);

        Assert.DoesNotContain(first, merged.Window.Rows.Select(row => row.Id));
        Assert.Equal((true, true), (merged.Incomplete, merged.CountsMayDiffer));
    }

    [Fact]
    public async Task A_window_that_closed_since_the_page_was_read_makes_it_incomplete()
    {
        var query = new InboxQuery(Status: null, Sort: InboxSort.WindowClosingFirst, Limit: InboxWindow.PageSize);
        await (Seed() with { WindowExpiresAtUtc = _now.AddMinutes(5) }).RewriteAsync(_host.Get<Store>(), _all[0]);
        var window = await ReadAsync(query, null, pages: 1);
        Assert.Contains(_all[0], window.Rows.Select(row => row.Id));

        Assert.False((await MergeAsync(window, query, [_all[0]], _now)).Incomplete);
        Assert.True((await MergeAsync(window, query, [_all[0]], _now.AddMinutes(30))).Incomplete);
    }

    private async Task<PlacedRows> MergeAsync(InboxWindow window, InboxQuery query, IReadOnlyCollection<long> ids, DateTime now)
    {
        var fresh = await _host.Get<ReadInboxRows>().RunAsync(Caller.System, query, ids, CancellationToken.None);
        return new ListPlace(query.Sort, _now, now).Merge(window, ids, fresh!);
    }

    private async Task<InboxWindow> ReadAsync(InboxQuery query, string? start, int pages)
    {
        List<InboxPage> read = [await PageAsync(query with { Cursor = start })];
        while (read.Count < pages && read[^1].Next is { } next)
        {
            read.Add(await PageAsync(query with { Cursor = next }));
        }

        return InboxWindow.Of(read);
    }

    private async Task<IReadOnlyList<long>> IdsAfterAsync(InboxQuery query, string? cursor) =>
        cursor is null ? [] : [.. (await PageAsync(query with { Cursor = cursor })).Rows.Select(row => row.Id)];

    private Task<InboxPage> PageAsync(InboxQuery query) => _host.Get<ListInbox>().RunAsync(Caller.System, query, CancellationToken.None);

    private SeedConversation Seed() => new()
    {
        NumberId = _host.NumberId,
        LastActivityAtUtc = _now.AddMinutes(-_random.Next(1, 400)),
        Unread = _random.Next(0, 2),
        WaitingSinceUtc = _random.Next(3) == 0 ? null : _now.AddMinutes(-_random.Next(1, 400)),
        WindowExpiresAtUtc = _random.Next(4) == 0 ? null : _now.AddMinutes(_random.Next(-600, 1_400)),
        Status = _random.Next(4) == 0 ? ConversationStatus.Resolved : ConversationStatus.Open,
    };
}
