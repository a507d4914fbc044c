using System.Globalization;
using System.Text.Json;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Intake;

/// <summary>
/// Webhooks from a second process into the real console, then how long it needs for the rest; before that the same load into a bare
/// endpoint on the same machine, which is the most there is to get.
/// </summary>
internal sealed record IntakeRun(TimeSpan Duration, int Connections, int? Rate, DatabaseProvider Database, bool Ceiling)
{
    private const int AtMostPerSecond = 20_000;
    private const int PerSecondAim = 4_000;
    private const double MegaByte = 1024 * 1024;
    private const string BarePath = "/";
    private const string ConsolePath = "/webhooks/whatsapp";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CeilingFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainAtMost = TimeSpan.FromSeconds(60);

    /// <returns>Null when the words are not understood.</returns>
    public static IntakeRun? Read(ReadOnlySpan<string> words)
    {
        var run = new IntakeRun(TimeSpan.FromSeconds(60), 64, null, DatabaseProvider.Sqlite, Ceiling: true);
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] == "--no-ceiling")
            {
                run = run with { Ceiling = false };
                continue;
            }

            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            switch (words[at++])
            {
                case "--seconds" when isNumber:
                    run = run with { Duration = TimeSpan.FromSeconds(number) };
                    break;
                case "--connections" when isNumber:
                    run = run with { Connections = number };
                    break;
                case "--rate" when isNumber:
                    run = run with { Rate = number };
                    break;
                case "--database" when isDatabase:
                    run = run with { Database = database };
                    break;
                default:
                    return null;
            }
        }

        return run;
    }

    public async Task<int> RunAsync()
    {
        var ceiling = Ceiling ? await MeasureCeilingAsync() : null;

        await using var console = await BenchConsole.StartAsync(Database);
        var sends = ((Rate ?? AtMostPerSecond) * ((int)Duration.TotalSeconds + 1) / WebhookFeed.PerMessage) + 1;
        await SeedSent.RunAsync(console.Options, "W", (int)WarmUp.TotalSeconds * AtMostPerSecond / WebhookFeed.PerMessage);
        await SeedSent.RunAsync(console.Options, "M", sends);

        await LoadAsync(Order(console.Port, ConsolePath, "W", WarmUp) with { Rate = Rate });
        await console.DrainAsync(DrainAtMost);

        var before = await console.IntakeAsync();
        var cpuBefore = console.CpuSeconds;
        using var watch = new ConsoleWatch(console);
        var load = await LoadAsync(Order(console.Port, ConsolePath, "M", Duration) with { Rate = Rate });
        var cpu = console.CpuSeconds - cpuBefore;
        var drained = await console.DrainAsync(DrainAtMost);
        await watch.StopAsync();

        Report(load, ceiling, cpu, before, drained, watch);
        return Judge(load, drained.Last.Stored - before.Stored, drained, watch).Tell();
    }

    /// <summary>With a rate that was chosen, only this rate has to be reached.</summary>
    private Aims Judge(LoadResult load, long stored, (IntakeNumbers Last, TimeSpan Took) drained, ConsoleWatch watch) => new Aims()
        .AtLeast("acknowledged", load.PerSecond, Math.Min(PerSecondAim, (Rate ?? PerSecondAim) * 0.99), " /s")
        .Under("until the 200, median", load.Median, 25, " ms")
        .Under("until the 200, p99", load.P99, 250, " ms")
        .AtMost("worked off after the end, within", drained.Took.TotalSeconds, 5, " s")
        .AtMost("memory at the end, of that after a third", (double)watch.Late / watch.Early, 1.25, " times")
        .AtMost("refused", load.Refused, 0, "")
        .AtMost("connections broken", load.Broken, 0, "")
        .AtMost("pending", drained.Last.Pending, 0, "")
        .AtMost("acknowledged and not stored, or stored twice", Math.Abs(load.Acknowledged - stored), 0, "")
        .AtLeast("looks at the counters", watch.Looks, 1, "")
        .AtMost("looks at which they did not add up", watch.WrongSums, 0, "");

    private async Task<LoadResult> MeasureCeilingAsync()
    {
        await using var database = await TestDatabase.CreateAsync(Database);
        var connection = Database == DatabaseProvider.Sqlite
            ? $"Data Source={TempFolder.File("bare", ".db")}"
            : database.Options.ConnectionString;
        using var server = ChildProcess.StartSelf("intake-bare", Database.ToString(), connection);
        var port = await server.ReadPortAsync();
        await LoadAsync(Order(port, BarePath, "C", TimeSpan.FromSeconds(2)));
        return await LoadAsync(Order(port, BarePath, "C", CeilingFor));
    }

    private LoadOrder Order(int port, string path, string name, TimeSpan duration) => new(
        port, path, TestAccount.AppSecret, name, duration.TotalSeconds, Connections, null, int.MaxValue);

    private static async Task<LoadResult> LoadAsync(LoadOrder order)
    {
        using var process = ChildProcess.StartSelf("intake-load", order.ToText());
        return JsonSerializer.Deserialize<LoadResult>((await process.Output.ReadLineAsync())!)!;
    }

    private void Report(
        LoadResult load, LoadResult? ceiling, double cpu, IntakeNumbers before, (IntakeNumbers Last, TimeSpan Took) drained, ConsoleWatch watch)
    {
        var stored = drained.Last.Stored - before.Stored;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             Intake on {Database}, {Connections} connections, {(Rate is { } rate ? $"{rate} webhooks/s due" : "as fast as answered")}, {load.Seconds:0.0} s
               acknowledged        {load.Acknowledged} webhooks, {load.PerSecond:0} /s, {load.Refused} refused, {load.Broken} connections broken
               until the 200       p50 {load.Median:0.0} ms   p95 {load.P95:0.0} ms   p99 {load.P99:0.0} ms   max {load.Max:0.0} ms
               stored              {stored}, {drained.Last.Quarantined} quarantined, {drained.Last.Parked} parked, {drained.Last.Pending} pending
               left at the end     worked off within {drained.Took.TotalSeconds:0.0} s; oldest waiting during the run {watch.OldestPendingSeconds:0.0} s
               the counters        added up {watch.Looks - watch.WrongSums} times of {watch.Looks}
               processor           console {cpu / load.Seconds:0.00} cores, load {load.CpuSeconds / load.Seconds:0.00} cores{watch.DatabaseCpu(load.Seconds)}
               console memory      {watch.Early / MegaByte:0} MB after a third, {watch.Late / MegaByte:0} MB at the end, {watch.Peak / MegaByte:0} MB at most
             """));
        if (ceiling is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                   bare endpoint       {ceiling.PerSecond:0} /s, p50 {ceiling.Median:0.0} ms, p99 {ceiling.P99:0.0} ms; this is {load.PerSecond / ceiling.PerSecond:P0} of it
                 """));
        }
    }
}
