using WaConsole.Core.Health;
using WaConsole.Testing.Architecture;
using WaConsole.Web.Hosting;
using Xunit;

namespace WaConsole.Web.Tests.Hosting;

public sealed class OpenCircuitsTests
{
    [Theory]
    [InlineData("waconsole.web.circuits.open")]
    [InlineData("waconsole.web.circuits.connected")]
    public async Task Screens_are_measured_under_the_names_of_the_operators_table(string name)
    {
        Assert.Contains($"| `{name}` |", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/operations.md")), StringComparison.Ordinal);
        using var measures = new RecentMeasures(TimeProvider.System);
        await measures.StartAsync(CancellationToken.None);
        var circuits = new OpenCircuits();

        circuits.CountOpen(1);
        circuits.CountConnected(1);

        Assert.Equal((1, 1), (circuits.Open, circuits.Connected));
        Assert.True(measures.Read(name).Count > 0);
    }
}
