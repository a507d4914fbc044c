using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;
using WaConsole.Core.Tests.Intake;
using WaConsole.Simulator.Faults;
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

        // A reading that meets the new template before its answer is here would be first on its timeline.
        await Until.TrueAsync(
            async () => await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token) is { IsRunning: false, SyncedAtUtc: not null },
            "the list was read at start");
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

        // A reading of the list may be the one that notes the review in between.
        Assert.Equal(2, await core.WithDbAsync(db => db.TemplateEvents.CountAsync(
            e => e.TemplateId == submitted.TemplateId && e.Kind == TemplateEventKind.StatusChanged && e.ToWord == "APPROVED", Token)));
        Assert.Contains(TemplateEventKind.Deleted, timeline);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so_and_not_that_WhatsApp_refused()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = new Uri("http://127.0.0.1:9/") });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());

        var why = Assert.IsType<SubmitTemplateOutcome.Refused>(
            await core.Get<SubmitTemplate>().RunAsync(mara, await SaveAsync(core, mara, Every.Plain), 1, null, Token)).Why;

        Assert.Null(why.Code);
        Assert.Contains("did not answer", why.Sentence, StringComparison.Ordinal);
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
    public async Task A_next_version_that_is_refused_can_be_submitted_again(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var draft = await SaveAsync(core, mara, Every.Plain);
        await SubmitAsync(core, mara, draft, 1);
        await ApproveAsync(simulator, core);
        Assert.IsType<SaveTemplateDraftOutcome.Saved>(await core.Get<SaveTemplateDraft>().RunAsync(
            mara, new TemplateDraftToSave(draft, core.AccountId, 1, Every.Plain with { Footer = "Harbour Bakery" }), Token));
        var before = await DraftAsync(core, draft);

        simulator.World.Faults.Set(new Fault { Kind = FaultKind.TokenExpired });
        Assert.IsType<SubmitTemplateOutcome.Refused>(await core.Get<SubmitTemplate>().RunAsync(mara, draft, 2, null, Token));
        var refused = await DraftAsync(core, draft);
        simulator.World.Faults.Clear();
        await SubmitAsync(core, mara, draft, 2);

        Assert.True(await core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.TemplatesSyncedAtUtc == null, Token)), "after a change the list is read");
        Assert.Equal((1, before.SubmittedAtUtc), (refused.SubmittedVersion, refused.SubmittedAtUtc));
        Assert.Equal(2, (await DraftAsync(core, draft)).SubmittedVersion);
    }

    [Theory, EveryDatabase]
    public async Task What_is_saved_while_a_version_is_on_its_way_becomes_a_change_of_the_template(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(TemplateDraftTests.Png), "oven.png", Token));
        var composed = Every.Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)) };
        var draft = await SaveAsync(core, mara, composed);
        var saved = DraftJson.Write(composed with { Footer = "Harbour Bakery" });
        var progress = new Meanwhile(() =>
        {
            using var db = core.Get<IDbContextFactory<WaConsoleDb>>().CreateDbContext();
            db.TemplateDrafts.Where(d => d.Id == draft)
                .ExecuteUpdate(set => set.SetProperty(d => d.Version, 2).SetProperty(d => d.ContentJson, saved));
        });

        var submitted = Assert.IsType<SubmitTemplateOutcome.Submitted>(await core.Get<SubmitTemplate>().RunAsync(mara, draft, 1, progress, Token));

        var row = await DraftAsync(core, draft);
        Assert.Equal((2, 1, submitted.TemplateId), (row.Version, row.SubmittedVersion, row.TemplateId));
        Assert.NotNull(row.SubmittedAtUtc);
        Assert.Equal(saved, row.ContentJson);
        await ApproveAsync(simulator, core);
        Assert.Equal(submitted.TemplateId, (await SubmitAsync(core, mara, draft, 2)).TemplateId);
    }

    [Theory, EveryDatabase]
    public async Task A_template_that_a_reading_of_the_list_finds_first_is_recorded_as_submitted_all_the_same(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        var found = new BeforeAdding();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions
        {
            GraphBaseAddress = simulator.Uri,
            Services = services => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(found)),
        });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var draft = await SaveAsync(core, mara, Every.Plain);
        found.Act = () => core.WithDbAsync(async db =>
        {
            db.Templates.Add(TemplateDraftTests.TemplateOf(core, "pickup_ready", Every.Plain, "PENDING"));
            await db.SaveChangesAsync(Token);
        });

        var submitted = await SubmitAsync(core, mara, draft, 1);

        Assert.Null(found.Act);
        var row = await core.WithDbAsync(db => db.Templates.AsNoTracking().SingleAsync(Token));
        Assert.Equal((submitted.TemplateId, simulator.World.Templates.Find("pickup_ready", "en_US")!.Id), (row.Id, row.WhatsAppId));
        Assert.Equal((row.Id, 1), ((await DraftAsync(core, draft)).TemplateId, (await DraftAsync(core, draft)).SubmittedVersion));
        Assert.Equal(TemplateEventKind.Submitted, Assert.Single((await core.Get<ReadTemplate>().RunAsync(mara, row.Id, Token))!.Timeline).Kind);
    }

    [Theory, EveryDatabase]
    public async Task What_is_taken_back_from_the_archive_is_what_it_was_and_only_what_may_be_archived_is(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        simulator.World.ChangeTemplateStatus("order_shipped", "en", "REJECTED", "PROMOTIONAL");
        simulator.World.ChangeTemplateStatus("order_shipped", "de", "PAUSED");
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        var (rejected, paused) = (await IdAsync("en"), await IdAsync("de"));

        Assert.Equal(new ChangeTemplateOutcome.Done(1), await RunAsync([rejected, paused], archived: true));
        Assert.Equal(("ARCHIVED", "PAUSED"), (await StatusAsync(rejected), await StatusAsync(paused)));
        Assert.IsType<ChangeTemplateOutcome.Refused>(await RunAsync([paused], archived: true));
        Assert.IsType<ChangeTemplateOutcome.Refused>(await RunAsync([paused], archived: false));
        Assert.Contains("100", Assert.IsType<ChangeTemplateOutcome.Refused>(
            await RunAsync([rejected, .. Enumerable.Range(1, 100).Select(more => paused + (more * 1000L))], archived: false)).Why.Sentence, StringComparison.Ordinal);
        Assert.Equal(new ChangeTemplateOutcome.Done(1), await RunAsync([rejected], archived: false));
        Assert.Equal("REJECTED", await StatusAsync(rejected));

        Task<ChangeTemplateOutcome> RunAsync(IReadOnlyList<long> ids, bool archived) => core.Get<ArchiveTemplates>().RunAsync(mara, ids, archived, Token);

        Task<long> IdAsync(string language) => core.WithDbAsync(
            db => db.Templates.Where(t => t.Name == "order_shipped" && t.Language == language).Select(t => t.Id).SingleAsync(Token));

        Task<string> StatusAsync(long id) => core.WithDbAsync(db => db.Templates.Where(t => t.Id == id).Select(t => t.Status).SingleAsync(Token));
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
        var before = (await core.Get<ReadTemplate>().RunAsync(Caller.System, id, Token))!.Timeline.Select(one => one.Kind).ToList();

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
        Assert.Equal(
            [
                TemplateEventKind.StatusChanged, TemplateEventKind.QualityChanged, TemplateEventKind.CategoryChanged,
                TemplateEventKind.CategoryAnnounced, .. before,
            ],
            detail.Timeline.Select(one => one.Kind));
    }

    [Fact]
    public async Task News_that_a_reading_of_the_list_is_about_to_note_are_noted_once()
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(
            DatabaseProvider.Postgres, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Workers = true });
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        await simulator.SendWebhooksToAsync(core);
        var id = await core.WithDbAsync(db => db.Templates.Where(t => t.Name == "order_shipped" && t.Language == "en").Select(t => t.Id).SingleAsync(Token));

        // The list as it is read: the account's row first, then the template and its note.
        await using (var reading = await HeldRows.OfAsync(core, $"""
            UPDATE "BusinessAccounts" SET "TemplatesSyncCount" = 1 WHERE "Id" = {core.AccountId};
            UPDATE "Templates" SET "Quality" = 'YELLOW' WHERE "Id" = {id};
            INSERT INTO "TemplateEvents" ("BusinessAccountId", "TemplateId", "Kind", "AtUtc", "FromWord", "ToWord")
            VALUES ({core.AccountId}, {id}, {(int)TemplateEventKind.QualityChanged}, now(), 'GREEN', 'YELLOW')
            """))
        {
            simulator.World.ChangeTemplateQuality("order_shipped", "en", "YELLOW");
            await reading.UntilWaitingAsync(1);
            await reading.CommitAsync();
        }

        await Until.TrueAsync(
            async () => await core.WithDbAsync(db => db.Deliveries.AllAsync(d => d.State != DeliveryState.Pending, Token)), "the news are worked off");
        Assert.Equal(1, await core.WithDbAsync(db => db.TemplateEvents.CountAsync(
            e => e.TemplateId == id && e.Kind == TemplateEventKind.QualityChanged, Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_template_for_sign_in_codes_is_kept_with_WhatsApps_own_words_from_the_first_moment(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: Manually);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var draft = await SaveAsync(core, mara, Every.All["code to copy"] with { Code = new ComposedCode(CodeDelivery.CopyCode, AddSecurityRecommendation: true) });

        var submitted = await SubmitAsync(core, mara, draft, 1);

        var view = (await core.Get<ReadTemplate>().RunAsync(mara, submitted.TemplateId, Token))!.View;
        Assert.Equal("*{{1}}* is your verification code. For your security, do not share this code.", view.Body);
        Assert.Equal(("OTP", "Copy code"), (Assert.Single(view.Buttons).Kind, view.Buttons[0].Text));
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
        TemplateSyncState? reading = null;
        using var cut = new CancellationTokenSource();

        // Between two pages, and not beside them: whoever is told of many at once would be too late.
        core.Get<LiveUpdates>().Published += change =>
        {
            if (change is TemplateSyncMoved && ++pages == 3)
            {
                reading = Task.Run(() => core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token), Token).GetAwaiter().GetResult();
                cut.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, cut.Token));
        var half = (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, Token))!;
        var done = await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);

        Assert.True(reading is { IsRunning: true, SyncedAtUtc: null });
        Assert.True(half is { IsRunning: false, Read: > 0 and < 6000 });
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

    private static async Task<SubmitTemplateOutcome.Submitted> SubmitAsync(CoreHost core, Caller caller, long draft, int version) =>
        Assert.IsType<SubmitTemplateOutcome.Submitted>(await core.Get<SubmitTemplate>().RunAsync(caller, draft, version, null, Token));

    private static async Task ApproveAsync(SimulatorHost simulator, CoreHost core)
    {
        Assert.True(simulator.World.ChangeTemplateStatus("pickup_ready", "en_US", "APPROVED"));
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        var id = await core.WithDbAsync(
            db => db.Templates.Where(t => t.Name == "pickup_ready" && t.Language == "en_US").Select(t => t.Id).SingleAsync(Token));
        await UntilStatusAsync(core, id, "APPROVED");
    }

    private static Task<TemplateDraft> DraftAsync(CoreHost core, long id) =>
        core.WithDbAsync(db => db.TemplateDrafts.AsNoTracking().SingleAsync(d => d.Id == id, Token));

    private static Task UntilStatusAsync(CoreHost core, long id, string status) => Until.TrueAsync(
        async () => await core.WithDbAsync(db => db.Templates.AnyAsync(t => t.Id == id && t.Status == status, Token)), $"the template is {status}");

    private static Task UntilAsync(CoreHost core, long id, TemplateEventKind kind) => Until.TrueAsync(
        async () => await core.WithDbAsync(db => db.TemplateEvents.AnyAsync(e => e.TemplateId == id && e.Kind == kind, Token)), $"{kind} is on the timeline");

    /// <summary>Something that happens once, while files go out.</summary>
    private sealed class Meanwhile(Action act) : IProgress<SubmitProgress>
    {
        private Action? _act = act;

        public void Report(SubmitProgress value)
        {
            _act?.Invoke();
            _act = null;
        }
    }

    /// <summary>Something that happens once, right before a template's row is added.</summary>
    private sealed class BeforeAdding : SaveChangesInterceptor
    {
        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && eventData.Context!.ChangeTracker.Entries<Template>().Any(entry => entry.State == EntityState.Added))
            {
                Act = null;
                await act();
            }

            return result;
        }
    }

    private sealed class Heard : IProgress<SubmitProgress>
    {
        public SubmitProgress? Last { get; private set; }

        public void Report(SubmitProgress value) => Last = value;
    }
}
