using System.Diagnostics;
using System.Globalization;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>How long the reading of 6,000 templates takes, and whether its memory grows with the pages.</summary>
internal sealed record TemplateSyncRun(DatabaseProvider Database)
{
    private const double Mega = 1024 * 1024;

    /// <returns>Null when the words are not understood.</returns>
    public static TemplateSyncRun? Read(ReadOnlySpan<string> words) => words switch
    {
        [] => new(DatabaseProvider.Sqlite),
        ["--database", var name] when Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var database) => new(database),
        _ => null,
    };

    public async Task<int> RunAsync()
    {
        await using var whatsApp = await TemplatePages.StartAsync();
        await using var core = await CoreHost.StartAsync(Database, new CoreHostOptions { GraphBaseAddress = whatsApp.Address });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TemplatePages.Names * TemplatePages.Languages} templates, {Database}"));
        await MeasureAsync(core, "all new");
        await MeasureAsync(core, "all known");
        whatsApp.Version++;
        await MeasureAsync(core, "all changed");
        await WatchAsync(core);
        return 0;
    }

    private static async Task MeasureAsync(CoreHost core, string name)
    {
        GC.Collect();
        var (before, peak) = (Environment.WorkingSet, 0L);
        Action<LiveChange> look = _ => peak = Math.Max(peak, Environment.WorkingSet);
        core.Get<LiveUpdates>().Published += look;
        var (clock, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        await SyncAsync(core);
        var (took, all) = (Stopwatch.GetElapsedTime(clock), GC.GetTotalAllocatedBytes() - allocated);
        core.Get<LiveUpdates>().Published -= look;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12} {took.TotalSeconds,5:0.0} s   process before {before / Mega:0} MB, at most {peak / Mega:0} MB, after {Environment.WorkingSet / Mega:0} MB; allocated {all / Mega:0} MB"));
    }

    /// <summary>What is still held after each page, garbage taken away.</summary>
    private static async Task WatchAsync(CoreHost core)
    {
        List<double> held = [];
        Action<LiveChange> look = _ => held.Add(GC.GetTotalMemory(forceFullCollection: true) / Mega);
        core.Get<LiveUpdates>().Published += look;
        await SyncAsync(core);
        core.Get<LiveUpdates>().Published -= look;
        var third = held.Count / 3;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"held after each of {held.Count} steps: {held.Min():0.0} to {held.Max():0.0} MB; mean of the first third {held[..third].Average():0.0}, of the last {held[^third..].Average():0.0} MB"));
    }

    private static async Task SyncAsync(CoreHost core)
    {
        var outcome = await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, CancellationToken.None);
        if (outcome is not SyncTemplatesOutcome.Done { Templates: TemplatePages.Names * TemplatePages.Languages })
        {
            throw new InvalidOperationException($"The reading ended with {outcome}.");
        }
    }
}
