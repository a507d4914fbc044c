using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
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

    [Fact]
    public async Task A_WhatsApp_that_cannot_be_asked_leaves_our_copy_and_says_so()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        var failed = Assert.IsType<SyncTemplatesOutcome.Failed>(
            await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None));

        Assert.NotEmpty(failed.Sentence);
    }
}
