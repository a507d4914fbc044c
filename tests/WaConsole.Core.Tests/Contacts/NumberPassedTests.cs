using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Capture;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

/// <summary>What somebody agreed to does not go with their number to whoever has it next; with the person it does.</summary>
public sealed class NumberPassedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Another_user_id_behind_a_number_ends_every_consent_and_says_so_in_the_ledger_and_the_thread(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        await PassAsync(bench);

        var view = await bench.ViewAsync();
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), (view.Standing.Of(purpose).What, view.Standing.Of(purpose).Source)));
        Assert.Equal((ConsentPurpose.All, ConsentAction.Expired, $"{Hooks.AminaId} > DE.2"), (view.Lines[0].Purpose, view.Lines[0].Action, view.Lines[0].Evidence!.Note));
        var lines = await bench.Core.WithDbAsync(db => db.Messages.AsNoTracking().Where(m => m.Kind == MessageKind.Activity).ToListAsync(Token));
        Assert.Equal(NumberPassed.Kind, Assert.IsType<MessageContent.Activity>(ContentJson.Read(Assert.Single(lines).ContentJson)).Type);
        await bench.Core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
    }

    [Theory, EveryDatabase]
    public async Task No_offer_goes_to_who_has_the_number_now_nor_anything_that_was_queued_before(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var offer = Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));
        var words = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Your parcel is here")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, words.MessageId));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        await PassAsync(bench);

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await OfferAsync(bench, "2")).Why;
        Assert.Equal("number_passed", refused.Code);
        Assert.Contains("somebody else", refused.Sentence, StringComparison.Ordinal);
        Assert.NotNull(refused.Remedy);
        foreach (var queued in (long[])[offer.MessageId, words.MessageId])
        {
            Assert.Equal("number_passed", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued)).Why.Code);
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var anew = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Who is it?")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, anew.MessageId));
    }

    [Theory, EveryDatabase]
    public async Task What_the_new_person_agrees_to_in_their_first_message_counts_and_a_stop_of_the_one_before_stays(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SeedOptIn.StopAsync(bench.Core, await bench.ContactAsync(), Now(bench), ConsentPurpose.Calls);

        var at = await PassAsync(bench);
        await AgreeAsync(bench, ConsentPurpose.Marketing, at);

        var standing = (await bench.ViewAsync()).Standing;
        Assert.Equal((Standing.OptedIn, Standing.Expired, Standing.OptedOut), (standing.Marketing.What, standing.Utility.What, standing.Calls.What));
        Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));
    }

    [Theory, EveryDatabase]
    public async Task Who_moves_to_a_new_number_by_WhatsApps_own_notice_takes_what_they_agreed_to_along(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        await bench.Intake.TakeAsync(
            Hooks.Messages(Hooks.System("wamid.moved", "user_changed_number", "491779999999")),
            Hooks.Messages(Hooks.Text("wamid.again", "Me again", Now(bench), from: "491779999999", userId: "DE.777")));

        var standing = (await bench.ViewAsync()).Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedIn, standing.Of(purpose).What));
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Kind == MessageKind.Activity, Token)));
        Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.other", "Who is this?", Now(bench), userId: "DE.888")));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync(c => c.MergedIntoId == null, Token)));
    }

    /// <summary>Somebody wrote, and agreed to everything.</summary>
    private static async Task<CaptureBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello", userId: Hooks.AminaId)));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await AgreeAsync(bench, ConsentPurpose.All, Now(bench));
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                Name = "offer",
                Language = "en",
                WhatsAppId = "offer",
                Status = "APPROVED",
                Category = "MARKETING",
                ComponentsJson = """[{"type":"BODY","text":"Hello {{1}}"}]""",
                SyncedAtUtc = Hooks.Noon,
            });
            await db.SaveChangesAsync(Token);
        });
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        return bench;
    }

    private static DateTime Now(CaptureBench bench) => bench.Clock.GetUtcNow().UtcDateTime;

    private static async Task<DateTime> PassAsync(CaptureBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.2", "New here", Now(bench), userId: "DE.2"), Hooks.Text("wamid.3", "Hello?", Now(bench), userId: "DE.2")));
        return Now(bench);
    }

    private static async Task AgreeAsync(CaptureBench bench, ConsentPurpose purpose, DateTime at) => await SeedOptIn.KeepAsync(
        bench.Core,
        await bench.ContactAsync(),
        new NewConsent(purpose, ConsentAction.Granted, ConsentSource.WhatsAppMessage, at)
        {
            BusinessName = CaptureBench.Business,
            Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
            Basis = LawfulBasis.Consent,
            Jurisdiction = "DE",
            Evidence = new ConsentEvidence { Note = "By code" },
        });

    private static Task<SendReplyOutcome> OfferAsync(CaptureBench bench, string value) => SendAsync(
        bench, new ReplyContent.Template("offer", "en", TemplateValues.None with { Texts = new Dictionary<string, string> { ["body.1"] = value } }));

    private static async Task<SendReplyOutcome> SendAsync(CaptureBench bench, ReplyContent content) => await bench.Core.Get<SendReply>().RunAsync(
        Caller.System, new Reply((await bench.Intake.ConversationAsync()).Id, Guid.CreateVersion7(), content), Token);

    private static Task<GateAnswer> AtSendingAsync(CaptureBench bench, long messageId) => bench.Core.WithDbAsync(async db =>
    {
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    });
}
