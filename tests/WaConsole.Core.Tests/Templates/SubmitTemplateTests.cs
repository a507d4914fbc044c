using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class SubmitTemplateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_draft_with_a_picture_is_shown_submitted_approved_changed_and_deleted_and_each_step_is_on_its_timeline(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Workers = true });
        await simulator.SendWebhooksToAsync(core);
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(TemplateDraftTests.Png), "oven.png", Token));
        var composed = Every.Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)), Footer = "Harbour Bakery" };
        var draft = await SaveAsync(core, mara, composed);
        var progress = new Heard();

        var submitted = Assert.IsType<SubmitTemplateOutcome.Submitted>(await core.Get<SubmitTemplate>().RunAsync(mara, draft, 1, progress, Token));

        Assert.Equal(("PENDING", "UTILITY"), (submitted.Status, submitted.Category));
        Assert.Equal(new SubmitProgress(TemplateDraftTests.Png.Length, TemplateDraftTests.Png.Length), progress.Last);
        Assert.IsType<SubmitTemplateOutcome.AlreadySubmitted>(await core.Get<SubmitTemplate>().RunAsync(mara, draft, 1, null, Token));
        Assert.True((await core.Get<ListTemplateDrafts>().RunAsync(mara, null, Token)).Single().IsSubmitted);

        Assert.True(simulator.World.ChangeTemplateStatus("pickup_ready", "en_US", "APPROVED"));
        await UntilStatusAsync(core, submitted.TemplateId, "APPROVED");
        var detail = await core.Get<ReadTemplate>().RunAsync(mara, submitted.TemplateId, Token);
        Assert.True(detail is { MayEdit: true, MayDelete: true });
        Assert.Equal(file.MediaFileId, Assert.Single(detail.Files).MediaFileId);

        var edit = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await core.Get<EditTemplate>().RunAsync(mara, submitted.TemplateId, Token)).Id;
        var opened = await core.Get<ReadTemplateDraft>().RunAsync(mara, edit, Token);
        Assert.Equal(file.MediaFileId, PreviewDraft.MediaOf(opened!.Content)[0].MediaFileId);
        var changed = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await core.Get<SaveTemplateDraft>().RunAsync(
            mara, new TemplateDraftToSave(edit, core.AccountId, opened.Version, opened.Content with { Footer = "The Harbour Bakery" }), Token));
        Assert.IsType<SubmitTemplateOutcome.Submitted>(await core.Get<SubmitTemplate>().RunAsync(mara, edit, changed.Version, null, Token));
        Assert.True(simulator.World.ChangeTemplateStatus("pickup_ready", "en_US", "APPROVED"));
        await UntilStatusAsync(core, submitted.TemplateId, "APPROVED");
        Assert.Equal(0, (await core.Get<ReadTemplate>().RunAsync(mara, submitted.TemplateId, Token))!.EditsLeft.Today);

        Assert.Equal(new ChangeTemplateOutcome.Done(1), await core.Get<DeleteTemplate>().RunAsync(mara, submitted.TemplateId, allLanguages: false, Token));
        Assert.Null(simulator.World.Templates.Find("pickup_ready", "en_US"));
        Assert.Contains(
            (await core.Get<CheckTemplateDraft>().RunAsync(mara, core.AccountId, null, Every.Plain, Token))!, finding => finding.Code == "NAME_LOCKED");
        var timeline = (await core.Get<ReadTemplate>().RunAsync(mara, submitted.TemplateId, Token))!.Timeline.Select(happened => happened.Kind).Reverse().ToList();
        Assert.Equal(TemplateEventKind.Submitted, timeline[0]);
        Assert.Contains(TemplateEventKind.Edited, timeline);
        Assert.Equal(2, timeline.Count(kind => kind == TemplateEventKind.StatusChanged));
        Assert.Contains(TemplateEventKind.Deleted, timeline);
    }

    [Theory, EveryDatabase]
    public async Task What_breaks_a_rule_is_not_sent_and_what_WhatsApp_refuses_is_said_in_words_and_can_be_submitted_again(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var broken = await SaveAsync(core, mara, Every.Plain with { Body = new("Hello {{1}}", ("1", "Ines")) });
        var taken = await SaveAsync(core, mara, Every.Plain with { Name = "order_shipped", Language = "en" });

        var findings = Assert.IsType<SubmitTemplateOutcome.Broken>(await core.Get<SubmitTemplate>().RunAsync(mara, broken, 1, null, Token)).Findings;
        var refused = Assert.IsType<SubmitTemplateOutcome.Refused>(await core.Get<SubmitTemplate>().RunAsync(mara, taken, 1, null, Token)).Why;

        Assert.Contains(findings, finding => finding is { Code: "VARIABLE_EDGE", Severity: FindingSeverity.Error });
        Assert.Equal(100, refused.Code);
        Assert.Contains("Choose another name", refused.Sentence, StringComparison.Ordinal);
        Assert.Contains("already", refused.WhatsAppSays!, StringComparison.Ordinal);
        Assert.Null((await core.Get<ReadTemplateDraft>().RunAsync(mara, taken, Token))!.SubmittedVersion);
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<SubmitTemplate>().RunAsync(mara with { Role = Role.Agent }, taken, 1, null, Token));
        Assert.IsType<SubmitTemplateOutcome.Conflict>(await core.Get<SubmitTemplate>().RunAsync(mara, taken, 7, null, Token));
    }

    [Theory, EveryDatabase]
    public async Task News_of_WhatsApp_are_on_the_timeline_in_the_order_they_came(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token));
        var read = (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token))!.SyncedAtUtc;
        await core.StartWorkersAsync();
        await Until.TrueAsync(
            async () => (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token))!.SyncedAtUtc > read, "the list was read at start");
        await simulator.SendWebhooksToAsync(core);
        var id = await core.WithDbAsync(db => db.Templates.Where(t => t.Name == "order_shipped" && t.Language == "en").Select(t => t.Id).SingleAsync(Token));
        var before = (await core.Get<ReadTemplate>().RunAsync(Caller.System, id, Token))!.Timeline.Count;

        simulator.World.ChangeTemplateCategory("order_shipped", "en", "MARKETING", atOnce: false);
        await UntilAsync(core, id, TemplateEventKind.CategoryAnnounced);
        simulator.World.ChangeTemplateCategory("order_shipped", "en", "MARKETING", atOnce: true);
        await UntilAsync(core, id, TemplateEventKind.CategoryChanged);
        simulator.World.ChangeTemplateQuality("order_shipped", "en", "YELLOW");
        await UntilAsync(core, id, TemplateEventKind.QualityChanged);
        simulator.World.ChangeTemplateStatus("order_shipped", "en", "REJECTED", "PROMOTIONAL");
        await UntilAsync(core, id, TemplateEventKind.StatusChanged);

        var detail = (await core.Get<ReadTemplate>().RunAsync(Caller.System, id, Token))!;
        var rejected = detail.Timeline[0];
        Assert.Equal(TemplateEventKind.StatusChanged, rejected.Kind);
        Assert.Contains("promotional", rejected.Reason!, StringComparison.Ordinal);
        Assert.Contains("approved", rejected.Sentence, StringComparison.Ordinal);
        Assert.Equal(("MARKETING", "UTILITY", (string?)null), (detail.View.Category, detail.PreviousCategory, detail.CorrectCategory));
        Assert.Equal(before + 4, detail.Timeline.Count);
    }

    [Theory, EveryDatabase]
    public async Task Six_thousand_templates_in_forty_languages_are_read_page_by_page_and_a_reading_cut_off_goes_on(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var sample = simulator.World.Templates.All[0];
        var languages = TemplateLanguages.All.Take(40).Select(language => language.Code).ToList();
        simulator.World.Templates.Replace(Enumerable.Range(0, 6000).Select(number => sample with
        {
            Id = (900000000000000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = $"bulk_{number / 40}",
            Language = languages[number % 40],
        }));
        var pages = 0;
        using var cut = new CancellationTokenSource();
        using var heard = core.Get<LiveUpdates>().Subscribe<TemplateSyncMoved>(
            _ => true, () => { pages++; return pages == 3 ? cut.CancelAsync() : Task.CompletedTask; }, TimeSpan.Zero);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, cut.Token));
        var half = (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token))!;
        var done = await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);

        Assert.True(half is { IsRunning: true, Read: > 0 and < 6000 });
        Assert.Equal(new SyncTemplatesOutcome.Done(6000, 0), done);
        var whole = (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token))!;
        Assert.Equal((false, 6000, 6000), (whole.IsRunning, whole.Read, whole.Known));
    }

    [Theory, EveryDatabase]
    public async Task A_list_that_was_read_before_the_news_does_not_undo_it(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Clock = clock });
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        clock.Advance(TimeSpan.FromMinutes(1));
        await core.WithDbAsync(async db =>
        {
            var template = await db.Templates.SingleAsync(t => t.Name == "order_shipped" && t.Language == "en", Token);
            template.Status = "PAUSED";
            TemplateTimeline.Note(db, template, TemplateEventKind.StatusChanged, clock.GetUtcNow().UtcDateTime, "APPROVED", "PAUSED");
            await db.SaveChangesAsync(Token);
        });

        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        Assert.Equal("PAUSED", await StatusAsync());
        clock.Advance(TimeSpan.FromMinutes(1));
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        Assert.Equal("APPROVED", await StatusAsync());

        Task<string> StatusAsync() => core.WithDbAsync(
            db => db.Templates.Where(t => t.Name == "order_shipped" && t.Language == "en").Select(t => t.Status).SingleAsync(Token));
    }

    private static SimulatorOptions Manually(SimulatorOptions options) => options with { TemplateReview = TemplateReview.ByHand };

    private static async Task<long> SaveAsync(CoreHost core, Caller caller, ComposedTemplate content) => Assert.IsType<SaveTemplateDraftOutcome.Saved>(
        await core.Get<SaveTemplateDraft>().RunAsync(caller, new TemplateDraftToSave(null, core.AccountId, 0, content), Token)).Id;

    private static Task UntilStatusAsync(CoreHost core, long id, string status) => Until.TrueAsync(
        async () => await core.WithDbAsync(db => db.Templates.AnyAsync(t => t.Id == id && t.Status == status, Token)), $"the template is {status}");

    private static Task UntilAsync(CoreHost core, long id, TemplateEventKind kind) => Until.TrueAsync(
        async () => await core.WithDbAsync(db => db.TemplateEvents.AnyAsync(e => e.TemplateId == id && e.Kind == kind, Token)), $"{kind} is on the timeline");

    private sealed class Heard : IProgress<SubmitProgress>
    {
        public SubmitProgress? Last { get; private set; }

        public void Report(SubmitProgress value) => Last = value;
    }
}
