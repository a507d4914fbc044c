using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

/// <summary>Core with intake driven by hand, words that are published, and pages on them. The clock stands at noon of the test's webhooks.</summary>
internal sealed class CaptureBench : IAsyncDisposable
{
    public const string Business = "Cafe Luna";
    public const string Words = "I agree that Cafe Luna sends me offers by WhatsApp. Answer STOP to end them. https://luna.example/privacy";

    private CaptureBench(IntakeBench intake, FakeTimeProvider clock) => (Intake, Clock) = (intake, clock);

    public IntakeBench Intake { get; }

    public FakeTimeProvider Clock { get; }

    public CoreHost Core => Intake.Core;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CaptureBench> StartAsync(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        return new CaptureBench(await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = clock }), clock);
    }

    public async Task<long> DraftAsync(string text = Words, string language = "en", long? id = null, ConsentPurpose purpose = ConsentPurpose.Marketing) =>
        Assert.IsType<SaveWordingOutcome.Saved>(await Core.Get<SaveWording>().RunAsync(
            Caller.System, new WordingDraft(id, "Offers", Business, purpose, language, text), Token)).WordingId;

    public async Task<long> WordingAsync(string text = Words, string language = "en", long? id = null, ConsentPurpose purpose = ConsentPurpose.Marketing)
    {
        var wording = await DraftAsync(text, language, id, purpose);
        Assert.IsType<PublishWordingOutcome.Published>(await Core.Get<PublishWording>().RunAsync(Caller.System, wording, language, null, Token));
        return wording;
    }

    public OptInPageForm Form(long wording, string slug = "luna") => new(null, slug, "At the till", wording, Core.NumberId);

    public async Task<long> PageAsync(Func<OptInPageForm, OptInPageForm>? with = null, long? wording = null)
    {
        var form = Form(wording ?? await WordingAsync());
        var page = Assert.IsType<SaveOptInPageOutcome.Saved>(await Core.Get<SaveOptInPage>().RunAsync(Caller.System, with?.Invoke(form) ?? form, Token)).PageId;
        Assert.IsType<ChangeOptInPageOutcome.Changed>(await Core.Get<ChangeOptInPage>().RunAsync(Caller.System, page, isOpen: true, Token));
        return page;
    }

    public Task<PublicOptInPage?> ShownAsync(string slug = "luna", string language = "en") => Core.Get<ReadOptInPage>().RunAsync(slug, _ => language, Token);

    public async Task<AgreeOutcome> AgreeAsync(string phone = "+49 170 1234567", long? version = null) => await Core.Get<AgreeOnPage>().RunAsync(
        new Agreement("luna", version ?? (await ShownAsync())!.VersionId, phone, "DE") { IpAddress = "192.0.2.7", UserAgent = "Browser", FormJson = """{"agree":true}""" },
        Token);

    /// <summary>The one template that may ask, with a yes and a no.</summary>
    public Task AskTemplateAsync(string status = "APPROVED") => Core.WithDbAsync(async db =>
    {
        db.Templates.Add(new Template
        {
            BusinessAccountId = Core.AccountId,
            Name = "confirm",
            Language = "en",
            WhatsAppId = "confirm",
            Status = status,
            Category = "UTILITY",
            ComponentsJson =
                """[{"type":"BODY","text":"May we?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"},{"type":"QUICK_REPLY","text":"No"}]}]""",
            SyncedAtUtc = Hooks.Noon,
        });
        await db.SaveChangesAsync();
    });

    public Task<long> ContactAsync() => Core.WithDbAsync(db => db.Contacts.Where(c => c.MergedIntoId == null).Select(c => c.Id).SingleAsync(Token));

    public async Task<PurposeStanding> MarketingAsync() => (await ViewAsync()).Standing.Marketing;

    public async Task<ConsentView> ViewAsync() => (await Core.Get<ReadConsent>().RunAsync(Caller.System, await ContactAsync(), Token))!;

    public Task<List<Message>> SentAsync() => Core.WithDbAsync(
        db => db.Messages.AsNoTracking().Where(m => m.Direction == MessageDirection.Outbound).OrderBy(m => m.Id).ToListAsync(Token));

    public ValueTask DisposeAsync() => Intake.DisposeAsync();
}
