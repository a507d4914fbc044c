using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Both databases are asked how they would run the statements a screen sends all the time.</summary>
public sealed class InboxPlanTests
{
    private const int Rows = 3_000;

    [Theory, EveryDatabase]
    public async Task Each_sort_of_the_list_is_read_from_its_index_without_sorting(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var host = await SeenSql.StartAsync(provider, seen);
        await FillAsync(host);

        await Uses("IX_Conversations_Status_LastActivityAtUtc_Id", new InboxQuery());
        await Uses("IX_Conversations_LastActivityAtUtc_Id", new InboxQuery(Status: null));
        await Uses("IX_Conversations_WaitingSinceUtc_Id", new InboxQuery(Sort: InboxSort.LongestWaiting));
        await Uses("IX_Conversations_WindowExpiresAtUtc_Id", new InboxQuery(Sort: InboxSort.WindowClosingFirst));
        await Uses("IX_Conversations_Unread", new InboxQuery(Sort: InboxSort.UnreadFirst));
        await Uses("IX_Conversations_AssigneeId_Status_LastActivityAtUtc_Id", new InboxQuery(InboxTab.Mine));
        await Uses(
            provider == DatabaseProvider.Sqlite ? "IX_Conversations_AssigneeId_Status_LastActivityAtUtc_Id" : "IX_Conversations_Unassigned",
            new InboxQuery(InboxTab.Unassigned));
        await Uses("IX_Conversations_NumberId_Status_LastActivityAtUtc_Id", new InboxQuery(NumberId: host.NumberId + 1));

        async Task Uses(string index, InboxQuery query)
        {
            var next = (await host.Get<ListInbox>().RunAsync(Caller(host), query with { Limit = 10 }, CancellationToken.None)).Next;
            foreach (var cursor in (string?[])[null, next])
            {
                var plans = await seen.PlansAsync(
                    host, () => host.Get<ListInbox>().RunAsync(Caller(host), query with { Limit = 10, Cursor = cursor }, CancellationToken.None));
                Assert.True(plans[0].Contains(index, StringComparison.Ordinal), plans[0]);
                if (provider == DatabaseProvider.Sqlite)
                {
                    Assert.DoesNotContain("USE TEMP B-TREE", plans[0], StringComparison.Ordinal);
                    Assert.DoesNotMatch(@"SCAN c(?!\w| USING)", plans[0]);
                }
                else
                {
                    // The page is cut straight from the index; what is sorted after that are its eleven joined rows.
                    var cut = $@"Limit[^\n]*\n\s*->\s+Index Scan (Backward )?using ""?{index}";
                    Assert.True(Regex.IsMatch(plans[0], cut), plans[0]);
                }
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Counting_reads_indexes_only(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var host = await SeenSql.StartAsync(provider, seen);
        await FillAsync(host);

        var plans = await seen.PlansAsync(
            host, () => host.Get<ListInbox>().CountAsync(Caller(host), new InboxQuery(), CancellationToken.None));

        Assert.Equal(4, plans.Count);
        Assert.All(plans, plan => Assert.DoesNotMatch(provider == DatabaseProvider.Sqlite ? @"SCAN c(?!\w| USING)" : "Seq Scan", plan));
    }

    [Theory, EveryDatabase]
    public async Task A_page_of_a_thread_is_a_range_of_its_index(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var host = await SeenSql.StartAsync(provider, seen);
        await FillAsync(host);
        var conversation = await host.WithDbAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync());

        var plans = await seen.PlansAsync(
            host, () => host.Get<ReadThread>().RunAsync(Caller(host), conversation, before: 2_000, 40, CancellationToken.None));

        Assert.Contains("IX_Messages_ConversationId_Id", plans[1], StringComparison.Ordinal);
        Assert.DoesNotMatch(provider == DatabaseProvider.Sqlite ? @"SCAN m(?!\w| USING)" : "Seq Scan on \"Messages\"", plans[1]);
    }

    [Theory, EveryDatabase]
    public async Task Searching_reads_the_search_indexes(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var host = await SeenSql.StartAsync(provider, seen);
        await FillAsync(host);

        var plans = await seen.PlansAsync(
            host, () => host.Get<ListInbox>().RunAsync(Caller(host), new InboxQuery(Search: "needle"), CancellationToken.None),
            postgresWithout: "enable_indexscan");

        if (provider == DatabaseProvider.Sqlite)
        {
            Assert.Contains("SCAN ContactSearch VIRTUAL TABLE INDEX", plans[0], StringComparison.Ordinal);
            Assert.Contains("SCAN s VIRTUAL TABLE INDEX", plans[1], StringComparison.Ordinal);
            Assert.Contains("SEARCH m USING INTEGER PRIMARY KEY", plans[1], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("IX_Contacts_SearchText", plans[0], StringComparison.Ordinal);
            Assert.Contains("IX_Messages_TextSearch", plans[1], StringComparison.Ordinal);
        }
    }

    private static Caller Caller(CoreHost host) => new(7, "Ines", Role.Agent, Numbers: null);

    private static async Task FillAsync(CoreHost host)
    {
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await host.WithDbAsync(async db =>
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i < Rows; i++)
            {
                db.Conversations.Add(new Conversation
                {
                    Contact = new Contact { ProfileName = $"Customer {i}", SearchText = $"customer {i}" },
                    NumberId = i % 100 == 0 ? host.NumberId + 1 : host.NumberId,
                    Status = i % 10 == 0 ? ConversationStatus.Open : ConversationStatus.Resolved,
                    AssigneeId = (i / 10 % 30) == 5 ? null : 2 + (i / 10 % 30),
                    UnreadCount = i % 20 == 0 ? 2 : 0,
                    LastActivityAtUtc = start.AddMinutes(i),
                    WaitingSinceUtc = i % 20 == 0 ? start.AddMinutes(i) : null,
                    WindowExpiresAtUtc = i % 20 == 0 ? now.AddMinutes(i) : start,
                });
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            var ids = await db.Conversations.Select(c => c.Id).ToListAsync();
            for (var i = 0; i < Rows; i++)
            {
                db.Messages.Add(new Message
                {
                    ConversationId = ids[i % 500],
                    NumberId = host.NumberId,
                    Direction = MessageDirection.Inbound,
                    Kind = MessageKind.Text,
                    Text = $"line {i}",
                });
            }

            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlRawAsync("ANALYZE");
        });
    }
}
