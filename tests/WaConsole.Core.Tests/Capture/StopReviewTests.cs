using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class StopReviewTests
{
    /// <summary>A customer who wrote was sent a template of this category.</summary>
    private static async Task<CaptureBench> AfterTemplateAsync(DatabaseProvider provider, string category)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await SentTemplateAsync(bench, "wamid.offer", category);
        return bench;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_looks_like_a_stop_waits_for_a_decision_and_counts_from_when_it_was_said(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Please remove me from your list")));
        var line = Assert.Single((await ReadAsync(bench)).Lines);
        Assert.Equal("Please remove me from your list", line.Text);

        Assert.Equal(DecideStopOutcome.Decided, await DecideAsync(bench, line.MessageId, StopDecision.OptedOut));
        Assert.Equal(DecideStopOutcome.NotWaiting, await DecideAsync(bench, line.MessageId, StopDecision.NoStop));

        Assert.Equal(0, (await ReadAsync(bench)).Waiting);
        var view = await bench.ViewAsync();
        Assert.Equal(Standing.OptedOut, view.Standing.Marketing.What);
        Assert.Equal((Hooks.Noon, "wamid.1"), (view.Lines[0].AtUtc, view.Lines[0].Evidence!.Wamid));
    }

    [Theory, EveryDatabase]
    public async Task Until_it_is_decided_no_offer_goes_to_who_may_want_none_and_afterwards_it_does(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), bench.Core.NumberId, "offer", "MARKETING", """[{"type":"BODY","text":"Hello {{1}}"}]""");
        await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), bench.Core.NumberId, "notice", "UTILITY");
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")));
        await SeedOptIn.WriteAsync(bench.Core, await bench.ContactAsync(), Hooks.Noon.AddDays(-1));
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync("offer", "1")).MessageId;

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Please stop sending me these", Hooks.Noon.AddMinutes(1))));

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await SendAsync("offer", "2")).Why;
        Assert.Equal("stop_undecided", refused.Code);
        Assert.Contains("Possible opt-outs", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("stop_undecided", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync()).Why.Code);
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync("notice"));

        Assert.Equal(DecideStopOutcome.Decided, await DecideAsync(bench, Assert.Single((await ReadAsync(bench)).Lines).MessageId, StopDecision.NoStop));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync("offer", "2"));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync());

        async Task<SendReplyOutcome> SendAsync(string template, params string[] values) => await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent,
            new Reply((await bench.Intake.ConversationAsync()).Id, Guid.CreateVersion7(), QueueBench.Template(template, [.. values.Select(value => ("body.1", value))])),
            Token);

        async Task<GateAnswer> AtSendingAsync()
        {
            await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
            var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == queued, Token);
            var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = queued };
            return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
        }
    }

    [Theory, EveryDatabase]
    public async Task What_a_message_says_after_it_was_changed_counts(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Stpo")));
        Assert.Empty((await bench.ViewAsync()).Lines);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Message("wamid.e", "edit", new JsonObject
        {
            ["original_message_id"] = "wamid.1",
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "STOP" } },
        }, Hooks.Noon.AddMinutes(1))));

        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);
        Assert.Equal("STOP", (await bench.ViewAsync()).Lines[0].Evidence!.Text);
    }

    [Theory, EveryDatabase]
    public async Task STOP_ALL_ends_everything_and_an_answer_to_its_confirmation_brings_it_back(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Alta")));
        Assert.Empty((await bench.ViewAsync()).Lines);

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "stop all", Hooks.Noon.AddMinutes(1))));
        var stopped = (await bench.ViewAsync()).Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, stopped.Of(purpose).What));

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "Alta", Hooks.Noon.AddMinutes(2))));
        var lifted = (await bench.ViewAsync()).Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.None, lifted.Of(purpose).What));
    }

    [Theory, EveryDatabase]
    public async Task A_button_of_a_question_is_heard_by_what_it_means(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Message("wamid.1", "interactive", new JsonObject
        {
            ["type"] = "button_reply",
            ["button_reply"] = new JsonObject { ["id"] = "STOP", ["title"] = "Enough" },
        })));

        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_button_of_an_offer_stops_in_its_language_and_one_that_may_mean_more_waits_for_a_person(DatabaseProvider provider)
    {
        await using var bench = await AfterTemplateAsync(provider, "MARKETING");

        await bench.Intake.TakeAsync(Hooks.Messages(Pressed("wamid.2", "Stop & shop")));
        Assert.Equal("Stop & shop", Assert.Single((await ReadAsync(bench)).Lines).Text);
        Assert.Empty((await bench.ViewAsync()).Lines);

        await bench.Intake.TakeAsync(Hooks.Messages(Pressed("wamid.3", "Detener promociones")));
        var stop = Assert.Single((await bench.ViewAsync()).Lines);
        Assert.Equal((ConsentAction.Withdrawn, ConsentSource.QuickReply, "Detener promociones"), (stop.Action, stop.Source, stop.Evidence!.Text));
    }

    [Theory, EveryDatabase]
    public async Task The_button_of_news_about_an_order_is_no_stop(DatabaseProvider provider)
    {
        await using var bench = await AfterTemplateAsync(provider, "UTILITY");

        await bench.Intake.TakeAsync(Hooks.Messages(Pressed("wamid.2", "Cancelar pedido")));

        Assert.Empty((await ReadAsync(bench)).Lines);
        Assert.Empty((await bench.ViewAsync()).Lines);
    }

    [Theory, EveryDatabase]
    public async Task Words_under_a_picture_are_heard_and_a_person_decides(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);

        foreach (var (kind, words) in ((string, string)[])[("image", "Stop sending me this"), ("video", "STOP"), ("document", "Unsubscribe")])
        {
            await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Message(
                $"wamid.{kind}", kind, new JsonObject { ["id"] = $"media.{kind}", ["mime_type"] = "image/png", ["caption"] = words })));
        }

        Assert.Equal(3, (await ReadAsync(bench)).Waiting);
        Assert.Empty((await bench.ViewAsync()).Lines);
    }

    [Theory, EveryDatabase]
    public async Task What_was_no_stop_leaves_the_list_and_changes_nothing(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "cancel")));

        await DecideAsync(bench, Assert.Single((await ReadAsync(bench)).Lines).MessageId, StopDecision.NoStop);

        Assert.Empty((await ReadAsync(bench)).Lines);
        Assert.Empty((await bench.ViewAsync()).Lines);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_sees_or_decides_what_came_to_a_number_that_is_not_theirs(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "leave me alone")));
        var other = new Caller(7, "Ines", Role.Agent, new HashSet<long> { bench.Core.NumberId + 1 });
        var marketer = new Caller(8, "Mo", Role.Marketer, null);
        var message = Assert.Single((await ReadAsync(bench)).Lines).MessageId;

        Assert.Empty((await bench.Core.Get<ListStopReviews>().RunAsync(other, Token)).Lines);
        Assert.Equal(DecideStopOutcome.NotWaiting, await bench.Core.Get<DecideStopReview>().RunAsync(other, message, StopDecision.NoStop, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<DecideStopReview>().RunAsync(marketer, message, StopDecision.NoStop, Token));
    }

    private static JsonObject Pressed(string wamid, string label)
    {
        var pressed = Hooks.Message(wamid, "button", new JsonObject { ["text"] = label, ["payload"] = label });
        pressed["context"] = new JsonObject { ["id"] = "wamid.offer" };
        return pressed;
    }

    private static Task SentTemplateAsync(CaptureBench bench, string wamid, string category) => bench.Core.WithDbAsync(async db =>
    {
        db.Templates.Add(new Template
        {
            BusinessAccountId = bench.Core.AccountId,
            Name = "spring",
            Language = "es",
            WhatsAppId = "spring",
            Status = "APPROVED",
            Category = category,
            ComponentsJson = "[]",
            SyncedAtUtc = Hooks.Noon,
        });
        var conversation = await db.Conversations.SingleAsync(Token);
        db.Messages.Add(new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            Direction = MessageDirection.Outbound,
            Kind = MessageKind.Template,
            Wamid = wamid,
            TemplateName = "spring",
            TemplateLanguage = "es",
            SentAtUtc = Hooks.Noon,
            CreatedAtUtc = Hooks.Noon,
        });
        await db.SaveChangesAsync(Token);
    });

    private static Task<StopReviewPage> ReadAsync(CaptureBench bench) => bench.Core.Get<ListStopReviews>().RunAsync(Caller.System, Token);

    private static Task<DecideStopOutcome> DecideAsync(CaptureBench bench, long message, StopDecision decision) =>
        bench.Core.Get<DecideStopReview>().RunAsync(Caller.System, message, decision, Token);
}
