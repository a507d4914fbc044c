using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>
/// Both databases are asked how they run the statements a screen sends all the time, on 100,000 rows: on SQLite by the words of the plan,
/// on PostgreSQL by the rows each step touched.
/// </summary>
[Collection(nameof(PlanHosts))]
public sealed partial class InboxPlanTests(PlanHosts hosts)
{
    /// <summary>The small indexes of waiting, window and unread are read to their end for a filter that nothing meets: 5,000 rows each here.</summary>
    private const int MostRows = 5_500;

    [Theory, EveryDatabase]
    public async Task No_mix_of_filter_and_sort_reads_more_than_its_page_or_one_small_index(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        long?[] numbers = [null, host.NumberId, host.NumberId + 1];
        ConversationStatus?[] statuses = [.. Enum.GetValues<ConversationStatus>().Select(status => (ConversationStatus?)status), null];
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            foreach (var query in from tab in Enum.GetValues<InboxTab>()
                                  from status in statuses
                                  from number in numbers
                                  select new InboxQuery(tab, status, sort, NumberId: number, Limit: 10))
            {
                var first = await ReadAsync(host, query);
                await IsCheapAsync(host, query);
                if (first.Next is not null)
                {
                    await IsCheapAsync(host, query with { Cursor = first.Next });
                    await IsCheapAsync(host, query with { Cursor = first.Next, Backwards = true });
                }
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Each_sort_is_read_from_its_own_index(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        await UsesAsync("IX_Conversations_Status_LastActivityAtUtc_Id", new InboxQuery());
        await UsesAsync("IX_Conversations_Status_LastActivityAtUtc_Id", new InboxQuery(Status: null));
        await UsesAsync("IX_Conversations_Waiting", new InboxQuery(Sort: InboxSort.LongestWaiting));
        await UsesAsync("IX_Conversations_Window", new InboxQuery(Sort: InboxSort.WindowClosingFirst));
        await UsesAsync("IX_Conversations_Window", new InboxQuery(Sort: InboxSort.OpenWindows));
        await UsesAsync("IX_Conversations_Window", new InboxQuery(Sort: InboxSort.ClosingSoon));
        await UsesAsync("IX_Conversations_Status_LastActivityAtUtc_Id", new InboxQuery(Sort: InboxSort.ClosedWindows));
        await UsesAsync("IX_Conversations_Unread", new InboxQuery(Sort: InboxSort.UnreadFirst));
        await UsesAsync("IX_Conversations_Assignee", new InboxQuery(InboxTab.Mine));
        await UsesAsync("IX_Conversations_Assignee", new InboxQuery(InboxTab.Unassigned));
        await UsesAsync("IX_Conversations_NumberId_Status_LastActivityAtUtc_Id", new InboxQuery(NumberId: host.NumberId + 1));

        async Task UsesAsync(string index, InboxQuery query)
        {
            var plans = await ListPlansAsync(host, query with { Limit = 10 });
            Assert.Contains(index, plans[0].Text, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Counting_reads_indexes_and_stops_at_its_limit(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var plan = Assert.Single(
            await hosts.Seen.PlansAsync(host, () => host.Get<ListInbox>().CountAsync(Me, new InboxQuery(Status: null), CancellationToken.None)),
            plan => plan.Sql.Contains("COUNT(*)", StringComparison.Ordinal));

        if (provider == DatabaseProvider.Sqlite)
        {
            Assert.DoesNotMatch(@"(SCAN|SEARCH) Conversations USING (?!COVERING)|SCAN Conversations$", plan.Text);
        }
        else
        {
            Assert.InRange(plan.MostRows, 1, ListInbox.MaxCount);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_page_of_a_thread_is_a_range_of_its_index(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var plans = await hosts.Seen.PlansAsync(
            host, () => host.Get<ReadThread>().RunAsync(Me, 1_000, before: 90_000, 40, CancellationToken.None));

        Assert.Contains("IX_Messages_ConversationId_Id", plans[1].Text, StringComparison.Ordinal);
        AssertCheap(provider, plans[1], 50);
    }

    [Theory, EveryDatabase]
    public async Task A_search_reads_the_newest_and_then_one_index(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var rare = await hosts.Seen.PlansAsync(
            host, () => host.Get<ListInbox>().RunAsync(Me, new InboxQuery(Status: null, Search: "needle"), CancellationToken.None));
        var frequent = await hosts.Seen.PlansAsync(
            host, () => host.Get<ListInbox>().RunAsync(Me, new InboxQuery(Status: null, Search: "order"), CancellationToken.None));
        var person = await hosts.Seen.PlansAsync(
            host, () => host.Get<ListInbox>().RunAsync(Me, new InboxQuery(Status: null, Search: "customer 4711"), CancellationToken.None));

        var (texts, names) = provider == DatabaseProvider.Sqlite
            ? ("SCAN s VIRTUAL TABLE INDEX", "SCAN s VIRTUAL TABLE INDEX")
            : ("IX_Messages_TextSearch", "IX_Contacts_SearchText");
        Assert.Contains(rare, plan => plan.Sql.Contains("TextSearch", StringComparison.Ordinal) || plan.Sql.Contains("MessageSearch", StringComparison.Ordinal));
        Assert.Contains(rare, plan => plan.Text.Contains(texts, StringComparison.Ordinal));
        Assert.DoesNotContain(frequent, plan => plan.Sql.Contains("TextSearch", StringComparison.Ordinal) || plan.Sql.Contains("\"MessageSearch\"", StringComparison.Ordinal));
        Assert.Contains(person, plan => plan.Text.Contains(names, StringComparison.Ordinal));
        Assert.All(
            [.. rare.Concat(frequent).Concat(person).Where(plan => !plan.Sql.Contains("LIMIT 4000", StringComparison.Ordinal))],
            plan => AssertCheap(provider, plan, 4 * SearchInbox.Newest));
    }

    [Theory, EveryDatabase]
    public async Task What_a_long_conversation_cost_and_ordered_is_read_without_its_other_messages(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var plans = await hosts.Seen.PlansAsync(
            host, () => host.Get<ReadPanelFacts>().RunAsync(Me, PlanHosts.Long, CancellationToken.None));

        Assert.Contains("IX_Messages_Charged", Plan("PricingType").Text, StringComparison.Ordinal);
        Assert.Contains("IX_Messages_Orders", Plan("\"Kind\" = 11").Text, StringComparison.Ordinal);
        Assert.All(plans, plan => AssertCheap(provider, plan, 20));

        Plan Plan(string asks) => Assert.Single(plans, plan => plan.Sql.Contains(asks, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Windows_that_close_unanswered_are_found_without_the_others(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var plans = await hosts.Seen.PlansAsync(host, () => host.Get<TellClosing>().RunAsync(CancellationToken.None));

        var plan = Assert.Single(plans, plan => plan.Sql.Contains("ClosingToldAtUtc", StringComparison.Ordinal));
        Assert.Contains("IX_Conversations_Closing", plan.Text, StringComparison.Ordinal);
        Assert.True(provider == DatabaseProvider.Sqlite || plan.MostRows <= 100, plan.Text);
    }

    [Theory, EveryDatabase]
    public async Task Contacts_by_name_are_read_from_their_index_page_by_page(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        var list = host.Get<ListContacts>();
        var caller = Me with { Numbers = new HashSet<long> { host.NumberId } };
        foreach (var asks in (Caller[])[Me, caller])
        {
            string? cursor = null;
            for (var page = 0; page < 3; page++)
            {
                ContactList? read = null;
                var plans = await hosts.Seen.PlansAsync(host, async () => read = await list.RunAsync(
                    asks, new ContactQuery(Cursor: cursor, Limit: 20, Sort: ContactSort.Name), CancellationToken.None));
                Assert.Contains("IX_Contacts_SortKey_Id", plans[0].Text, StringComparison.Ordinal);
                Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", plans[0].Text, StringComparison.Ordinal);
                Assert.True(provider == DatabaseProvider.Sqlite || plans[0].MostRows <= 200, plans[0].Text);
                cursor = read!.Next;
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Windows_that_end_are_found_without_the_windows_that_ended(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        var plans = await hosts.Seen.PlansAsync(
            host,
            () => host.WithDbAsync(db => db.Conversations.Where(c => !c.WindowExpiryAnnounced && c.WindowExpiresAtUtc <= now).Select(c => c.Id).ToListAsync()));

        Assert.Contains("IX_Conversations_Expiring", plans[0].Text, StringComparison.Ordinal);
    }

    private static Caller Me { get; } = new(12, "Ines", Role.Agent, Numbers: null);

    private static Task<InboxPage> ReadAsync(CoreHost host, InboxQuery query) => host.Get<ListInbox>().RunAsync(Me, query, CancellationToken.None);

    private async Task<IReadOnlyList<Plan>> ListPlansAsync(CoreHost host, InboxQuery query) =>
        [.. (await hosts.Seen.PlansAsync(host, () => ReadAsync(host, query))).Where(plan => plan.Sql.Contains("\"Key\"", StringComparison.Ordinal))];

    private async Task IsCheapAsync(CoreHost host, InboxQuery query)
    {
        var plans = await ListPlansAsync(host, query);
        Assert.NotEmpty(plans);
        foreach (var plan in plans)
        {
            AssertCheap(host.Database.Provider, plan, MostRows);
            if (host.Database.Provider == DatabaseProvider.Sqlite)
            {
                // The pages of joined ranges are sorted; nothing else is.
                Assert.False(SortsRows().IsMatch(plan.Text), $"{query}\n{plan.Sql}\n{plan.Text}");
            }
        }
    }

    [GeneratedRegex(@"(?<!SCAN (r\d+|u)\n)USE TEMP B-TREE", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SortsRows();

    private static void AssertCheap(DatabaseProvider provider, Plan plan, int mostRows)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            Assert.DoesNotMatch(@"(?m)SCAN (Conversations|Messages|Contacts|[cmk])$", plan.Text);
        }
        else
        {
            Assert.True(plan.MostRows <= mostRows, plan.Sql + "\n" + plan.Text);
        }
    }
}
