using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>More messages than a search reads as they are: what is old is found by the index, what is frequent among the newest.</summary>
[Collection(nameof(PlanHosts))]
public sealed class SearchAtSizeTests(PlanHosts hosts)
{
    [Theory, EveryDatabase]
    public async Task A_rare_word_is_found_however_old(DatabaseProvider provider)
    {
        var found = await FindAsync(provider, "needle");

        Assert.Equal(Needles(_ => true), found.Rows.Select(row => row.Id).Order());
        Assert.Equal(InboxCut.None, found.Cut);
    }

    [Theory, EveryDatabase]
    public async Task A_rare_word_beside_a_frequent_one_is_found_too(DatabaseProvider provider)
    {
        var found = await FindAsync(provider, "order needle");

        Assert.Equal(Needles(i => i % 3 == 0), found.Rows.Select(row => row.Id).Order());
        Assert.Equal(InboxCut.None, found.Cut);
    }

    [Theory, EveryDatabase]
    public async Task Of_a_frequent_word_the_newest_are_shown_and_that_older_ones_are_not(DatabaseProvider provider)
    {
        var found = await FindAsync(provider, "order");

        Assert.Equal(InboxCut.OlderLeftOut, found.Cut);
        Assert.Equal(50, found.Rows.Count);
    }

    [Theory, EveryDatabase]
    public async Task A_frequent_word_is_found_in_the_few_conversations_of_a_filter(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        var found = await host.Get<ListInbox>().RunAsync(
            Caller.System, new InboxQuery(Status: ConversationStatus.Snoozed, NumberId: host.NumberId, Search: "order"), CancellationToken.None);

        Assert.NotEmpty(found.Rows);
        Assert.All(found.Rows, row => Assert.Equal(ConversationStatus.Snoozed, row.Status));
    }

    [Theory, EveryDatabase]
    public async Task A_frequent_word_of_an_old_hour_is_found_there(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        const long Middle = PlanHosts.Rows / 2;
        var from = await host.WithDbAsync(async db => (await db.Messages.FindAsync(Middle))!.SentAtUtc);

        var found = await FindAsync(provider, "order", new SearchBounds(from, from.AddHours(1)));

        // One message a minute, every third an order.
        Assert.Equal(20, found.Rows.Count);
        Assert.Equal(InboxCut.None, found.Cut);
        Assert.All(found.Rows, row => Assert.InRange(row.Found!.MessageId, Middle, Middle + 60));
    }

    private async Task<InboxPage> FindAsync(DatabaseProvider provider, string typed, SearchBounds? bounds = null)
    {
        var host = await hosts.GetAsync(provider);
        return await host.Get<ListInbox>().RunAsync(
            Caller.System, new InboxQuery(Status: null, Search: typed, Bounds: bounds), CancellationToken.None);
    }

    private static IEnumerable<long> Needles(Func<int, bool> which) => Enumerable.Range(1, PlanHosts.Rows)
        .Where(i => i % 4_999 == 9 && which(i))
        .Select(i => 1L + (i % 5_000))
        .Distinct()
        .Order();
}
