using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Countries;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What the gate keeps from people and numbers beyond WhatsApp's own rules.</summary>
public sealed class GateLimitsTests
{
    private const string Body = """[{"type":"BODY","text":"Hello {{1}}"}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_same_notice_goes_to_the_same_person_once_in_its_time_and_again_afterwards(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));

        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, Notice("Ana"))));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ben")));
        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
    }

    [Theory, EveryDatabase]
    public async Task The_same_notice_twice_in_one_request_goes_out_once(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        const string phone = "491701234599";
        await SendAsync(bench, phone, "Before");

        var outcomes = await bench.Core.Get<SendToMany>().RunAsync(
            QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast, [One(phone, "Ana"), One(phone, "Ana"), One(phone, "Ben")], Token);

        Assert.IsType<SendReplyOutcome.Queued>(outcomes[0]);
        Assert.Equal("already_told", Code(outcomes[1]));
        Assert.IsType<SendReplyOutcome.Queued>(outcomes[2]);
    }

    [Theory, EveryDatabase]
    public async Task What_failed_was_not_told(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == queued.MessageId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed), Token));

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
    }

    [Theory]
    [InlineData("UTILITY", "already_told")]
    [InlineData("AUTHENTICATION", null)]
    public void A_code_to_sign_in_may_come_twice_a_notice_not(string category, string? code)
    {
        var content = Notice("123456");
        var template = new TemplateView(1, "notice", "en", category, "APPROVED", "GREEN", null, null, "Hello {{1}}", null, [], [], true, null);
        var facts = new GateFacts(null, new Contact(), new Conversation(), content, template, null, GateMoment.Queueing, QueueBench.Noon)
        {
            NowUtc = QueueBench.Noon,
            Told = [new ToldFact(NoticeFingerprint.Of("notice", content.Values), false, QueueBench.Noon, null, 1, false, 1)],
        };

        Assert.Equal(code, GateLimits.Refuse(facts)?.Code);
    }

    [Theory, EveryDatabase]
    public async Task What_another_channel_told_already_is_not_told_here_and_the_refusal_names_it(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);

        Assert.IsType<RecordNoticeOutcome.Recorded>(await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent,
            new OutsideNotice(bench.Core.NumberId, "+49 170 1234567", null, "notice", Notice("Ana").Values, "e-mail"),
            Token));

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.ReplyAsync(conversation, Notice("Ana"))).Why;
        Assert.Equal("already_told", refused.Code);
        Assert.Contains("e-mail", refused.Sentence, StringComparison.Ordinal);
        Assert.NotNull(refused.Remedy);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ben")));
    }

    [Theory, EveryDatabase]
    public async Task Keys_that_become_one_when_they_are_stored_are_one_here_and_in_what_was_told_elsewhere(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);
        var twice = QueueBench.Template("notice", ("body.1\0", "Ben"), ("body.1", "Ana"));
        Assert.Equal("Ana", Assert.Single(twice.Values.Cleaned().Texts).Value);

        await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent, new OutsideNotice(bench.Core.NumberId, "491701234567", null, "notice", twice.Values, "SMS"), Token);

        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, Notice("Ana"))));
        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, twice)));
    }

    [Theory, EveryDatabase]
    public async Task A_queued_notice_that_another_channel_tells_meanwhile_does_not_leave(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued.MessageId));

        await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent, new OutsideNotice(bench.Core.NumberId, "491701234567", null, "notice", Notice("Ana").Values, "SMS"), Token);

        Assert.Equal("already_told", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued.MessageId)).Why.Code);
    }

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

    [Theory, EveryDatabase]
    public async Task Whoever_gets_too_many_messages_without_answering_gets_no_more_until_they_write_or_time_passes(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 3, UnansweredMinutes = 10 });
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        for (var count = 0; count < 3; count++)
        {
            Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
        }

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.TextAsync(conversation)).Why;
        Assert.Equal("too_many_unanswered", refused.Code);
        Assert.Contains("2026-11-24 12:10", refused.Remedy, StringComparison.Ordinal);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
        Assert.Equal(1, (await bench.ReadAsync(conversation)).UnansweredCount);
    }

    [Theory, EveryDatabase]
    public async Task Two_numbers_of_the_console_do_not_double_what_one_person_gets_and_an_answer_to_either_counts(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 3, UnansweredMinutes = 10 });
        var first = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var second = await bench.Core.WithDbAsync(async db =>
        {
            var talk = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == first, Token);
            var other = new Number { BusinessAccountId = bench.Core.AccountId, PhoneNumberId = "2", DisplayPhoneNumber = "", Name = "Second", Quality = "", Status = "" };
            db.Numbers.Add(other);
            await db.SaveChangesAsync(Token);
            var beside = new Conversation
            {
                ContactId = talk.ContactId,
                NumberId = other.Id,
                LastActivityAtUtc = talk.LastActivityAtUtc,
                WindowOpenedAtUtc = talk.WindowOpenedAtUtc,
                WindowExpiresAtUtc = talk.WindowExpiresAtUtc,
                CreatedAtUtc = talk.CreatedAtUtc,
            };
            db.Conversations.Add(beside);
            await db.SaveChangesAsync(Token);
            return beside.Id;
        });
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(first));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(first));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(second));

        Assert.Equal("too_many_unanswered", Code(await bench.TextAsync(second)));
        Assert.Equal("too_many_unanswered", Code(await bench.TextAsync(first)));
        await bench.Core.WithDbAsync(async db =>
        {
            var answered = await db.Conversations.SingleAsync(c => c.Id == second, Token);
            answered.Answered();
            answered.WindowOpenedAtUtc = QueueBench.Noon.AddMinutes(1);
            await db.SaveChangesAsync(Token);
        });
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(second));
    }

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

    [Theory, EveryDatabase]
    public async Task A_number_under_test_starts_conversations_with_its_testers_alone_and_answers_everybody(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsSimulated, false), Token));
        await bench.RulesAsync(new GateSettings());
        Assert.IsType<UpdateNumberOutcome.Done>(await bench.Core.Get<UpdateNumberSettings>().RunAsync(
            Caller.System,
            new NumberChange(bench.Core.NumberId, "Trial", NumberEnvironment.Testing, ReadReceiptPolicy.Never, false) { Testers = ["+49 170 1234567"] },
            Token));
        var tester = await bench.ConversationAsync(null);
        var stranger = await bench.ConversationAsync(null, phone: "491701234568");

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(tester, Notice("1")));
        Assert.Equal("not_a_tester", Code(await bench.ReplyAsync(stranger, Notice("1"))));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, QueueBench.Noon.AddHours(5)), Token));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(stranger));
    }

    [Theory, EveryDatabase]
    public async Task Asked_while_composing_the_gate_says_what_it_will_say_and_writes_nothing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var ask = bench.Core.Get<AskGate>();
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, QueueBench.Noon), Token));
        var templates = await bench.Core.Get<ListTemplates>().RunAsync(QueueBench.Agent, bench.Core.NumberId, Token);

        var refused = await ask.AboutTemplatesAsync(QueueBench.Agent, conversation, templates, Token);

        Assert.Equal("opted_out", Assert.Single(refused).Value.Code);
        Assert.Equal(templates.Single(template => template.Name == "offer").Id, refused.Single().Key);
        Assert.IsType<GateVerdict.Allowed>(await ask.RunAsync(QueueBench.Agent, conversation, Notice("Ana"), Token));
        Assert.Equal("window_closed", Assert.IsType<GateVerdict.Refused>(await ask.RunAsync(QueueBench.Agent, conversation, new ReplyContent.Text("Hi"), Token)).Why.Code);
        Assert.IsType<GateVerdict.NoSuchConversation>(await ask.RunAsync(QueueBench.Agent, conversation + 1_000, Notice("Ana"), Token));
        Assert.Equal(0, await bench.MessagesAsync());
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.ToldNotices.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Rules_are_changed_by_admins_within_their_bounds(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var save = bench.Core.Get<SaveGateSettings>();

        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(QueueBench.Agent, bench.Core.AccountId, new GateSettings(), Token));
        Assert.Single(Assert.IsType<SaveGateSettingsOutcome.Invalid>(
            await save.RunAsync(Caller.System, bench.Core.AccountId, new GateSettings { QuietTo = null }, Token)).Sentences);
        Assert.IsType<SaveGateSettingsOutcome.Invalid>(await save.RunAsync(
            Caller.System, bench.Core.AccountId, new GateSettings { Countries = [new CountryRule("XX", null, null, 1)] }, Token));
        Assert.IsType<SaveGateSettingsOutcome.NoSuchAccount>(await save.RunAsync(Caller.System, bench.Core.AccountId + 99, new GateSettings(), Token));
        var wanted = new GateSettings { RepeatMinutes = 5, Countries = [new CountryRule("BR", new TimeOnly(20, 0), new TimeOnly(9, 0), 1)] };
        Assert.IsType<SaveGateSettingsOutcome.Saved>(await save.RunAsync(Caller.System, bench.Core.AccountId, wanted, Token));
        var read = Assert.Single(await bench.Core.Get<ReadGateSettings>().RunAsync(Caller.System, Token)).Settings;
        Assert.Equal(wanted with { Countries = [] }, read with { Countries = [] }, EqualityComparer<GateSettings>.Create((one, other) => one!.Write() == other!.Write()));
        Assert.Equal(wanted.Countries, read.Countries);
    }

    [Theory, EveryDatabase]
    public async Task What_no_rule_asks_for_any_more_is_forgotten(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SendAsync(bench, "491701234501", "1");
        bench.Clock.Advance(ToldNotice.Keep + TimeSpan.FromHours(1));
        await SendAsync(bench, "491701234502", "1");

        await bench.Core.Get<ForgetToldWorker>().RunOnceAsync(() => { }, Token);

        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.ToldNotices.CountAsync(Token)));
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.PortfolioReaches.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_person_was_told_is_known_after_they_were_merged_and_goes_back_when_that_is_undone(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var stays = await bench.ConversationAsync(null);
        var goes = await bench.ConversationAsync(null, phone: "491701234568");
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(goes, Notice("Ana")));
        var people = await bench.Core.WithDbAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.ContactId).ToListAsync(Token));

        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await bench.Core.Get<MergePeople>().RunAsync(Caller.System, people[0], people[1], Token));
        Assert.Equal("already_told", Code(await bench.ReplyAsync(stays, Notice("Ana"))));
        Assert.IsType<UndoMergeOutcome.Undone>(await bench.Core.Get<UndoMerge>().RunAsync(Caller.System, merged.MergeId, Token));

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(stays, Notice("Ana")));
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

    [Fact]
    public void Every_country_has_a_zone_this_machine_knows()
    {
        var summer = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        Assert.True(CountryZones.Countries.Count() > 240);
        Assert.Equal(14, CountryZones.Local("DE", summer).Hour);
        Assert.Equal(8, CountryZones.Local("US", summer).Hour);
        Assert.All(
            ["JP", "IN", "BR", "ID", "AE", "NG", "ZA", "MX"],
            country => Assert.NotEqual(summer, CountryZones.Local(country, summer)));
    }

    private static async Task<QueueBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("notice", Body);
        await bench.TemplateAsync("offer", Body, "MARKETING");
        return bench;
    }

    /// <summary>An account with a number, the offer, and a conversation with the same person.</summary>
    private static Task<(long Account, long Conversation)> SecondAccountAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(async db =>
    {
        var talk = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversation, Token);
        var number = new Number
        {
            BusinessAccount = new BusinessAccount { Name = "Second", WhatsAppId = "2", PortfolioId = "2", IsSimulated = true },
            PhoneNumberId = "2",
            DisplayPhoneNumber = "",
            Name = "Second",
            Quality = "",
            Status = "",
        };
        db.Numbers.Add(number);
        await db.SaveChangesAsync(Token);
        var beside = new Conversation { ContactId = talk.ContactId, NumberId = number.Id, LastActivityAtUtc = talk.LastActivityAtUtc, CreatedAtUtc = talk.CreatedAtUtc };
        db.Conversations.Add(beside);
        await db.SaveChangesAsync(Token);
        await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), number.Id, "offer", "MARKETING", Body);
        return (number.BusinessAccountId, beside.Id);
    });

    private static async Task OptInAsync(QueueBench bench)
    {
        foreach (var contact in await bench.Core.WithDbAsync(db => db.Contacts.Select(c => c.Id).ToListAsync(Token)))
        {
            await SeedOptIn.WriteAsync(bench.Core, contact, QueueBench.Noon.AddDays(-1));
        }
    }

    private static ReplyContent.Template Notice(string name) => QueueBench.Template("notice", ("body.1", name));

    private static ReplyContent.Template Offer(string name) => QueueBench.Template("offer", ("body.1", name));

    private static BulkMessage One(string phone, string name) => new(phone, null, Guid.CreateVersion7(), Notice(name));

    private static Task<SendReplyOutcome> SendAsync(QueueBench bench, string phone, string name) => bench.Core.Get<SendToContact>().RunAsync(
        QueueBench.Agent, new FirstMessage(bench.Core.NumberId, phone, null, Guid.CreateVersion7(), Notice(name)), Token);

    /// <summary>The person is found by their number.</summary>
    private static Task KnowAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(async db =>
    {
        var contact = await db.Conversations.Where(c => c.Id == conversation).Select(c => c.Contact).SingleAsync(Token);
        db.ContactIdentifiers.Add(new ContactIdentifier
        {
            Contact = contact,
            Kind = IdentifierKind.Phone,
            Value = contact.Phone!,
            MatchKey = PhoneMatchKey.Of(contact.Phone!),
            FirstSeenAtUtc = QueueBench.Noon,
            LastSeenAtUtc = QueueBench.Noon,
        });
        await db.SaveChangesAsync(Token);
    });

    private static async Task<GateAnswer> AtSendingAsync(QueueBench bench, long messageId)
    {
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    }

    private static string Code(SendReplyOutcome outcome) => Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code;
}
