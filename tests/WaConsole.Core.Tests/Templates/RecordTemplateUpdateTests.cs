using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Review;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class RecordTemplateUpdateTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task News_of_a_template_that_is_gone_do_not_touch_its_successor_of_the_same_name(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "APPROVED");

        await TellAsync(core, "id-of-its-predecessor", "DELETED");
        Assert.Equal(("APPROVED", (DateTime?)null), await ReadAsync(core, id));
        Assert.False(await IsAskedForAsync(core));
        await TellAsync(core, "id-of-its-predecessor", "REJECTED");
        Assert.Equal(("APPROVED", (DateTime?)null), await ReadAsync(core, id));
        Assert.True(await IsAskedForAsync(core));

        await TellAsync(core, "id-of-pickup_ready", "DELETED");
        Assert.Equal("DELETED", (await ReadAsync(core, id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task News_find_a_template_that_has_no_id_yet_by_its_name(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "PENDING");
        await core.WithDbAsync(db => db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.WhatsAppId, ""), Token));

        await TellAsync(core, "77", "APPROVED");

        Assert.Equal("APPROVED", (await ReadAsync(core, id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task What_comes_back_from_the_archive_is_what_it_was_and_is_read_where_nobody_knows(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "REJECTED");

        await TellAsync(core, "id-of-pickup_ready", "ARCHIVED");
        await TellAsync(core, "id-of-pickup_ready", "UNARCHIVED");
        Assert.Equal("REJECTED", (await ReadAsync(core, id)).Status);
        Assert.False(await IsAskedForAsync(core));

        await core.WithDbAsync(db => db.TemplateEvents.ExecuteDeleteAsync(Token));
        await core.WithDbAsync(db => db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, "ARCHIVED"), Token));
        await TellAsync(core, "id-of-pickup_ready", "UNARCHIVED");
        Assert.Equal("APPROVED", (await ReadAsync(core, id)).Status);
        Assert.True(await IsAskedForAsync(core));
    }

    [Theory, EveryDatabase]
    public async Task News_that_name_no_state_leave_it_are_noted_and_have_the_list_read(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "APPROVED");

        foreach (var word in (string[])["UNLOCKED", "LOCKED", "SOMETHING_NEW"])
        {
            await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, DateTime.UnixEpoch), Token));
            await TellAsync(core, "id-of-pickup_ready", word);
            Assert.Equal("APPROVED", (await ReadAsync(core, id)).Status);
            Assert.True(await IsAskedForAsync(core));
        }

        Assert.Equal(
            [(TemplateEventKind.Heard, "UNLOCKED"), (TemplateEventKind.Heard, "LOCKED"), (TemplateEventKind.Heard, "SOMETHING_NEW")],
            (await core.WithDbAsync(db => db.TemplateEvents.OrderBy(e => e.Id).ToListAsync(Token))).Select(e => (e.Kind, e.ToWord!)));
    }

    [Theory, EveryDatabase]
    public async Task A_lock_that_is_a_pause_pauses_and_its_end_makes_it_usable_again(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "APPROVED");

        await TellAsync(core, "id-of-pickup_ready", "LOCKED", title: "FIRST_PAUSE");
        Assert.Equal("PAUSED", (await ReadAsync(core, id)).Status);
        await TellAsync(core, "id-of-pickup_ready", "UNLOCKED", title: "UNPAUSE");
        Assert.Equal("APPROVED", (await ReadAsync(core, id)).Status);
    }

    /// <summary>Two pauses end by themselves, that of pacing when somebody ends it (Meta, Template pacing, 2026): nobody is told to wait for it.</summary>
    [Theory, EveryDatabase]
    public async Task A_pause_by_pacing_is_told_as_one_that_does_not_end_by_itself(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "APPROVED");

        await TellAsync(core, "id-of-pickup_ready", "PAUSED", "FIRST_PAUSE", "Your template is paused until 3 PM.");
        var first = (await core.Get<ReadTemplate>().RunAsync(Caller.System, id, Token))!;
        Assert.False(first.IsPaced);
        Assert.Contains("ends by itself", first.RejectedReason!, StringComparison.Ordinal);

        await TellAsync(core, "id-of-pickup_ready", "PAUSED", "RATE_LIMITING_PAUSE", "Your template is paused.");
        var paced = (await core.Get<ReadTemplate>().RunAsync(Caller.System, id, Token))!;
        Assert.True(paced.IsPaced);
        Assert.Contains("End the pause", paced.RejectedReason!, StringComparison.Ordinal);
        Assert.Contains("only when marketing ends it", paced.View.NotSendableBecause!, StringComparison.Ordinal);
        var listed = await core.Get<FindTemplates>().RunAsync(Caller.System, new TemplateQuery(), Token);
        Assert.True(Assert.Single(Assert.Single(listed.Families).Languages).IsPaced);
    }

    [Theory, EveryDatabase]
    public async Task Late_news_change_nothing_are_noted_and_have_the_list_read(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "PENDING");
        await HearAsync(core, Status("APPROVED", Noon.AddSeconds(20)), Quality("GREEN", Noon.AddSeconds(20)), Category("MARKETING", Noon.AddSeconds(20)));
        Assert.False(await IsAskedForAsync(core));

        foreach (var late in (TemplateItem[])[Status("REJECTED", Noon.AddSeconds(10)), Quality("RED", Noon.AddSeconds(10)), Category("UTILITY", Noon.AddSeconds(10))])
        {
            await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, DateTime.UnixEpoch), Token));
            await HearAsync(core, late);
            Assert.True(await IsAskedForAsync(core));
        }

        Assert.Equal(("APPROVED", "GREEN", "MARKETING"), await FactsAsync(core, id));
        Assert.Equal(
            [(TemplateEventKind.Heard, "REJECTED"), (TemplateEventKind.Heard, "RED"), (TemplateEventKind.Heard, "UTILITY")],
            (await core.WithDbAsync(db => db.TemplateEvents.OrderBy(e => e.Id).ToListAsync(Token))).TakeLast(3).Select(e => (e.Kind, e.ToWord!)));
        await HearAsync(core, Status("PAUSED", Noon.AddSeconds(30)));
        Assert.Equal("PAUSED", (await ReadAsync(core, id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_of_one_second_the_later_to_come_counts_until_the_list_is_read_and_what_is_gone_stays_gone(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "PENDING");

        await HearAsync(core, Status("APPROVED", Noon));
        Assert.False(await IsAskedForAsync(core));
        await HearAsync(core, Status("PENDING", Noon));
        Assert.Equal("PENDING", (await ReadAsync(core, id)).Status);
        Assert.True(await IsAskedForAsync(core));

        await HearAsync(core, Status("DELETED", Noon.AddSeconds(1)), Status("APPROVED", Noon.AddSeconds(1)));
        Assert.Equal("DELETED", (await ReadAsync(core, id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_late_approval_does_not_bring_the_category_of_its_time_back(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await AddAsync(core, "PENDING");

        await HearAsync(core, Category("MARKETING", Noon.AddSeconds(20)), Status("APPROVED", Noon.AddSeconds(10)) with { Category = "UTILITY" });

        var (status, _, category) = await FactsAsync(core, id);
        Assert.Equal(("APPROVED", "MARKETING"), (status, category));
    }

    [Theory, EveryDatabase]
    public async Task News_from_before_the_list_was_read_do_not_undo_it_and_say_nothing_where_they_say_the_same(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        var template = await core.WithDbAsync(db => db.Templates.AsNoTracking().FirstAsync(t => t.Status == "APPROVED", Token));
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        var events = await CountAsync();

        await HearAsync(core, Status("APPROVED", before) with { TemplateId = template.WhatsAppId });
        Assert.Equal(events, await CountAsync());
        await HearAsync(core, Status("REJECTED", before) with { TemplateId = template.WhatsAppId });
        Assert.Equal(("APPROVED", events + 1), ((await ReadAsync(core, template.Id)).Status, await CountAsync()));
        await HearAsync(core, Status("REJECTED", TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1)) with { TemplateId = template.WhatsAppId });
        Assert.Equal("REJECTED", (await ReadAsync(core, template.Id)).Status);

        Task<int> CountAsync() => core.WithDbAsync(db => db.TemplateEvents.CountAsync(e => e.TemplateId == template.Id, Token));
    }

    [Theory, EveryDatabase]
    public async Task What_one_of_us_did_is_not_undone_by_news_from_before(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token);
        await core.WithDbAsync(db => db.Templates.ExecuteUpdateAsync(set => set.SetProperty(t => t.StatusToldAtUtc, (DateTime?)null), Token));
        var template = await core.WithDbAsync(db => db.Templates.AsNoTracking().FirstAsync(t => t.Status == "APPROVED" && t.Category != "AUTHENTICATION", Token));
        var late = Status("APPROVED", TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1)) with { TemplateId = template.WhatsAppId };

        Assert.IsType<ChangeTemplateOutcome.Done>(await core.Get<ArchiveTemplates>().RunAsync(Caller.System, [template.Id], archived: true, Token));
        await HearAsync(core, late);
        Assert.Equal("ARCHIVED", (await ReadAsync(core, template.Id)).Status);

        Assert.IsType<ChangeTemplateOutcome.Done>(await core.Get<ArchiveTemplates>().RunAsync(Caller.System, [template.Id], archived: false, Token));
        await HearAsync(core, late with { Event = "PAUSED" });
        Assert.Equal("APPROVED", (await ReadAsync(core, template.Id)).Status);

        Assert.IsType<ChangeTemplateOutcome.Done>(await core.Get<DeleteTemplate>().RunAsync(Caller.System, template.Id, allLanguages: false, Token));
        await HearAsync(core, late);
        Assert.Equal("DELETED", (await ReadAsync(core, template.Id)).Status);
    }

    private static TemplateStatusItem Status(string happened, DateTime at) =>
        new() { TemplateId = "id-of-pickup_ready", Name = "pickup_ready", Language = "en_US", Event = happened, EntryTime = at };

    private static TemplateQualityItem Quality(string score, DateTime at) =>
        new() { TemplateId = "id-of-pickup_ready", NewScore = score, EntryTime = at };

    private static TemplateCategoryItem Category(string category, DateTime at) =>
        new() { TemplateId = "id-of-pickup_ready", NewCategory = category, EntryTime = at };

    private static async Task HearAsync(CoreHost core, params TemplateItem[] news)
    {
        foreach (var one in news)
        {
            await core.WithDbAsync(db => RecordTemplateUpdate.ApplyAsync(db, core.AccountId, one, DateTime.UnixEpoch.AddDays(1), Token));
        }
    }

    private static Task<(string Status, string Quality, string Category)> FactsAsync(CoreHost core, long id) => core.WithDbAsync(async db =>
    {
        var template = await db.Templates.AsNoTracking().SingleAsync(t => t.Id == id, Token);
        return (template.Status, template.Quality, template.Category);
    });

    private static Task<long> AddAsync(CoreHost core, string status) => core.WithDbAsync(async db =>
    {
        var template = TemplateDraftTests.TemplateOf(core, "pickup_ready", Every.Plain, status);
        db.Templates.Add(template);
        await db.SaveChangesAsync(Token);
        await db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, DateTime.UnixEpoch), Token);
        return template.Id;
    });

    private static Task TellAsync(CoreHost core, string templateId, string happened, string? title = null, string? description = null) => core.WithDbAsync(db => RecordTemplateUpdate.ApplyAsync(
        db, core.AccountId,
        new TemplateStatusItem { TemplateId = templateId, Name = "pickup_ready", Language = "en_US", Event = happened, InfoTitle = title, InfoDescription = description },
        DateTime.UnixEpoch.AddDays(1), Token));

    private static Task<(string Status, DateTime? DeletedAtUtc)> ReadAsync(CoreHost core, long id) => core.WithDbAsync(async db =>
    {
        var template = await db.Templates.AsNoTracking().SingleAsync(t => t.Id == id, Token);
        return (template.Status, template.DeletedAtUtc);
    });

    private static Task<bool> IsAskedForAsync(CoreHost core) =>
        core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.TemplatesSyncedAtUtc == null, Token));
}
