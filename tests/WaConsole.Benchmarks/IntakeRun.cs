using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Benchmarks;

/// <summary>Webhooks over HTTP for a bounded time, then how long the worker needs for the rest. The load runs in this process too.</summary>
internal sealed record IntakeRun(TimeSpan Duration, int Connections, int? Rate, DatabaseProvider Database)
{
    private const int Customers = 500;
    private const double MegaByte = 1024 * 1024;

    private static readonly TimeSpan DrainAtMost = TimeSpan.FromSeconds(60);

    /// <returns>Null when the words are not understood.</returns>
    public static IntakeRun? Read(ReadOnlySpan<string> words)
    {
        var run = new IntakeRun(TimeSpan.FromSeconds(20), 32, null, DatabaseProvider.Sqlite);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            switch (words[at])
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
        await using var core = await CoreHost.StartAsync(Database, new CoreHostOptions
        {
            Workers = true,
            Services = services => services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)),
        });
        await using var bridge = await WebhookBridge.StartAsync(core.Get<AcceptDelivery>());
        using var memory = new MemoryWatch();

        await SendAsync(bridge.Address, TimeSpan.FromSeconds(2), "warm");
        await DrainAsync(core, DrainAtMost);
        var before = await IntakeAsync(core);
        var sent = await SendAsync(bridge.Address, Duration, "run");
        var atEnd = await IntakeAsync(core);
        var drain = Stopwatch.StartNew();
        var drained = await DrainAsync(core, DrainAtMost);
        drain.Stop();

        Report(sent, before, atEnd, drained, drain.Elapsed, memory);
        return sent.Refused == 0 ? 0 : 1;
    }

    private async Task<Sent> SendAsync(Uri address, TimeSpan duration, string name)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections };
        using var http = new HttpClient(handler);
        var clock = Stopwatch.StartNew();
        var next = -1;
        var refused = 0;
        var latencies = new List<double>[Connections];
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            var own = latencies[connection] = [];
            while (clock.Elapsed < duration)
            {
                var number = Interlocked.Increment(ref next);
                var due = clock.Elapsed;
                if (Rate is { } rate)
                {
                    due = TimeSpan.FromSeconds((double)number / rate);
                    if (due >= duration)
                    {
                        break;
                    }

                    await PauseUntilAsync(due, clock);
                }

                if (await PostAsync(http, address, Body(name, number)))
                {
                    own.Add((clock.Elapsed - due).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        var elapsed = clock.Elapsed;
        return new Sent([.. latencies.SelectMany(list => list).Order()], refused, elapsed);
    }

    private static Task PauseUntilAsync(TimeSpan due, Stopwatch clock) =>
        due - clock.Elapsed is { Ticks: > 0 } pause ? Task.Delay(pause, TimeProvider.System) : Task.CompletedTask;

    private static async Task<bool> PostAsync(HttpClient http, Uri address, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add("X-Hub-Signature-256", TestAccount.Sign(body));
        using var response = await http.PostAsync(address, content);
        return response.IsSuccessStatusCode;
    }

    private static byte[] Body(string name, int number) => WebhookBodies.Text(
        string.Create(CultureInfo.InvariantCulture, $"4917155{number % Customers:000000}"),
        "Amina",
        string.Create(CultureInfo.InvariantCulture, $"wamid.bench.{name}.{number}"),
        "Good morning, is my order on its way? I would like to have it before the weekend.");

    private static Task<IntakeView> IntakeAsync(CoreHost core) => core.Get<ReadIntake>().RunAsync(Caller.System, CancellationToken.None);

    private static async Task<IntakeView> DrainAsync(CoreHost core, TimeSpan atMost)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var intake = await IntakeAsync(core);
        while (intake.Pending > 0 && clock.Elapsed < atMost)
        {
            await timer.WaitForNextTickAsync();
            intake = await IntakeAsync(core);
        }

        return intake;
    }

    private void Report(Sent sent, IntakeView before, IntakeView atEnd, IntakeView drained, TimeSpan drain, MemoryWatch memory)
    {
        var handled = atEnd.Stored - before.Stored;
        var perSecond = handled / sent.Elapsed.TotalSeconds;
        var lag = atEnd.Pending == 0 ? 0 : atEnd.Pending / Math.Max(perSecond, 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             Intake on {Database}, {Connections} connections, {(Rate is { } rate ? $"{rate} webhooks/s due" : "as fast as answered")}, {sent.Elapsed.TotalSeconds:0.0} s
               acknowledged        {sent.Latencies.Count} webhooks, {sent.Latencies.Count / sent.Elapsed.TotalSeconds:0} /s, {sent.Refused} refused
               until the 200       p50 {sent.Percentile(0.5):0.0} ms   p99 {sent.Percentile(0.99):0.0} ms   max {sent.Percentile(1):0.0} ms
               worked off          {handled} meanwhile, {perSecond:0} /s
               left at the end     {atEnd.Pending}, oldest {atEnd.OldestPendingSeconds ?? 0:0.0} s, projected {lag:0.0} s at the same pace
               really worked off   {(drained.Pending == 0 ? $"after {drain.TotalSeconds:0.0} s more" : $"{drained.Pending} still left after {drain.TotalSeconds:0} s")}
               memory              {memory.PeakHeap / MegaByte:0} MB managed at most, {memory.PeakProcess / MegaByte:0} MB process at most (load included)
             """));
    }

    private sealed record Sent(IReadOnlyList<double> Latencies, int Refused, TimeSpan Elapsed)
    {
        public double Percentile(double share) =>
            Latencies.Count == 0 ? double.NaN : Latencies[(int)Math.Ceiling(share * (Latencies.Count - 1))];
    }
}
