using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>No way of sending takes marketing to somebody whose opt-in does not stand at that very moment.</summary>
public sealed class ConsentGateTests
{
    private const string Body = """[{"type":"BODY","text":"Hello {{1}}"}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Marketing_needs_an_opt_in_that_stands_and_utility_needs_nobody_who_stopped_everything(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var contact = await ContactAsync(bench, conversation);

        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(conversation, Offer("1"))));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("1")));
        await SeedOptIn.KeepAsync(bench.Core, contact, new NewConsent(ConsentPurpose.Marketing, ConsentAction.Granted, ConsentSource.Import, At(1)));
        Assert.Equal("opt_in_incomplete", Code(await bench.ReplyAsync(conversation, Offer("1"))));
        await SeedOptIn.WriteAsync(bench.Core, contact, At(2));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("1")));
        await SeedOptIn.StopAsync(bench.Core, contact, At(3), ConsentPurpose.All);
        Assert.Equal("opted_out", Code(await bench.ReplyAsync(conversation, Offer("2"))));
        Assert.Equal("opted_out_all", Code(await bench.ReplyAsync(conversation, Notice("2"))));
    }

    /// <summary>The two ways of consent: they wrote first, which is no agreement to offers, or they agreed.</summary>
    [Theory, EveryDatabase]
    public async Task Utility_goes_to_who_wrote_first_or_agreed_and_having_written_is_never_marketing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null }, asksFirst: true);
        var stranger = await bench.ConversationAsync(null, phone: "491701234561");
        var writer = await bench.ConversationAsync(QueueBench.Noon.AddDays(-20), phone: "491701234562");
        var customer = await bench.ConversationAsync(null, phone: "491701234563");
        await SeedOptIn.KeepAsync(
            bench.Core, await ContactAsync(bench, customer), new NewConsent(ConsentPurpose.Utility, ConsentAction.Granted, ConsentSource.Transaction, At(1)));
        var reader = await bench.ConversationAsync(null, phone: "491701234564");
        await SeedOptIn.WriteAsync(bench.Core, await ContactAsync(bench, reader), At(1));

        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(stranger, Notice("1"))));
        Assert.Equal("no_opt_in", Code(await ToPersonAsync(bench, Notice("1"), "491701234569")));
        Assert.All(
            await bench.Core.Get<SendToMany>().RunAsync(
                QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast, [new BulkMessage("491701234568", null, Guid.CreateVersion7(), Notice("1"))], Token),
            outcome => Assert.Equal("no_opt_in", Code(outcome)));
        foreach (var one in (long[])[writer, customer, reader])
        {
            Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(one, Notice("1")));
        }

        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(writer, Offer("1"))));
        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(customer, Offer("1"))));
        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null });
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(stranger, Notice("2")));
    }

    [Fact]
    public void A_real_account_asks_first_without_being_told_to() =>
        Assert.Equal((false, true), (GateSettings.Default(isSimulated: false).UtilityToAnybody, GateSettings.Default(isSimulated: true).UtilityToAnybody));

    [Theory, EveryDatabase]
    public async Task An_opt_in_for_one_business_carries_no_offers_of_another_whose_names_are_set(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var contact = await ContactAsync(bench, conversation);
        await SeedOptIn.WriteAsync(bench.Core, contact, At(1));
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("1")));

        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null, BusinessNames = ["Cedar Sofas"] }, asksFirst: true);

        var refusal = Assert.IsType<GateVerdict.Refused>(await bench.Core.Get<AskGate>().RunAsync(QueueBench.Agent, conversation, Offer("2"), Token)).Why;
        Assert.Equal("opt_in_other_business", refusal.Code);
        Assert.NotEmpty(refusal.Remedy!);
        Assert.Equal("opt_in_other_business", Code(await bench.ReplyAsync(conversation, Offer("2"))));
        Assert.Equal("opt_in_other_business", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued.MessageId)).Why.Code);
        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(conversation, Notice("2"))));

        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null, BusinessNames = ["Cedar Sofas", " alder & OAK "] });
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued.MessageId));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("2")));
        await SeedOptIn.StopAsync(bench.Core, contact, At(2));
        Assert.Equal("opted_out", Code(await bench.ReplyAsync(conversation, Offer("3"))));
    }

    [Fact]
    public async Task Only_an_account_that_names_its_business_asks_the_database_once_more()
    {
        var seen = new SeenStatements();
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Services = seen.NoteIn });
        var trips = new List<int>();
        await SeedTemplate.WriteAsync(core.Get<Store>(), core.NumberId, "offer", "MARKETING");
        var conversation = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        await SeedOptIn.WriteAsync(core, await core.WithDbAsync(db => db.Conversations.Select(c => c.ContactId).SingleAsync(Token)), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1));
        foreach (var names in (string[][])[[], ["Alder & Oak"]])
        {
            Assert.IsType<SaveGateSettingsOutcome.Saved>(await core.Get<SaveGateSettings>().RunAsync(
                Team.Caller.System, core.AccountId, new GateSettings { QuietFrom = null, QuietTo = null, BusinessNames = names }, Token));
            seen.Clear();
            Assert.IsType<GateVerdict.Allowed>(await core.Get<AskGate>().RunAsync(QueueBench.Agent, conversation, QueueBench.Template("offer"), Token));
            trips.Add(seen.Count);
        }

        Assert.Equal(trips[0] + 1, trips[1]);
    }

    [Theory, EveryDatabase]
    public async Task A_template_of_a_category_we_do_not_know_goes_to_nobody_who_did_not_agree_to_marketing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.TemplateAsync("tomorrow", Body, "MARKETING_OF_TOMORROW");
        var conversation = await bench.ConversationAsync(null);
        var contact = await ContactAsync(bench, conversation);

        Assert.Equal("no_opt_in", Code(await bench.ReplyAsync(conversation, QueueBench.Template("tomorrow", ("body.1", "1")))));
        await SeedOptIn.StopAsync(bench.Core, contact, At(1));
        Assert.Equal("opted_out", Code(await bench.ReplyAsync(conversation, QueueBench.Template("tomorrow", ("body.1", "1")))));
        await SeedOptIn.WriteAsync(bench.Core, contact, At(2));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, QueueBench.Template("tomorrow", ("body.1", "1"))));
        Assert.True(await bench.Core.WithDbAsync(db => db.ToldNotices.Select(t => t.IsMarketing).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task An_opt_out_that_lands_between_queueing_and_sending_holds_the_message_back(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var contact = await ContactAsync(bench, conversation);
        await SeedOptIn.WriteAsync(bench.Core, contact, At(1));
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Offer("1")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued.MessageId));

        await SeedOptIn.StopAsync(bench.Core, contact, At(2));

        Assert.Equal("opted_out", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued.MessageId)).Why.Code);
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == queued.MessageId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed), Token));
        Assert.Equal("opted_out", Code(await bench.Core.Get<SendAgain>().RunAsync(QueueBench.Agent, queued.MessageId, Token)));
    }

    /// <summary>Grants, stops and resumptions in any order, and after each one every verb that sends: it queues exactly when a plain model says so.</summary>
    [Theory, EveryDatabase]
    public async Task Whatever_was_agreed_and_taken_back_no_verb_sends_marketing_without_a_standing_opt_in(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { QuietFrom = null, QuietTo = null, RepeatMinutes = 0, MarketingAtMost = 0, UnansweredAtMost = 0 });
        const string phone = "491701234567";
        var first = Assert.IsType<SendReplyOutcome.Queued>(await ToPersonAsync(bench, Notice("0"), phone));
        var contact = await ContactAsync(bench, first.ConversationId);
        var dice = new Random(20261126);
        var isIn = false;
        for (var step = 1; step <= 24; step++)
        {
            var turn = dice.Next(3);
            await (turn switch
            {
                0 => SeedOptIn.WriteAsync(bench.Core, contact, At(step)),
                1 => SeedOptIn.StopAsync(bench.Core, contact, At(step)),
                _ => SeedOptIn.KeepAsync(bench.Core, contact, NewConsent.Lift(ConsentSource.Keyword, At(step))),
            });

            // Resuming is no consent: what stood before the stop does not come back by it, and an opt-in that stands is not ended by it.
            isIn = turn switch { 0 => true, 1 => false, _ => isIn };
            SendReplyOutcome[] outcomes =
            [
                await bench.ReplyAsync(first.ConversationId, Offer($"{step}")),
                await bench.Core.Get<SendReply>().RunAsync(
                    QueueBench.Agent, new Reply(first.ConversationId, Guid.CreateVersion7(), Offer($"{step}"), Lane: OutboxLane.Automation), Token),
                await ToPersonAsync(bench, Offer($"{step}"), phone),
                .. await bench.Core.Get<SendToMany>().RunAsync(
                    QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast,
                    [new BulkMessage(phone, null, Guid.CreateVersion7(), Offer($"{step}")), new BulkMessage("+49 170 9999999", null, Guid.CreateVersion7(), Offer("x"))],
                    Token),
            ];

            Assert.All(outcomes[..^1], outcome => Assert.Equal((step, isIn), (step, outcome is SendReplyOutcome.Queued)));
            Assert.Equal("no_opt_in", Code(outcomes[^1]));
            var queued = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.TemplateName == "offer").Select(m => m.Id).ToListAsync(Token));
            if (queued.Count > 0)
            {
                Assert.Equal(isIn, await AtSendingAsync(bench, queued[^1]) is GateAnswer.Granted);
            }
        }
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("No más")]
    [InlineData("Descadastrar")]
    [InlineData("Désabonner")]
    [InlineData("Abmelden!")]
    [InlineData("disiscrivi")]
    [InlineData("AFMELDEN")]
    [InlineData("Rezygnuję")]
    [InlineData("durdur")]
    [InlineData("Стоп")]
    [InlineData("إيقاف")]
    [InlineData("रोकें")]
    [InlineData("Berhenti")]
    [InlineData("退订")]
    [InlineData("配信停止")]
    public async Task A_customer_who_writes_stop_in_their_language_is_opted_out_when_the_webhook_is_handled(string word)
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var contact = (await bench.ConversationAsync()).ContactId;
        await SeedOptIn.WriteAsync(bench.Core, contact, Hooks.Noon);

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", word, Hooks.Noon.AddMinutes(5))));

        Assert.NotNull((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        Assert.Equal(Standing.OptedOut, await StandingAsync(bench.Core, contact));
    }

    [Theory]
    [InlineData("button", "Stop promotions", "STOP_PROMOTIONS")]
    [InlineData("button", "Enough of this", "STOP")]
    [InlineData("button", "Ya no quiero", "DETENER")]
    [InlineData("interactive", "Unsubscribe", "no-more")]
    public async Task A_pressed_button_that_says_stop_by_its_words_or_by_its_payload_opts_out(string kind, string text, string payload)
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var contact = (await bench.ConversationAsync()).ContactId;
        await SeedOptIn.WriteAsync(bench.Core, contact, Hooks.Noon);
        var content = kind == "button"
            ? new JsonObject { ["text"] = text, ["payload"] = payload }
            : new JsonObject { ["type"] = "button_reply", ["button_reply"] = new JsonObject { ["id"] = payload, ["title"] = text } };

        await bench.TakeAsync(Hooks.Messages(Hooks.Message("wamid.2", kind, content, Hooks.Noon.AddMinutes(5))));

        Assert.Equal(Standing.OptedOut, await StandingAsync(bench.Core, contact));
    }

    [Theory, EveryDatabase]
    public async Task A_word_to_start_lifts_the_stop_and_is_no_consent_and_a_common_word_stops_only_after_an_offer(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var contact = (await bench.ConversationAsync()).ContactId;

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "cancel", Hooks.Noon.AddMinutes(1))));
        Assert.Null((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.3", "stop", Hooks.Noon.AddMinutes(2))));
        Assert.NotNull((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.4", "START", Hooks.Noon.AddMinutes(3))));

        Assert.Null((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        Assert.NotEqual(Standing.OptedIn, await StandingAsync(bench.Core, contact));
        Assert.Equal(
            ["stophint", "stopped", "stopover"],
            (await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Kind == MessageKind.Activity).OrderBy(m => m.Id).Select(m => m.ContentJson).ToListAsync(Token)))
                .Select(json => Assert.IsType<MessageContent.Activity>(ContentJson.Read(json)).Type));
    }

    [Theory, EveryDatabase]
    public async Task A_common_word_stops_what_it_quotes_and_not_what_was_sent_last(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await OursAsync(bench, "wamid.offer", "offer", "MARKETING");
        await OursAsync(bench, "wamid.notice", "notice", "UTILITY");

        await bench.TakeAsync(Hooks.Messages(Quoting(Hooks.Text("wamid.2", "cancel", Hooks.Noon.AddMinutes(1)), "wamid.notice")));
        Assert.Null((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        await bench.TakeAsync(Hooks.Messages(Quoting(Hooks.Text("wamid.3", "cancel", Hooks.Noon.AddMinutes(2)), "wamid.offer")));
        Assert.NotNull((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
    }

    [Theory, EveryDatabase]
    public async Task A_word_to_start_ends_the_stop_of_whoever_stopped_other_things_than_marketing(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var contact = (await bench.ConversationAsync()).ContactId;
        await SeedOptIn.StopAsync(bench.Core, contact, Hooks.Noon, ConsentPurpose.Utility);

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "START", Hooks.Noon.AddHours(1))));

        var standing = await bench.Core.WithDbAsync(db => ReadStandings.OfAsync(db, [contact], Hooks.Noon.AddDays(1), Token));
        Assert.Equal(Standing.None, standing[contact].Utility.What);
    }

    [Theory, EveryDatabase]
    public async Task Somebody_of_whom_WhatsApp_refuses_several_messages_at_once_is_opted_out_once(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await bench.OutgoingAsync(DeliveryStatus.Sending);
        await bench.OutgoingAsync(DeliveryStatus.Sending);
        var holder = Guid.CreateVersion7();
        await bench.Core.WithDbAsync(db => db.Outbox.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, OutboxState.Sending).SetProperty(e => e.LeasedBy, holder), Token));
        var rows = await bench.Core.WithDbAsync(db => db.Outbox.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Token));

        var written = await bench.Core.Get<WriteSendResults>().RunAsync([.. rows.Select(row => new SendResult.Failed(
            new OutboxRow(row.Id, row.MessageId, row.NumberId, row.ConversationId, row.Lane, row.Attempts), holder, new CloudApi.CloudApiError(RetryPlan.OptedOut)))]);

        Assert.Single(await bench.Core.WithDbAsync(db => db.ConsentEntries.ToListAsync(Token)));
        Assert.NotNull((await bench.ConversationAsync()).Contact.OptedOutAtUtc);
        Assert.Empty(written.Answered);
    }

    private static async Task OursAsync(IntakeBench bench, string wamid, string template, string category)
    {
        var message = await bench.OutgoingAsync(DeliveryStatus.Accepted, wamid);
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                Name = template,
                Language = "en",
                WhatsAppId = template,
                Status = "APPROVED",
                Category = category,
                ComponentsJson = Body,
                SyncedAtUtc = Hooks.Noon,
            });
            await db.SaveChangesAsync(Token);
            await db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.TemplateName, template).SetProperty(m => m.TemplateLanguage, "en"), Token);
        });
    }

    private static JsonObject Quoting(JsonObject message, string wamid)
    {
        message["context"] = new JsonObject { ["id"] = wamid };
        return message;
    }

    private static Task<Standing> StandingAsync(CoreHost core, long contact) => core.WithDbAsync(async db =>
        (await ReadStandings.OfAsync(db, [contact], Hooks.Noon.AddDays(1), Token))[contact].Marketing.What);

    private static async Task<QueueBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("notice", Body);
        await bench.TemplateAsync("offer", Body, "MARKETING");
        return bench;
    }

    /// <summary>Further apart than clocks may be.</summary>
    private static DateTime At(int step) => QueueBench.Noon.AddDays(-1).AddMinutes(10 * step);

    private static Task<long> ContactAsync(QueueBench bench, long conversation) =>
        bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync(Token));

    private static ReplyContent.Template Notice(string name) => QueueBench.Template("notice", ("body.1", name));

    private static ReplyContent.Template Offer(string name) => QueueBench.Template("offer", ("body.1", name));

    private static Task<SendReplyOutcome> ToPersonAsync(QueueBench bench, ReplyContent content, string phone) => bench.Core.Get<SendToContact>().RunAsync(
        QueueBench.Agent, new FirstMessage(bench.Core.NumberId, phone, null, Guid.CreateVersion7(), content), Token);

    private static async Task<GateAnswer> AtSendingAsync(QueueBench bench, long messageId)
    {
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    }

    private static string Code(SendReplyOutcome outcome) => Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code;
}
