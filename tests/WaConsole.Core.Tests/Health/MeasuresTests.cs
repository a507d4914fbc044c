using WaConsole.Core.Conversations;
using WaConsole.Core.Health;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Health;

/// <summary>
/// What docs/operations.md tells operators to watch, heard by its name while webhooks come and a reply leaves. Measures are those of the whole
/// process, so nothing else may run beside it.
/// </summary>
[CollectionDefinition(nameof(MeasuresTests), DisableParallelization = true)]
[Collection(nameof(MeasuresTests))]
public sealed class MeasuresTests
{
    [Theory]
    [EveryDatabase]
    public async Task Every_measure_of_the_operators_table_is_taken_under_its_name(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        using var screen = bench.Core.Get<LiveUpdates>().Subscribe<InboxChanged>(_ => true, () => Task.CompletedTask);
        var (_, conversation) = await bench.CustomerAsync();
        var message = await bench.QueueAsync(conversation, "Here it is");
        await bench.UntilAsync(message, DeliveryStatus.Read);
        await bench.Core.Get<WatchQueues>().LookAsync(CancellationToken.None);

        var measures = bench.Core.Get<RecentMeasures>();
        var names = Listed().Where(name => !name.StartsWith("waconsole.web.", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, names.Count);
        await bench.UntilAsync(() => names.TrueForAll(name => measures.Read(name).Count > 0), "each measure of the table");
        Assert.InRange(measures.Read("waconsole.intake.commit.size").Highest, 1, 1000);
        Assert.InRange(measures.Read("waconsole.intake.projection.lag").Highest, double.Epsilon, 60);
    }

    private static List<string> Listed() =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "docs/operations.md"))
            .Where(line => line.StartsWith("| `waconsole.", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
}
