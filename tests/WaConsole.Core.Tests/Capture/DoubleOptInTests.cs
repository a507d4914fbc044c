using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.OptIns;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class DoubleOptInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Who_agrees_is_asked_once_and_opted_in_by_the_answer_alone(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        bench.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());

        var asked = Assert.Single(await bench.SentAsync());
        Assert.Equal("confirm", asked.TemplateName);
        var standing = await bench.MarketingAsync();
        Assert.Equal((Standing.Pending, asked.ClientKey), (standing.What, standing.AskKey));

        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.no", "No", null, Hooks.Noon.AddDays(2))));
        Assert.Equal(Standing.Pending, (await bench.MarketingAsync()).What);

        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(asked), Hooks.Noon.AddDays(2).AddMinutes(1))));
        var view = await bench.ViewAsync();
        Assert.Equal(Standing.OptedIn, view.Standing.Marketing.What);
        Assert.Equal((ConsentAction.Granted, ConsentSource.QuickReply, true, CaptureBench.Words),
            (view.Lines[0].Action, view.Lines[0].Source, view.Lines[0].Complete, view.Lines[0].Evidence!.Shown));
        Assert.Equal(("wamid.yes", "May we?\n[Yes]\n[No]"), (view.Lines[0].Evidence!.Wamid, view.Lines[0].Evidence!.Question));
    }

    [Theory, EveryDatabase]
    public async Task The_answer_lasts_as_long_as_the_page_says_that_asked_even_beside_a_later_one_with_the_same_words(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync();
        var wording = await bench.WordingAsync();
        await bench.PageAsync(form => form with { TemplateName = "confirm", RenewMonths = 6 }, wording);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.PageAsync(form => form with { Slug = "fair", TemplateName = "confirm", RenewMonths = 18 }, wording);

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        var asked = Assert.Single(await bench.SentAsync());
        var answered = Hooks.Noon.AddMinutes(2);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(asked), answered)));

        Assert.Equal(answered.AddMonths(6), (await bench.MarketingAsync()).ExpiresAtUtc);
    }

    [Theory, EveryDatabase]
    public async Task Who_stopped_messages_of_its_kind_is_not_sent_the_question(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var person = Assert.IsType<AddContactOutcome.Added>(await bench.Core.Get<AddContact>().RunAsync(Caller.System, "Amina", "+491701234567", Token)).ContactId;
        await bench.Core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Utility, ConsentSource.Agent), Token);

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());

        Assert.Empty(await bench.SentAsync());
        Assert.Equal(Standing.OptedOut, (await bench.ViewAsync()).Standing.Utility.What);
    }

    [Theory, EveryDatabase]
    public async Task A_question_that_was_not_answered_in_time_is_over(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());
        bench.Clock.Advance(AskButton.Waits + TimeSpan.FromHours(1));

        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.late", "Yes", Payload(asked), bench.Clock.GetUtcNow().UtcDateTime)));

        Assert.Equal(Standing.Expired, (await bench.MarketingAsync()).What);
        await bench.AgreeAsync();
        Assert.Equal(2, (await bench.SentAsync()).Count);
    }

    [Theory, EveryDatabase]
    public async Task Who_stops_before_the_question_left_is_not_asked_and_an_old_yes_counts_no_more(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, asked));

        await SeedOptIn.StopAsync(bench.Core, await bench.ContactAsync(), bench.Clock.GetUtcNow().UtcDateTime);

        Assert.Equal("opt_in_not_asked", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, asked)).Why.Code);
        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(asked), Hooks.Noon.AddMinutes(1))));
        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_question_that_was_refused_is_asked_when_the_form_comes_again_and_no_third_time(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await StopSendingAsync(bench, bench.Clock.GetUtcNow().UtcDateTime);
        await bench.AgreeAsync();
        Assert.Empty(await bench.SentAsync());
        await StopSendingAsync(bench, null);

        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.AgreeAsync();
        await bench.AgreeAsync();

        var asked = Assert.Single(await bench.SentAsync());
        Assert.Single((await bench.ViewAsync()).Lines);
        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(asked), Hooks.Noon.AddHours(2))));
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_question_that_failed_is_asked_anew_when_the_form_comes_again(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        await FailAsync(bench);

        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.AgreeAsync();
        await bench.AgreeAsync();

        var sent = await bench.SentAsync();
        Assert.Equal([DeliveryStatus.Failed, DeliveryStatus.Queued], sent.Select(message => message.Status));
        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(sent[1]), Hooks.Noon.AddHours(2))));
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_colleague_sends_a_failed_question_again_as_one_new_question(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var failed = await FailAsync(bench);

        var outcome = await bench.Core.Get<SendAgain>().RunAsync(Caller.System, failed.Id, Token);
        await bench.Core.Get<SendAgain>().RunAsync(Caller.System, failed.Id, Token);
        await bench.AgreeAsync();

        Assert.IsType<SendReplyOutcome.Queued>(outcome);
        var sent = await bench.SentAsync();
        Assert.Equal(2, sent.Count);
        Assert.Equal(2, (await bench.ViewAsync()).Lines.Count);
        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.yes", "Yes", Payload(sent[1]), Hooks.Noon.AddHours(2))));
        var granted = (await bench.ViewAsync()).Lines[0];
        Assert.Equal((ConsentAction.Granted, true, CaptureBench.Words), (granted.Action, granted.Complete, granted.Evidence!.Shown));
    }

    [Theory, EveryDatabase]
    public async Task A_failed_question_that_is_refused_again_leaves_nothing_behind(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var failed = await FailAsync(bench);
        await StopSendingAsync(bench, bench.Clock.GetUtcNow().UtcDateTime);

        Assert.IsType<SendReplyOutcome.Refused>(await bench.Core.Get<SendAgain>().RunAsync(Caller.System, failed.Id, Token));

        Assert.Single(await bench.SentAsync());
        Assert.Single((await bench.ViewAsync()).Lines);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_else_sends_the_question_of_a_page(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());

        var outcome = await bench.Core.Get<SendReply>().RunAsync(
            Caller.System,
            new Reply(asked.ConversationId, Guid.CreateVersion7(), new ReplyContent.Template("confirm", "en", Values(Payload(asked)))),
            Token);

        Assert.Equal("opt_in_not_asked", Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code);
    }

    [Theory, EveryDatabase]
    public async Task A_page_whose_template_may_not_ask_is_not_public(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync("PAUSED");
        var page = Assert.IsType<SaveOptInPageOutcome.Saved>(await bench.Core.Get<SaveOptInPage>().RunAsync(
            Caller.System, bench.Form(await bench.WordingAsync()) with { TemplateName = "confirm" }, Token)).PageId;

        Assert.IsType<ChangeOptInPageOutcome.Refused>(await bench.Core.Get<ChangeOptInPage>().RunAsync(Caller.System, page, isOpen: true, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_template_whose_first_button_says_no_asks_nobody_and_a_no_with_the_key_is_no_yes(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());

        await bench.Intake.TakeAsync(Hooks.Messages(Button("wamid.no", "No, thanks", Payload(asked), Hooks.Noon.AddMinutes(1))));
        Assert.Equal(Standing.Pending, (await bench.MarketingAsync()).What);

        var list = bench.Core.Get<ListAskTemplates>();
        var offered = Assert.Single(await list.RunAsync(Caller.System, bench.Core.NumberId, Token));
        Assert.Equal(("confirm", "May we?", "Yes"), (offered.Name, offered.Shown.Body, offered.Yes));
        await bench.Core.WithDbAsync(db => db.Templates.ExecuteUpdateAsync(
            set => set.SetProperty(t => t.ComponentsJson, t => t.ComponentsJson.Replace("\"Yes\"", "\"No, thanks\"")), Token));
        Assert.Empty(await list.RunAsync(Caller.System, bench.Core.NumberId, Token));
        await bench.AgreeAsync("+49 170 7654321");
        Assert.Single(await bench.SentAsync());
    }

    private static async Task<CaptureBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync();
        await bench.PageAsync(form => form with { TemplateName = "confirm" });
        return bench;
    }

    private static Task StopSendingAsync(CaptureBench bench, DateTime? atUtc) => bench.Core.WithDbAsync(
        db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.SendingStoppedAtUtc, atUtc), Token));

    private static async Task<Message> FailAsync(CaptureBench bench)
    {
        var asked = Assert.Single(await bench.SentAsync());
        await bench.Core.WithDbAsync(async db =>
        {
            await db.Outbox.Where(e => e.MessageId == asked.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, OutboxState.Done), Token);
            await db.Messages.Where(m => m.Id == asked.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed), Token);
        });
        return asked;
    }

    private static string Payload(Message asked) => AskButton.Payload(asked.ClientKey!.Value);

    private static TemplateValues Values(string payload) => TemplateValues.None with { Texts = new Dictionary<string, string> { ["button.0"] = payload } };

    private static JsonObject Button(string wamid, string text, string? payload, DateTime at) =>
        Hooks.Message(wamid, "button", new JsonObject { ["text"] = text, ["payload"] = payload ?? text }, at);

    private static Task<GateAnswer> AtSendingAsync(CaptureBench bench, Message asked) => bench.Core.WithDbAsync(async db =>
    {
        var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == asked.ConversationId, Token);
        var content = new ReplyContent.Template("confirm", "en", Values(Payload(asked)));
        return (await bench.Core.Get<SendGate>().AskToSendAsync(
            db, [new GateQuestion(conversation, asked.ClientKey!.Value, content) { MessageId = asked.Id }], Token))[0];
    });
}
