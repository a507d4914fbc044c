using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Catalogue;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Simulator.Catalogue;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Catalogue;

public sealed class ReadCatalogueTests
{
    private static readonly Caller Ines = new(7, "Ines", Role.Agent, null);

    [Fact]
    public async Task The_connected_catalogue_is_read_once_and_kept_for_a_while()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Clock = clock });
        simulator.World.Catalog.Put(new Product("", "UNSEEN", "Not looked at yet", 3m, "EUR") { Approved = false });

        var first = await ReadAsync(core);

        Assert.Equal((simulator.World.Account.CatalogId, false), (first.CatalogueId, first.More));
        Assert.Equal(new CatalogueProduct("WAX-SET", "Beeswax and brush", "EUR 14.50", true, true), first.Find(first.CatalogueId, "WAX-SET"));
        Assert.Null(first.Find("another", "WAX-SET"));
        Assert.False(first.Find(first.CatalogueId, "SHOE-TREE")!.MaySuggest);
        Assert.False(first.Find(first.CatalogueId, "UNSEEN")!.MaySuggest);
        simulator.World.Catalog.Put(new Product("", "NEW", "New", 3m, "EUR"));
        Assert.Same(first, await ReadAsync(core));
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull((await ReadAsync(core)).Find(first.CatalogueId, "NEW"));
    }

    [Fact]
    public async Task A_large_catalogue_is_read_in_pages_up_to_a_bound_that_is_told()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        for (var at = 0; at < ReadCatalogue.MaxProducts; at++)
        {
            simulator.World.Catalog.Put(new Product("", $"P-{at}", $"Product {at}", 1m, "EUR"));
        }

        var read = await ReadAsync(core);

        Assert.Equal((ReadCatalogue.MaxProducts, true), (read.Products.Count, read.More));
    }

    [Fact]
    public async Task Without_a_catalogue_or_without_an_answer_a_sentence_says_so_and_it_is_asked_again_soon()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Clock = clock });
        simulator.World.ChangeAccount(account => account with { CatalogConnected = false });
        var reads = core.Get<ReadCatalogue>();

        var none = Assert.IsType<CatalogueView.None>(await reads.RunAsync(Ines, core.NumberId, CancellationToken.None));

        Assert.Contains("No catalogue", none.Sentence, StringComparison.Ordinal);
        simulator.World.Faults.Set(new Fault { Kind = FaultKind.TokenExpired, Next = 1 });
        clock.Advance(TimeSpan.FromMinutes(1));
        var refused = Assert.IsType<CatalogueView.None>(await reads.RunAsync(Ines, core.NumberId, CancellationToken.None));
        Assert.Contains("could not be read", refused.Sentence, StringComparison.Ordinal);
        Assert.NotEqual(refused, await InSpanishAsync(() => reads.RunAsync(Ines, core.NumberId, CancellationToken.None)));
        simulator.World.ChangeAccount(account => account with { CatalogConnected = true });
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<CatalogueView.Connected>(await reads.RunAsync(Ines, core.NumberId, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_may_not_see_the_number_does_not_see_its_catalogue()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadCatalogue>().RunAsync(
            Ines with { Numbers = new HashSet<long> { core.NumberId + 1 } }, core.NumberId, CancellationToken.None));
    }

    /// <summary>What is kept is everybody's; its words are of whoever reads it.</summary>
    private static async Task<CatalogueView> InSpanishAsync(Func<Task<CatalogueView>> read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es");
        try
        {
            return await read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static async Task<CatalogueView.Connected> ReadAsync(CoreHost core) =>
        Assert.IsType<CatalogueView.Connected>(await core.Get<ReadCatalogue>().RunAsync(Ines, core.NumberId, CancellationToken.None));
}
