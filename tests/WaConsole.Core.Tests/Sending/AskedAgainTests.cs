using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What may be queued need not be sendable when its turn comes: the limits are asked again, and what time alone stands against waits.</summary>
public sealed class AskedAgainTests
{
    private const string Body = """[{"type":"BODY","text":"Hello {{1}}"}]""";

    private static readonly ReplyContent.Template Voucher = new(
        "care_voucher", "en", new TemplateValues(new Dictionary<string, string> { ["body.1"] = "Amina", ["button.0"] = "CARE20" }));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Who_was_queued_for_in_their_window_needs_a_place_in_the_portfolios_limit_when_it_has_closed(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await LimitAsync(bench, 1);
        var inWindow = QueueBench.Noon.AddHours(1);
        var agents = await QueueAsync(bench, await bench.ConversationAsync(inWindow, phone: "491701234501"), Notice("1"));
        var broadcast = await QueueAsync(bench, await bench.ConversationAsync(inWindow, phone: "491701234502"), Notice("1"), OutboxLane.Broadcast);
        var outside = await QueueAsync(bench, await bench.ConversationAsync(null, phone: "491701234503"), Notice("1"));
        Assert.Equal(1, await ReachedAsync(bench));
        bench.Clock.Advance(TimeSpan.FromHours(2));

        var batch = await BeginAsync(bench);

        Assert.Equal([outside], batch.Ready.Select(ready => ready.Row.MessageId));
        Assert.Equal(
            [(agents, "portfolio_limit", null), (broadcast, "portfolio_limit", (DateTime?)QueueBench.Noon.AddHours(2).Add(PortfolioUse.Fresh))],
            batch.Refused.OrderBy(refused => refused.Row.MessageId).Select(refused => (refused.Row.MessageId, refused.Why.Code, refused.Why.UntilUtc)));
        Assert.Equal(1, await ReachedAsync(bench, since: QueueBench.Noon.AddHours(2)));

        await LimitAsync(bench, 2);
        await bench.Core.WithDbAsync(db => db.Outbox.Where(e => e.MessageId == agents || e.MessageId == broadcast).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, OutboxState.Waiting).SetProperty(e => e.LeasedBy, (Guid?)null).SetProperty(e => e.LeasedUntilUtc, (DateTime?)null), Token));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        batch = await BeginAsync(bench);
        Assert.Equal([agents], batch.Ready.Select(ready => ready.Row.MessageId));
        Assert.Equal([broadcast], batch.Refused.Select(refused => refused.Row.MessageId));
        Assert.Equal(2, await ReachedAsync(bench, since: QueueBench.Noon.AddHours(2)));
    }

    [Theory, EveryDatabase]
    public async Task What_leaves_at_once_is_not_noted_twice(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await LimitAsync(bench, 1);
        var message = await QueueAsync(bench, await bench.ConversationAsync(null), Notice("1"));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([message], (await BeginAsync(bench)).Ready.Select(ready => ready.Row.MessageId));

        Assert.Equal(0, await ReachedAsync(bench, since: QueueBench.Noon.AddMinutes(1)));
    }

    [Theory, EveryDatabase]
    public async Task An_offer_whose_turn_comes_at_night_does_not_leave_and_a_broadcast_waits_for_the_day(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings());
        var (first, second) = (await bench.ConversationAsync(null, phone: "491701234501"), await bench.ConversationAsync(null, phone: "491701234502"));
        await OptInAsync(bench);
        bench.Clock.Advance(TimeSpan.FromHours(8.9));
        var agents = await QueueAsync(bench, first, Offer("1"));
        var broadcast = await QueueAsync(bench, second, Offer("1"), OutboxLane.Broadcast);
        bench.Clock.Advance(TimeSpan.FromHours(0.1));

        var batch = await BeginAsync(bench);

        Assert.Empty(batch.Ready);
        Assert.Equal(
            [(agents, "quiet_hours", null), (broadcast, "quiet_hours", (DateTime?)QueueBench.Noon.AddHours(20))],
            batch.Refused.OrderBy(refused => refused.Row.MessageId).Select(refused => (refused.Row.MessageId, refused.Why.Code, refused.Why.UntilUtc)));
    }

    [Theory, EveryDatabase]
    public async Task What_could_wait_no_longer_than_its_deadline_comes_back_at_once(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings());
        var conversation = await bench.ConversationAsync(null);
        await OptInAsync(bench);
        var message = await QueueAsync(bench, conversation, Offer("1"), OutboxLane.Broadcast);
        await bench.Core.WithDbAsync(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(e => e.DeadlineAtUtc, QueueBench.Noon.AddHours(15)), Token));
        bench.Clock.Advance(TimeSpan.FromHours(10));

        var refused = Assert.Single((await BeginAsync(bench)).Refused);

        Assert.Equal((message, "quiet_hours", null), (refused.Row.MessageId, refused.Why.Code, refused.Why.UntilUtc));
    }

    [Theory, EveryDatabase]
    public async Task A_broadcast_that_runs_into_the_night_goes_on_in_the_morning(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        var (_, conversation) = await bench.CustomerAsync();
        await OptInAsync(bench.Core, QueueBench.Noon.AddDays(-1));
        Assert.IsType<SaveGateSettingsOutcome.Saved>(await bench.Core.Get<SaveGateSettings>().RunAsync(
            Caller.System, bench.Core.AccountId, new GateSettings { QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0), UtilityToAnybody = true }, Token));
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.Country, (string?)null), Token));
        bench.Hold();
        var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent, new Reply(conversation, Guid.CreateVersion7(), Voucher, Lane: OutboxLane.Broadcast), Token)).MessageId;

        bench.Clock.Advance(TimeSpan.FromHours(10));

        await bench.UntilAsync(async () => (await bench.EntryAsync(message)).NextAttemptAtUtc >= QueueBench.Noon.AddHours(20), "put off until the morning");
        Assert.Equal((OutboxState.Waiting, DeliveryStatus.Queued, 0), ((await bench.EntryAsync(message)).State, (await bench.MessageAsync(message)).Status, await bench.AcceptedAsync(message)));
        bench.Clock.Advance(TimeSpan.FromHours(10));
        await bench.UntilAsync(async () => await bench.AcceptedAsync(message) == 1, "sent by day");
    }

    [Theory, EveryDatabase]
    public async Task Of_two_offers_that_were_queued_the_one_past_a_cap_set_lower_meanwhile_stays_back(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var rules = new GateSettings { QuietFrom = null, QuietTo = null, MarketingAtMost = 2, MarketingDays = 7 };
        await bench.RulesAsync(rules);
        var conversation = await bench.ConversationAsync(null);
        await OptInAsync(bench);
        var first = await QueueAsync(bench, conversation, Offer("1"));
        var second = await QueueAsync(bench, conversation, Offer("2"));

        await bench.RulesAsync(rules with { MarketingAtMost = 1 });

        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, first));
        Assert.Equal("marketing_cap", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, second)).Why.Code);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_did_not_answer_more_than_is_allowed_meanwhile_gets_no_more_of_it_until_they_write_or_time_passes(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 3, UnansweredMinutes = 10 });
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        List<long> queued = [];
        foreach (var text in (string[])["One", "Two", "Three"])
        {
            queued.Add(await QueueAsync(bench, conversation, new ReplyContent.Text(text)));
        }

        foreach (var message in queued)
        {
            Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, message));
        }

        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 2, UnansweredMinutes = 10 });
        var refused = Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued[2])).Why;
        Assert.Equal(("too_many_unanswered", QueueBench.Noon.AddMinutes(10)), (refused.Code, refused.UntilUtc));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued[2]));
    }

    [Theory, EveryDatabase]
    public async Task Who_is_a_tester_no_more_gets_nothing_that_was_queued_for_them(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsSimulated, false), Token));
        await bench.RulesAsync(new GateSettings());
        await TestersAsync("+49 170 1234567");
        var queued = await QueueAsync(bench, await bench.ConversationAsync(null), Notice("1"));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued));

        await TestersAsync("+49 170 7654321");

        Assert.Equal("not_a_tester", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued)).Why.Code);

        async Task TestersAsync(string phone) => Assert.IsType<UpdateNumberOutcome.Done>(await bench.Core.Get<UpdateNumberSettings>().RunAsync(
            Caller.System, new NumberChange(bench.Core.NumberId, "Trial", NumberEnvironment.Testing, ReadReceiptPolicy.Never, false) { Testers = [phone] }, Token));
    }

    private static async Task<QueueBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("notice", Body);
        await bench.TemplateAsync("offer", Body, "MARKETING");
        return bench;
    }

    private static ReplyContent.Template Notice(string name) => QueueBench.Template("notice", ("body.1", name));

    private static ReplyContent.Template Offer(string name) => QueueBench.Template("offer", ("body.1", name));

    private static Task LimitAsync(QueueBench bench, int people) =>
        bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.MessagingLimit, people), Token));

    private static Task<int> ReachedAsync(QueueBench bench, DateTime since = default) =>
        bench.Core.WithDbAsync(db => db.PortfolioReaches.CountAsync(r => r.AtUtc >= since, Token));

    private static async Task<long> QueueAsync(QueueBench bench, long conversation, ReplyContent content, OutboxLane lane = OutboxLane.Agent) =>
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), content, Lane: lane), Token)).MessageId;

    private static Task<BegunBatch> BeginAsync(QueueBench bench) =>
        bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 10, 10, Guid.CreateVersion7(), Token);

    private static Task OptInAsync(QueueBench bench) => OptInAsync(bench.Core, QueueBench.Noon.AddDays(-1));

    private static async Task OptInAsync(CoreHost core, DateTime atUtc)
    {
        foreach (var contact in await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).ToListAsync(Token)))
        {
            await SeedOptIn.WriteAsync(core, contact, atUtc);
        }
    }

    private static async Task<GateAnswer> AtSendingAsync(QueueBench bench, long messageId)
    {
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    }
}
