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

/// <summary>A page that confirms asks for what does not stand yet with its words and its business, and for nothing else.</summary>
public sealed class ConfirmWhatLacksTests
{
    private const string Phone = "+491701234567";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Who_agreed_with_another_business_is_asked_for_this_one(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await StandingAsync(bench, ConsentPurpose.Marketing, "Cafe Sol");

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        var asked = Assert.Single(await bench.SentAsync());
        Assert.NotEqual(Standing.OptedIn, (await OwnAsync(bench, ConsentPurpose.Marketing)).What);
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, asked));
        await YesAsync(bench, asked);

        var own = await OwnAsync(bench, ConsentPurpose.Marketing);
        Assert.Equal((Standing.OptedIn, ConsentSource.QuickReply), (own.What, own.Source));
        await bench.AgreeAsync();
        Assert.Single(await bench.SentAsync());
    }

    [Theory, EveryDatabase]
    public async Task One_message_asks_for_all_the_purposes_of_a_page_of_which_one_stood_and_its_button_grants_them_all_by_these_words(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider, ConsentPurpose.All);
        await StandingAsync(bench, ConsentPurpose.Marketing, CaptureBench.Business);

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        var asked = Assert.Single(await bench.SentAsync());
        var standing = (await bench.ViewAsync()).Standing;
        Assert.Equal((Standing.OptedIn, Standing.Pending, Standing.Pending, Standing.Pending),
            (standing.Marketing.What, standing.Utility.What, standing.Authentication.What, standing.Calls.What));

        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, asked));
        await YesAsync(bench, asked);

        var view = await bench.ViewAsync();
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal((Standing.OptedIn, ConsentSource.QuickReply), (view.Standing.Of(purpose).What, view.Standing.Of(purpose).Source)));
        Assert.Equal((ConsentPurpose.All, true, CaptureBench.Business, CaptureBench.Words),
            (view.Lines[0].Purpose, view.Lines[0].Complete, view.Lines[0].BusinessName, view.Lines[0].Evidence!.Shown));
        await bench.AgreeAsync();
        Assert.Single(await bench.SentAsync());
    }

    [Theory, EveryDatabase]
    public async Task Who_is_due_to_renew_is_asked_and_who_is_not_is_left_alone(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await StandingAsync(bench, ConsentPurpose.Marketing, CaptureBench.Business, TimeSpan.FromDays(300));

        await bench.AgreeAsync();
        Assert.Empty(await bench.SentAsync());

        bench.Clock.Advance(TimeSpan.FromDays(280));
        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());
        var asked = Assert.Single(await bench.SentAsync());
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, asked));
        await YesAsync(bench, asked);

        var renewed = (await bench.ViewAsync()).Lines[0];
        Assert.Equal((ConsentAction.Renewed, CaptureBench.Words), (renewed.Action, renewed.Evidence!.Shown));
        bench.Clock.Advance(TimeSpan.FromDays(2));
        await bench.AgreeAsync();
        Assert.Single(await bench.SentAsync());
    }

    [Theory, EveryDatabase]
    public async Task Who_let_it_expire_is_asked(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await StandingAsync(bench, ConsentPurpose.Marketing, CaptureBench.Business, TimeSpan.FromDays(1));
        bench.Clock.Advance(TimeSpan.FromDays(2));

        await bench.AgreeAsync();
        await YesAsync(bench, Assert.Single(await bench.SentAsync()));

        Assert.Equal(Standing.OptedIn, (await OwnAsync(bench, ConsentPurpose.Marketing)).What);
    }

    [Theory, EveryDatabase]
    public async Task Two_questions_with_different_words_wait_beside_each_other_and_each_is_answered_by_its_own_button(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        const string others = "Cafe Luna may write to me by WhatsApp about my orders. Answer STOP to end it. https://luna.example/privacy";
        await bench.PageAsync(form => form with { Slug = "orders", TemplateName = "confirm" }, await bench.WordingAsync(others));
        await bench.AgreeAsync();
        var shown = (await bench.ShownAsync("orders"))!.VersionId;
        var second = new Agreement("orders", shown, Phone, "DE") { IpAddress = "192.0.2.7", UserAgent = "Browser", FormJson = "{}" };

        Assert.Equal(AgreeOutcome.Taken, await bench.Core.Get<AgreeOnPage>().RunAsync(second, Token));
        Assert.Equal(AgreeOutcome.Taken, await bench.Core.Get<AgreeOnPage>().RunAsync(second, Token));

        var sent = await bench.SentAsync();
        Assert.Equal(2, sent.Count);
        Assert.All(await Task.WhenAll(sent.Select(asked => AtSendingAsync(bench, asked))), answer => Assert.IsType<GateAnswer.Granted>(answer));
        await YesAsync(bench, sent[1]);
        Assert.Equal((ConsentAction.Granted, others), ((await bench.ViewAsync()).Lines[0].Action, (await bench.ViewAsync()).Lines[0].Evidence!.Shown));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_ends_a_question_for_another_business_too_also_when_it_is_lifted(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await StandingAsync(bench, ConsentPurpose.Marketing, "Cafe Sol");
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());
        var person = await bench.ContactAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await SeedOptIn.StopAsync(bench.Core, person, Now(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await SeedOptIn.KeepAsync(bench.Core, person, NewConsent.Lift(ConsentSource.Keyword, Now(bench)));

        Assert.Equal("opt_in_not_asked", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, asked)).Why.Code);
        await YesAsync(bench, asked);

        Assert.Equal(Standing.None, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_question_is_answered_once(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.AgreeAsync();
        var asked = Assert.Single(await bench.SentAsync());
        await YesAsync(bench, asked);
        var before = (await bench.ViewAsync()).Lines.Count;

        await YesAsync(bench, asked);

        Assert.Equal(before, (await bench.ViewAsync()).Lines.Count);
        Assert.Equal("opt_in_not_asked", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, asked)).Why.Code);
    }

    private static async Task<CaptureBench> StartAsync(DatabaseProvider provider, ConsentPurpose purpose = ConsentPurpose.Marketing)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync();
        await bench.PageAsync(form => form with { TemplateName = "confirm", RenewMonths = 12 }, await bench.WordingAsync(purpose: purpose));
        return bench;
    }

    private static DateTime Now(CaptureBench bench) => bench.Clock.GetUtcNow().UtcDateTime;

    /// <summary>Agreed to two months ago by other words, with all the proof.</summary>
    private static async Task StandingAsync(CaptureBench bench, ConsentPurpose purpose, string business, TimeSpan? lasts = null)
    {
        var person = Assert.IsType<AddContactOutcome.Added>(await bench.Core.Get<AddContact>().RunAsync(Caller.System, "Amina", Phone, Token)).ContactId;
        await SeedOptIn.KeepAsync(bench.Core, person, new NewConsent(purpose, ConsentAction.Granted, ConsentSource.Paper, Hooks.Noon.AddDays(-60))
        {
            BusinessName = business,
            Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
            Basis = LawfulBasis.Consent,
            Jurisdiction = "DE",
            ExpiresAtUtc = Hooks.Noon + (lasts ?? TimeSpan.FromDays(700)),
            Evidence = new ConsentEvidence { Note = "Folder 3" },
        });
    }

    private static async Task<PurposeStanding> OwnAsync(CaptureBench bench, ConsentPurpose purpose)
    {
        var person = await bench.ContactAsync();
        return await bench.Core.WithDbAsync(async db => ConsentLedger.StandFor(
            (await ReadStandings.LinesAsync(db, [person], Token))[person], purpose, [CaptureBench.Business]).At(Now(bench)));
    }

    private static Task YesAsync(CaptureBench bench, Message asked)
    {
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var button = new JsonObject { ["text"] = "Yes", ["payload"] = AskButton.Payload(asked.ClientKey!.Value) };
        return bench.Intake.TakeAsync(Hooks.Messages(Hooks.Message($"wamid.{Guid.CreateVersion7():N}", "button", button, Now(bench))));
    }

    private static Task<GateAnswer> AtSendingAsync(CaptureBench bench, Message asked) => bench.Core.WithDbAsync(async db =>
    {
        var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == asked.ConversationId, Token);
        var values = TemplateValues.None with { Texts = new Dictionary<string, string> { ["button.0"] = AskButton.Payload(asked.ClientKey!.Value) } };
        var question = new GateQuestion(conversation, asked.ClientKey!.Value, new ReplyContent.Template("confirm", "en", values)) { MessageId = asked.Id };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    });
}
