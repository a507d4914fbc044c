using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class SyncTemplatesTests
{
    [Theory]
    [EveryDatabase]
    public async Task Our_copy_follows_new_changed_and_deleted_templates(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        await core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = core.AccountId,
                Name = "long_gone",
                Language = "en",
                WhatsAppId = "1",
                Status = "APPROVED",
                Category = "UTILITY",
            });
            await db.SaveChangesAsync();
        });

        var first = Assert.IsType<SyncTemplatesOutcome.Done>(await RunAsync());
        simulator.World.ChangeTemplateStatus("order_shipped", "en", "PAUSED");
        Assert.Equal(first with { Gone = 0 }, await RunAsync());

        Assert.Equal(1, first.Gone);
        var list = await core.Get<ListTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None);
        Assert.Equal(first.Templates, list.Count);
        Assert.DoesNotContain(list, template => template.Name == "long_gone");
        Assert.False(list.Single(template => template is { Name: "order_shipped", Language: "en" }).Sendable);
        Assert.True(list.Single(template => template is { Name: "order_shipped", Language: "de" }).Sendable);
        Assert.Equal(
            first.Templates + 1, await core.WithDbAsync(db => db.Templates.CountAsync()));

        Task<SyncTemplatesOutcome> RunAsync() => core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None);
    }

    [Theory]
    [EveryDatabase]
    public async Task Time_to_live_and_the_choice_not_to_count_links_are_read_back_and_go_on_in_copies(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var content = Every.Plain with { Category = TemplateCategories.Utility, TtlSeconds = 3_600, OptedOutOfLinkTracking = true };
        var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(
            await core.Get<SaveTemplateDraft>().RunAsync(Caller.System, new TemplateDraftToSave(null, core.AccountId, 0, content), CancellationToken.None));
        var handedIn = Assert.IsType<SubmitTemplateOutcome.Submitted>(
            await core.Get<SubmitTemplate>().RunAsync(Caller.System, draft.Id, draft.Version, null, CancellationToken.None));
        await core.WithDbAsync(db => db.Templates.ExecuteUpdateAsync(
            set => set.SetProperty(t => t.TtlSeconds, (int?)null).SetProperty(t => t.OptedOutOfLinkTracking, false)));
        await core.WithDbAsync(db => db.TemplateEvents.ExecuteDeleteAsync());

        Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));

        Assert.Equal(3_600, (await core.Get<ReadTemplate>().RunAsync(Caller.System, handedIn.TemplateId, CancellationToken.None))!.TtlSeconds);
        var copy = Assert.IsType<SaveTemplateDraftOutcome.Saved>(
            await core.Get<EditTemplate>().CopyAsync(Caller.System, handedIn.TemplateId, "de", null, null, CancellationToken.None));
        var copied = (await core.Get<ReadTemplateDraft>().RunAsync(Caller.System, copy.Id, CancellationToken.None))!.Content;
        Assert.Equal((3_600, true), (copied.TtlSeconds, copied.OptedOutOfLinkTracking));
    }

    [Fact]
    public async Task A_WhatsApp_that_cannot_be_asked_leaves_our_copy_and_says_so()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        var failed = Assert.IsType<SyncTemplatesOutcome.Failed>(
            await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));

        Assert.NotEmpty(failed.Sentence);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_reading_says_that_it_began_and_one_that_failed_that_it_runs_no_more_and_is_asked_for_again(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, DateTime.UnixEpoch)));
        List<LiveChange> pushed = [];
        core.Get<LiveUpdates>().Published += pushed.Add;

        Assert.IsType<SyncTemplatesOutcome.Failed>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));

        var state = await StateAsync(core);
        Assert.False(state.IsRunning);
        Assert.Null(state.SyncedAtUtc);
        Assert.Equal([new TemplateSyncMoved(core.AccountId), new TemplateSyncMoved(core.AccountId)], pushed);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_is_asked_for_during_a_reading_is_read_by_the_next_one(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var asks = true;
        core.Get<LiveUpdates>().Published += change =>
        {
            if (asks && change is TemplateSyncMoved)
            {
                asks = false;
                using var db = core.Get<IDbContextFactory<WaConsoleDb>>().CreateDbContext();
                db.BusinessAccounts.ExecuteUpdate(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, (DateTime?)null));
            }
        };

        Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));
        Assert.False(asks);
        Assert.Null((await StateAsync(core)).SyncedAtUtc);
        Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));
        Assert.NotNull((await StateAsync(core)).SyncedAtUtc);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_list_that_goes_round_is_read_anew_and_buries_nothing(DatabaseProvider provider)
    {
        await using var list = await RoundList.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = list.Address });

        list.Rounds = int.MaxValue;
        Assert.IsType<SyncTemplatesOutcome.Failed>(await RunAsync());
        Assert.Equal(["first", "second"], await NamesAsync());
        list.Rounds = 1;
        Assert.Equal(new SyncTemplatesOutcome.Done(3, 0), await RunAsync());
        Assert.Equal(["first", "second", "third"], await NamesAsync());

        Task<SyncTemplatesOutcome> RunAsync() => core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None);

        Task<List<string>> NamesAsync() => core.WithDbAsync(
            db => db.Templates.Where(t => t.DeletedAtUtc == null).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync());
    }

    private static async Task<TemplateSyncState> StateAsync(CoreHost core) =>
        (await core.Get<ReadTemplateSync>().RunAsync(Caller.System, core.AccountId, CancellationToken.None))!;

    /// <summary>A list of three pages whose second names itself as the next one, for a number of rounds.</summary>
    private sealed class RoundList : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private RoundList(WebApplication app) => _app = app;

        public int Rounds { get; set; }

        public Uri Address => new(_app.Urls.First());

        public static async Task<RoundList> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var list = new RoundList(builder.Build());
            list._app.MapGet("/{version}/{account}/message_templates", (HttpRequest request) => Results.Content(list.Page(request.Query["after"]), "application/json"));
            await list._app.StartAsync();
            return list;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private string Page(string? after) => after switch
        {
            null or "" => Page("first", "B"),
            "B" => Page("second", Rounds-- > 0 ? "B" : "C"),
            _ => Page("third", null),
        };

        private static string Page(string name, string? next)
        {
            var paging = next is null ? "{}" : $$$"""{"cursors":{"after":"{{{next}}}"},"next":"https://graph.example/next"}""";
            return $$$"""
                {"data":[{"id":"id-{{{name}}}","name":"{{{name}}}","language":"en","status":"APPROVED","category":"UTILITY","components":[]}],"paging":{{{paging}}}}
                """;
        }
    }
}
