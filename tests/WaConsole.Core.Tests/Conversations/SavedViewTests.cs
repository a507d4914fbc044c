using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class SavedViewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Views_are_ones_own_or_everybodys_and_a_name_again_replaces_the_view(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var bo = await new SeedAgent("Bo").WriteAsync(core.Get<Store>());
        var zoe = await new SeedAgent("Zoe", Role.Admin).WriteAsync(core.Get<Store>());
        var own = await SaveAsync(core, ana, "Closing", "?sort=closing");
        Assert.Equal(own, await SaveAsync(core, ana, " closing ", "?tab=mine&sort=closing"));
        await SaveAsync(core, bo, "Bo's", "?tab=mine");
        var shared = await SaveAsync(core, zoe, "All", "?status=all", shared: true);

        Assert.Equal(
            [new SavedViewItem(shared, "All", "?status=all", true, false), new SavedViewItem(own, "closing", "?tab=mine&sort=closing", false, true)],
            await core.Get<ListViews>().RunAsync(ana, Token));
        Assert.False(await core.Get<DeleteView>().RunAsync(ana, shared, Token));
        Assert.False(await core.Get<DeleteView>().RunAsync(bo, own, Token));
        Assert.True(await core.Get<DeleteView>().RunAsync(ana, own, Token));
        Assert.Single(await core.Get<ListViews>().RunAsync(ana, Token));
    }

    [Theory, EveryDatabase]
    public async Task The_verbs_ask_who_is_asking_and_refuse_what_cannot_be_named(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var save = core.Get<SaveView>();

        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(mara, "x", "", false, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(ana, "x", "", true, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ListViews>().RunAsync(mara, Token));
        Assert.IsType<SaveViewOutcome.Refused>(await save.RunAsync(ana, " ", "", false, Token));
        Assert.IsType<SaveViewOutcome.Refused>(await save.RunAsync(ana, new string('x', 41), "", false, Token));
        Assert.IsType<SaveViewOutcome.Refused>(await save.RunAsync(Caller.System, "program", "", false, Token));
    }

    private static async Task<long> SaveAsync(CoreHost core, Caller caller, string name, string query, bool shared = false) =>
        Assert.IsType<SaveViewOutcome.Saved>(await core.Get<SaveView>().RunAsync(caller, name, query, shared, Token)).Id;
}
