using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateDraftTests
{
    [Theory, EveryDatabase]
    public async Task The_next_save_keeps_the_handle_of_a_file_that_went_out_already(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var file = new ComposedMedia(HeaderMediaKind.Image, 7);
        var content = Every.Plain with { Header = new ComposedHeader.Media(file) };
        var id = Assert.IsType<SaveTemplateDraftOutcome.Saved>(
            await core.Get<SaveTemplateDraft>().RunAsync(Caller.System, new TemplateDraftToSave(null, core.AccountId, 0, content), CancellationToken.None)).Id;
        var uploaded = DraftJson.Write(content with { Header = new ComposedHeader.Media(file with { Handle = "4::kept", HandleAppId = "1" }) });
        await core.WithDbAsync(db => db.TemplateDrafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.ContentJson, uploaded)));

        await core.Get<SaveTemplateDraft>().RunAsync(
            Caller.System, new TemplateDraftToSave(id, core.AccountId, 1, content with { Footer = "Typed on" }), CancellationToken.None);

        var saved = (await core.Get<ReadTemplateDraft>().RunAsync(Caller.System, id, CancellationToken.None))!.Content;
        Assert.Equal(("Typed on", "4::kept"), (saved.Footer, PreviewDraft.MediaOf(saved)[0].Handle));
    }

    internal static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Of_two_who_save_the_same_version_the_second_is_told_who_was_first(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var mara = await MarketerAsync(core, "Mara");
        var otto = await MarketerAsync(core, "Otto");
        var saved = await SaveAsync(core, mara, null, 0, Every.Plain);
        List<LiveChange> pushed = [];
        core.Get<LiveUpdates>().Published += pushed.Add;

        var second = await SaveAsync(core, otto, saved.Id, 1, Every.Plain with { Footer = "Otto's" });
        var late = await TrySaveAsync(core, mara, saved.Id, 1, Every.Plain with { Footer = "Mara's" });

        Assert.Equal(2, second.Version);
        Assert.Equal(("Otto", 2), Assert.IsType<SaveTemplateDraftOutcome.Conflict>(late) is var conflict ? (conflict.By, conflict.Version) : default);
        Assert.Equal([new TemplatesChanged(core.AccountId)], pushed);
        var read = await core.Get<ReadTemplateDraft>().RunAsync(mara, saved.Id, Token);
        Assert.Equal(("Mara", "Otto", "Otto's"), (read!.Author, read.ChangedBy, read.Content.Footer));
        Assert.Equal(1, Assert.Single(read.Versions).Version);
        Assert.Null((await core.Get<ReadTemplateDraft>().VersionAsync(mara, saved.Id, 1, Token))!.Footer);
    }

    [Theory, EveryDatabase]
    public async Task What_another_category_has_no_place_for_is_kept_with_the_draft_and_is_not_handed_in(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var mara = await MarketerAsync(core, "Mara");
        var saved = await SaveAsync(core, mara, null, 0, Every.Plain with { Category = TemplateCategories.Marketing });
        var cards = new ComposedTemplate
        {
            Body = new ComposedText("Look"),
            Cards = [new ComposedCard { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, 7)), Body = new ComposedText("One {{1}}", ("1", "red")) }],
        };
        var code = new ComposedCode(CodeDelivery.OneTap, ExpiresInMinutes: 5);
        var content = Every.Plain with { Category = TemplateCategories.Utility, Aside = cards with { Code = code, Aside = new ComposedTemplate { Footer = "Earlier" } } };

        await SaveAsync(core, mara, saved.Id, 1, content);

        var read = (await core.Get<ReadTemplateDraft>().RunAsync(mara, saved.Id, Token))!;
        var aside = read.Content.Aside!;
        Assert.Equal((code.ExpiresInMinutes, "Look", "Earlier"), (aside.Code!.ExpiresInMinutes, aside.Body.Text, aside.Aside!.Footer));
        Assert.Equal(("One {{1}}", "red"), (aside.Cards[0].Body!.Text, aside.Cards[0].Body!.Samples["1"]));
        Assert.Equal(7, PreviewDraft.MediaOf(aside)[0].MediaFileId);
        Assert.DoesNotContain("Look", WriteComponents.Run(read.Content), StringComparison.Ordinal);
        Assert.Empty(PreviewDraft.MediaOf(read.Content));

        // The one before another category was chosen is a version, however short ago it was saved.
        Assert.Equal(1, Assert.Single(read.Versions).Version);
    }

    [Theory, EveryDatabase]
    public async Task Saves_of_one_person_make_one_version_in_ten_minutes(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var mara = await MarketerAsync(core, "Mara");
        var saved = await SaveAsync(core, mara, null, 0, Every.Plain);
        for (var version = 1; version <= 30; version++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await SaveAsync(core, mara, saved.Id, version, Every.Plain with { Footer = $"After {version}" });
        }

        var read = await core.Get<ReadTemplateDraft>().RunAsync(mara, saved.Id, Token);

        Assert.InRange(read!.Versions.Count, 2, 3);
        Assert.Equal(31, read.Version);
    }

    [Theory, EveryDatabase]
    public async Task Drafts_are_of_marketing_staff_and_admins_who_see_the_account(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var mara = await MarketerAsync(core, "Mara");
        var elsewhere = mara with { Numbers = new HashSet<long> { core.NumberId + 1000 } };
        var agent = mara with { Role = Role.Agent };
        var saved = await SaveAsync(core, mara, null, 0, Every.Plain);

        await Assert.ThrowsAsync<NotAllowedException>(() => TrySaveAsync(core, agent, saved.Id, 1, Every.Plain));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadTemplateDraft>().RunAsync(agent, saved.Id, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ListTemplateDrafts>().RunAsync(agent, null, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<DeleteTemplateDraft>().RunAsync(agent, saved.Id, Token));
        Assert.IsType<SaveTemplateDraftOutcome.NoSuchDraft>(await TrySaveAsync(core, elsewhere, saved.Id, 1, Every.Plain));
        Assert.Null(await core.Get<ReadTemplateDraft>().RunAsync(elsewhere, saved.Id, Token));
        Assert.Empty(await core.Get<ListTemplateDrafts>().RunAsync(elsewhere, null, Token));
        Assert.False(await core.Get<DeleteTemplateDraft>().RunAsync(elsewhere, saved.Id, Token));
        Assert.Equal("pickup_ready", Assert.Single(await core.Get<ListTemplateDrafts>().RunAsync(mara, core.AccountId, Token)).Name);
        Assert.True(await core.Get<DeleteTemplateDraft>().RunAsync(mara, saved.Id, Token));
        Assert.Empty(await core.Get<ListTemplateDrafts>().RunAsync(mara, null, Token));
    }

    [Theory, EveryDatabase]
    public async Task The_file_of_a_header_stays_with_its_draft_and_goes_after_it(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var mara = await MarketerAsync(core, "Mara");
        var otto = await MarketerAsync(core, "Otto");
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(Png), "oven.png", Token));
        var saved = await SaveAsync(core, mara, null, 0, Every.Plain with
        {
            Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)),
        });

        clock.Advance(TimeSpan.FromDays(40));
        await core.Get<TidyUploads>().RunAsync(() => { }, Token);

        var read = await core.Get<ReadTemplateDraft>().RunAsync(otto, saved.Id, Token);
        Assert.Equal("image/png", Assert.Single(read!.Files).MimeType);
        Assert.DoesNotContain(read.Findings, finding => finding.Field == "header");
        Assert.NotNull(await core.Get<OpenMedia>().RunAsync(otto, file.Key, Token));
        Assert.Null(await core.Get<OpenMedia>().RunAsync(otto with { Role = Role.Agent }, file.Key, Token));

        Assert.True(await core.Get<DeleteTemplateDraft>().RunAsync(otto, saved.Id, Token));
        await core.Get<TidyUploads>().RunAsync(() => { }, Token);
        Assert.Equal(0, await core.WithDbAsync(db => db.MediaFiles.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_elses_upload_cannot_be_taken_into_a_draft(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var mara = await MarketerAsync(core, "Mara");
        var otto = await MarketerAsync(core, "Otto");
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(Png), "oven.png", Token));

        var saved = await SaveAsync(core, otto, null, 0, Every.Plain with
        {
            Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)),
        });

        var read = await core.Get<ReadTemplateDraft>().RunAsync(otto, saved.Id, Token);
        Assert.Empty(read!.Files);
        Assert.Contains(read.Findings, finding => finding is { Code: "HEADER_FILE", Severity: FindingSeverity.Error });
        Assert.Null(await core.Get<OpenMedia>().RunAsync(otto, file.Key, Token));
    }

    [Theory, EveryDatabase]
    public async Task The_file_of_a_draft_is_seen_and_taken_on_by_those_who_see_its_account_and_by_nobody_else(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (account, number) = await OtherAccountAsync(core);
        var mara = await MarketerAsync(core, "Mara");
        var here = await MarketerAsync(core, "Otto") with { Numbers = new HashSet<long> { core.NumberId } };
        var elsewhere = await MarketerAsync(core, "Elsa") with { Numbers = new HashSet<long> { number } };
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(Png), "oven.png", Token));
        var content = Every.Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)) };
        await SaveAsync(core, mara, null, 0, content);

        var taken = Assert.IsType<SaveTemplateDraftOutcome.Saved>(
            await core.Get<SaveTemplateDraft>().RunAsync(elsewhere, new TemplateDraftToSave(null, account, 0, content), Token));
        var copied = await SaveAsync(core, here, null, 0, content);

        Assert.Empty((await core.Get<ReadTemplateDraft>().RunAsync(elsewhere, taken.Id, Token))!.Files);
        Assert.Null(await core.Get<OpenMedia>().RunAsync(elsewhere, file.Key, Token));
        Assert.Single((await core.Get<ReadTemplateDraft>().RunAsync(here, copied.Id, Token))!.Files);
        Assert.NotNull(await core.Get<OpenMedia>().RunAsync(here, file.Key, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_template_and_a_draft_are_copied_into_another_account_with_their_file_and_only_by_who_sees_both(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (account, _) = await OtherAccountAsync(core);
        var mara = await MarketerAsync(core, "Mara");
        var here = await MarketerAsync(core, "Otto") with { Numbers = new HashSet<long> { core.NumberId } };
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(Png), "oven.png", Token));
        var content = Every.Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId, "4::handle", "700")) };
        var draft = await SaveAsync(core, mara, null, 0, content);
        var template = TemplateOf(core, "pickup_ready", Every.Plain);
        await core.WithDbAsync(async db =>
        {
            db.Templates.Add(template);
            await db.SaveChangesAsync(Token);
        });
        var copies = core.Get<EditTemplate>();

        var ofDraft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await copies.CopyDraftAsync(mara, draft.Id, null, account, Token));
        var ofTemplate = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await copies.CopyAsync(mara, template.Id, null, account, null, Token));
        Assert.IsType<SaveTemplateDraftOutcome.NoSuchDraft>(await copies.CopyDraftAsync(here, draft.Id, null, account, Token));
        Assert.IsType<SaveTemplateDraftOutcome.NoSuchDraft>(await copies.CopyAsync(here, template.Id, null, account, null, Token));

        var copied = (await core.Get<ReadTemplateDraft>().RunAsync(mara, ofDraft.Id, Token))!;
        Assert.Equal((account, null), (copied.BusinessAccountId, copied.TemplateId));
        Assert.Equal(file.MediaFileId, Assert.Single(copied.Files).MediaFileId);
        Assert.Null(PreviewDraft.MediaOf(copied.Content)[0].Handle);
        var other = (await core.Get<ReadTemplateDraft>().RunAsync(mara, ofTemplate.Id, Token))!;
        Assert.Equal((account, null, "pickup_ready", Every.Plain.Body.Text), (other.BusinessAccountId, other.TemplateId, other.Content.Name, other.Content.Body.Text));
        Assert.DoesNotContain(other.Findings, finding => finding.Code == "NAME_TAKEN");
        Assert.Equal(1, await core.WithDbAsync(db => db.TemplateDrafts.CountAsync(d => d.BusinessAccountId == core.AccountId, Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_template_shows_only_the_files_its_draft_kept_and_only_while_the_draft_is_as_it_was_handed_in(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var mara = await MarketerAsync(core, "Mara");
        var otto = await MarketerAsync(core, "Otto");
        var kept = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(Png), "oven.png", Token));
        var foreign = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(otto, new MemoryStream(Png), "secret.png", Token));
        var composed = Every.Plain with { Header = Every.Media(HeaderMediaKind.Image) };
        var template = TemplateOf(core, "pickup_ready", composed);
        await core.WithDbAsync(async db =>
        {
            db.Templates.Add(template);
            await db.SaveChangesAsync(Token);
        });

        Assert.Equal(kept.MediaFileId, Assert.Single(await HandedInAsync(kept.MediaFileId)).MediaFileId);
        Assert.Empty(await HandedInAsync(foreign.MediaFileId));
        var latest = await HandedInAsync(kept.MediaFileId);
        Assert.Single(latest);
        await core.WithDbAsync(db => db.TemplateDrafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.Version, 2), Token));
        Assert.Empty((await core.Get<ReadTemplate>().RunAsync(mara, template.Id, Token))!.Files);

        async Task<IReadOnlyList<TemplateFile>> HandedInAsync(long file)
        {
            await core.WithDbAsync(db => db.TemplateDrafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.SubmittedAtUtc, DateTime.UnixEpoch), Token));
            var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await core.Get<SaveTemplateDraft>().RunAsync(
                mara,
                new TemplateDraftToSave(
                    null, core.AccountId, 0, composed with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file)) }, template.Id),
                Token));
            await core.WithDbAsync(db => db.TemplateDrafts.Where(d => d.Id == draft.Id).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.SubmittedVersion, 1).SetProperty(d => d.SubmittedAtUtc, DateTime.UnixEpoch.AddDays(1)), Token));
            return (await core.Get<ReadTemplate>().RunAsync(mara, template.Id, Token))!.Files;
        }
    }

    [Theory, EveryDatabase]
    public async Task A_template_with_an_order_is_read_as_it_must_be_handed_in_again(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var template = TemplateOf(core, "order_to_pay", Every.All["order to pay"]);
        await core.WithDbAsync(async db =>
        {
            db.Templates.Add(template);
            await db.SaveChangesAsync(Token);
        });

        var content = (await core.Get<ReadTemplate>().RunAsync(Caller.System, template.Id, Token))!.Content!;

        Assert.Equal(ComposedTemplate.OrderDetailsFormat, content.DisplayFormat);
        Assert.DoesNotContain(TemplateRules.Check(content), finding => finding.Code == "DISPLAY_FORMAT");
    }

    [Theory, EveryDatabase]
    public async Task The_same_text_is_looked_for_among_those_that_begin_like_it(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var core = await SeenSql.StartAsync(provider, seen);
        var mara = await MarketerAsync(core, "Mara");
        var wide = Every.Plain with { Name = "wide", Body = new("ÉCLAIRS are waiting,   and so is your bread, at {{1}}. We close at six.", ("1", "Mill Lane")) };
        var whole = Every.Plain with { Name = "whole", Body = new(new string('x', 60)) };
        await core.WithDbAsync(async db =>
        {
            db.Templates.AddRange(
                TemplateOf(core, "other_end", Every.Plain with { Body = new(Every.Plain.Body.Text + " Soon.", ("1", "Ines"), ("2", "Mill Lane")) }),
                TemplateOf(core, "same_wide", wide), TemplateOf(core, "same_whole", whole));
            await db.SaveChangesAsync(Token);
        });

        var parameters = await seen.ParametersAsync(async () => Assert.Null(await SameAsync(Every.Plain)), "\"ComponentsJson\"");

        Assert.Contains("hello {{1}}, your bread is waiting for", Assert.Single(parameters), StringComparison.Ordinal);
        Assert.Contains("same_wide", (await SameAsync(wide))!, StringComparison.Ordinal);
        Assert.Contains("same_whole", (await SameAsync(whole))!, StringComparison.Ordinal);

        async Task<string?> SameAsync(ComposedTemplate template) =>
            (await core.Get<CheckTemplateDraft>().RunAsync(mara, core.AccountId, null, template, Token))!
                .FirstOrDefault(finding => finding.Code == "SAME_CONTENT")?.Sentence;
    }

    [Theory, EveryDatabase]
    public async Task Names_taken_names_resting_and_the_same_text_are_told(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var mara = await MarketerAsync(core, "Mara");
        await core.WithDbAsync(async db =>
        {
            var there = TemplateOf(core, "pickup_ready", Every.Plain);
            var resting = TemplateOf(core, "old_offer", Every.Plain with { Body = new("Something else entirely.") });
            resting.DeletedAtUtc = clock.GetUtcNow().UtcDateTime;
            db.Templates.AddRange(there, resting, TemplateOf(core, "same_words", Every.Plain));
            await db.SaveChangesAsync(Token);
            db.TemplateEvents.Add(new TemplateEvent
            {
                BusinessAccountId = core.AccountId,
                TemplateId = resting.Id,
                Kind = TemplateEventKind.Deleted,
                FromWord = "APPROVED",
                AtUtc = clock.GetUtcNow().UtcDateTime,
            });
            await db.SaveChangesAsync(Token);
        });

        Assert.Contains(await CheckAsync(Every.Plain), finding => finding is { Code: "NAME_TAKEN", Field: "name" });
        Assert.Contains(await CheckAsync(Every.Plain), finding => finding.Code == "SAME_CONTENT" && finding.Sentence.Contains("same_words", StringComparison.Ordinal));
        var locked = Assert.Single(await CheckAsync(Every.Plain with { Name = "old_offer" }), finding => finding.Code == "NAME_LOCKED");
        Assert.Contains("2026-12-26", locked.Sentence, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(31));
        Assert.DoesNotContain(await CheckAsync(Every.Plain with { Name = "old_offer" }), finding => finding.Code == "NAME_LOCKED");

        async Task<IReadOnlyList<TemplateFinding>> CheckAsync(ComposedTemplate template) =>
            (await core.Get<CheckTemplateDraft>().RunAsync(mara, core.AccountId, null, template, Token))!;
    }

    [Fact]
    public void What_is_left_of_the_changes_follows_the_day_and_the_month()
    {
        var now = new DateTime(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc);

        Assert.Equal(new EditsLeft(1, 10, null), EditLimits.Left([], now));
        Assert.Equal(new EditsLeft(0, 9, now.AddHours(4)), EditLimits.Left([now.AddHours(-20)], now));
        Assert.Equal(
            new EditsLeft(1, 0, now.AddDays(10)), EditLimits.Left(Enumerable.Range(0, 10).Select(day => now.AddDays(-20 + day)), now));
    }

    internal static Template TemplateOf(CoreHost core, string name, ComposedTemplate composed, string status = "APPROVED") => new()
    {
        BusinessAccountId = core.AccountId,
        Name = name,
        Language = composed.Language,
        Category = composed.Category,
        Status = status,
        WhatsAppId = $"id-of-{name}",
        ComponentsJson = WriteComponents.Run(composed),
        SearchText = TemplateSearchText.Of(name, WriteComponents.Run(composed)),
    };

    /// <summary>A number of another account.</summary>
    private static Task<(long Account, long Number)> OtherAccountAsync(CoreHost core) => core.WithDbAsync(async db =>
    {
        var account = new BusinessAccount { Name = "Elsewhere", WhatsAppId = "777", PortfolioId = "777" };
        db.BusinessAccounts.Add(account);
        await db.SaveChangesAsync(Token);
        var number = new Number { BusinessAccountId = account.Id, PhoneNumberId = "778", DisplayPhoneNumber = "", Name = "Elsewhere", Quality = "", Status = "" };
        db.Numbers.Add(number);
        await db.SaveChangesAsync(Token);
        return (account.Id, number.Id);
    });

    private static async Task<Caller> MarketerAsync(CoreHost core, string name) =>
        await new SeedAgent(name, Role.Marketer).WriteAsync(core.Get<Store>());

    private static async Task<SaveTemplateDraftOutcome.Saved> SaveAsync(CoreHost core, Caller caller, long? id, int version, ComposedTemplate content) =>
        Assert.IsType<SaveTemplateDraftOutcome.Saved>(await TrySaveAsync(core, caller, id, version, content));

    private static Task<SaveTemplateDraftOutcome> TrySaveAsync(CoreHost core, Caller caller, long? id, int version, ComposedTemplate content) =>
        core.Get<SaveTemplateDraft>().RunAsync(caller, new TemplateDraftToSave(id, core.AccountId, version, content), Token);
}
