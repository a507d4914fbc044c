using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using static WaConsole.Core.Tests.Sending.GateLimitsBench;

namespace WaConsole.Core.Tests.Sending;

/// <summary>How many offers a person gets, and not at night.</summary>
public sealed class MarketingLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Marketing_stops_at_the_cap_and_an_agent_in_a_live_conversation_is_not_held(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null, MarketingAtMost = 2, MarketingDays = 7 });
        var conversation = await bench.ConversationAsync(null);
        await OptInAsync(bench);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("1")));
        var second = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("2")));

        Assert.Equal("marketing_cap", Code(await bench.ReplyAsync(conversation, Offer("3"))));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, second.MessageId));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, QueueBench.Noon.AddHours(5)), Token));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("3")));
        Assert.Equal("marketing_cap", Code(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), Offer("4"), Lane: OutboxLane.Automation), Token)));
    }

    [Theory, EveryDatabase]
    public async Task Two_accounts_of_one_business_share_the_cap_and_those_of_two_businesses_do_not(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var rules = new GateSettings { QuietFrom = null, QuietTo = null, MarketingAtMost = 2, MarketingDays = 7 };
        var first = await bench.ConversationAsync(null);
        await OptInAsync(bench);
        var (account, second) = await SecondAccountAsync(bench, first);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(first, Offer("1")));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(first, Offer("2")));

        Assert.Equal("marketing_cap", await AtAsync(["Alder & Oak"], [" ALDER & OAK", "Alder"]));
        Assert.Equal("marketing_cap", await AtAsync([], ["Alder & Oak"]));
        Assert.Null(await AtAsync(["Cedar Sofas"], ["Alder & Oak"]));
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.PortfolioId, "one"), Token));
        Assert.Equal("marketing_cap", await AtAsync(["Cedar Sofas"], ["Alder & Oak"]));

        async Task<string?> AtAsync(IReadOnlyList<string> names, IReadOnlyList<string> others)
        {
            await bench.RulesAsync(rules with { BusinessNames = names });
            Assert.IsType<SaveGateSettingsOutcome.Saved>(
                await bench.Core.Get<SaveGateSettings>().RunAsync(Caller.System, account, rules with { BusinessNames = others }, Token));
            return await bench.Core.Get<AskGate>().RunAsync(QueueBench.Agent, second, Offer("3"), Token) is GateVerdict.Refused refused ? refused.Why.Code : null;
        }
    }

    [Theory, EveryDatabase]
    public async Task Marketing_waits_for_the_day_where_the_person_lives_and_a_country_may_have_its_own_night(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { Countries = [new CountryRule("JP", new TimeOnly(23, 0), new TimeOnly(6, 0), null)] });
        var berlin = await bench.ConversationAsync(null, c => c.Contact.Country = "DE");
        var angeles = await bench.ConversationAsync(null, c => c.Contact.Country = "US", "12135550123");
        var tokyo = await bench.ConversationAsync(null, c => c.Contact.Country = "JP", "819012345678");

        await OptInAsync(bench);

        // Noon in London: one in the afternoon in Berlin, four in the morning in California, nine in the evening in Tokyo.
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(berlin, Offer("1")));
        var quiet = Assert.IsType<SendReplyOutcome.Refused>(await bench.ReplyAsync(angeles, Offer("1"))).Why;
        Assert.Equal("quiet_hours", quiet.Code);
        Assert.Contains("2026-11-24 16:00", quiet.Remedy, StringComparison.Ordinal);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(tokyo, Offer("1")));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(angeles, Notice("Ana")));
        bench.Clock.Advance(TimeSpan.FromHours(4));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(angeles, Offer("1")));
    }

    [Theory, EveryDatabase]
    public async Task The_night_of_whose_law_somebody_agreed_under_comes_before_that_of_their_number(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings
        {
            QuietFrom = null,
            QuietTo = null,
            Countries = [new CountryRule("DE", new TimeOnly(18, 0), new TimeOnly(9, 0), null), new CountryRule("JP", new TimeOnly(23, 0), new TimeOnly(6, 0), null)],
        });
        var tokyo = await bench.ConversationAsync(null, c => c.Contact.Country = "JP", "819012345678");

        await OptInAsync(bench);

        // Nine in the evening in Tokyo; they agreed under the law of Germany, whose rule begins at six.
        Assert.Equal("quiet_hours", Code(await bench.ReplyAsync(tokyo, Offer("1"))));
    }
}
