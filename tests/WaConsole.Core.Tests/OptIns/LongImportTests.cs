using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>A long list of either kind. Half a million rows with <c>WACONSOLE_TEST_LONG=1</c>, and what it cost is written out.</summary>
public sealed class LongImportTests(ITestOutputHelper output)
{
    private static readonly int People = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 500_000 : 2_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "people.csv")]
    [InlineData(DatabaseProvider.Sqlite, "people.xlsx")]
    public async Task Everybody_of_a_long_list_is_taken_once_and_a_second_run_adds_nothing(DatabaseProvider provider, string name)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var bytes = name.EndsWith(".xlsx", StringComparison.Ordinal) ? ImportBench.Workbook(People) : Encoding.UTF8.GetBytes(ImportBench.Csv(People));
        var import = await ImportBench.UploadAsync(core, bytes, name);
        var clock = Stopwatch.StartNew();

        var check = await ImportBench.CheckAsync(core, import);
        Assert.Equal((ImportState.Checked, People, 0), (check.State, check.Added, check.Refused));
        var (checkedIn, before) = (clock.Elapsed, clock.Elapsed);
        var done = await ImportBench.RunAsync(core, import);

        var ran = clock.Elapsed - before;
        Assert.Equal((ImportState.Done, People, 0, 0), (done.State, done.Added, done.Known, done.Refused));
        Assert.Equal(People, await core.WithDbAsync(db => db.ConsentEntries.CountAsync(e => e.Source == ConsentSource.Import, Token)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {People} rows, check {People / checkedIn.TotalSeconds:F0} rows/s, check and run {People / ran.TotalSeconds:F0} rows/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

        var again = await ImportBench.UploadAsync(core, bytes, name);
        var second = await ImportBench.CheckAsync(core, again);
        Assert.Equal((0, People), (second.Added, second.Known));
    }
}
