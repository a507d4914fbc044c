using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using static WaConsole.Core.Tests.Sending.GateLimitsBench;

namespace WaConsole.Core.Tests.Sending;

/// <summary>How many people a portfolio may write to first, as WhatsApp lets it.</summary>
public sealed class PortfolioLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_portfolio_reaches_no_more_people_outside_their_window_than_WhatsApp_lets_it(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, 2), Token));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234501", "1"));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234502", "1"));

        Assert.Equal("portfolio_limit", Code(await SendAsync(bench, "491701234503", "1")));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234502", "2"));
        var wrote = await bench.ConversationAsync(QueueBench.Noon.AddHours(5), phone: "491701234504");
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(wrote, Notice("1")));
        bench.Clock.Advance(TimeSpan.FromHours(25));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234503", "1"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_written_to_inside_their_window_takes_nobodys_place_in_the_same_request(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, 1), Token));
        await KnowAsync(bench, await bench.ConversationAsync(QueueBench.Noon.AddHours(5), phone: "491701234504"));

        var outcomes = await bench.Core.Get<SendToMany>().RunAsync(
            QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast, [One("491701234504", "1"), One("491701234505", "1"), One("491701234506", "1")], Token);

        Assert.IsType<SendReplyOutcome.Queued>(outcomes[0]);
        Assert.IsType<SendReplyOutcome.Queued>(outcomes[1]);
        Assert.Equal("portfolio_limit", Code(outcomes[2]));
    }

    [Theory, EveryDatabase]
    public async Task Far_from_its_limit_a_portfolio_counts_what_was_granted_since_it_counted(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, 5_000), Token));
        var portfolio = await bench.Core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.PortfolioId).SingleAsync(Token));
        Assert.Equal(5_000, await LeftAsync());

        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234501", "1"));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234502", "1"));

        Assert.Equal(4_998, await LeftAsync());

        Task<int> LeftAsync() => bench.Core.WithDbAsync(db => bench.Core.Get<PortfolioUse>().LeftAsync(db, portfolio, 5_000, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_limit_is_that_of_the_whole_portfolio_and_is_told_as_news_once(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var portfolio = await bench.Core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.PortfolioId).SingleAsync(Token));

        Assert.True(await bench.Core.WithDbAsync(db => RecordMessagingLimit.ApplyAsync(db, portfolio, "TIER_2K", Token)));
        Assert.False(await bench.Core.WithDbAsync(db => RecordMessagingLimit.ApplyAsync(db, portfolio, "TIER_2K", Token)));
        Assert.False(await bench.Core.WithDbAsync(db => RecordMessagingLimit.ApplyAsync(db, portfolio, null, Token)));
        Assert.Equal(2_000, await bench.Core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.MessagingLimit).SingleAsync(Token)));
    }

    [Theory]
    [InlineData("TIER_50", 50)]
    [InlineData("TIER_2K", 2_000)]
    [InlineData("TIER_100K", 100_000)]
    [InlineData("TIER_UNLIMITED", -1)]
    [InlineData("-1", -1)]
    [InlineData("2000", 2_000)]
    [InlineData("TIER_NOT_SET", null)]
    [InlineData("TIER_OF_TOMORROW", null)]
    [InlineData(null, null)]
    public void A_messaging_limit_is_read_as_a_tier_or_a_count(string? said, int? people) => Assert.Equal(people, MessagingLimits.Read(said));
}
