using System.Diagnostics;
using System.Globalization;
using WaConsole.Benchmarks.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>The console as it is shipped on a big database: how long until a browser gets its first page, and what it holds when nothing happens.</summary>
internal sealed record StartRun(DatabaseProvider Database, string? Connection, TimeSpan Idle)
{
    private const int Rounds = 3;
    private const double MegaByte = 1024 * 1024;

    private static readonly TimeSpan StartAtMost = TimeSpan.FromSeconds(60);

    /// <returns>Null when the words are not understood.</returns>
    public static StartRun? Read(ReadOnlySpan<string> words)
    {
        var run = new StartRun(DatabaseProvider.Sqlite, null, TimeSpan.FromSeconds(30));
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            switch (words[at])
            {
                case "--database" when isDatabase:
                    run = run with { Database = database };
                    break;
                case "--connection" when value.Length > 0:
                    run = run with { Connection = value };
                    break;
                case "--idle" when isNumber:
                    run = run with { Idle = TimeSpan.FromSeconds(number) };
                    break;
                default:
                    return null;
            }
        }

        return run;
    }

    public async Task<int> RunAsync()
    {
        var aims = new Aims();
        for (var round = 1; round <= Rounds; round++)
        {
            var (first, memory) = await StartAsync(round);
            aims.Under($"first page at start {round}", first.TotalSeconds, 3, " s").Under($"idle memory at start {round}", memory, 200, " MB");
        }

        return aims.Tell();
    }

    private async Task<(TimeSpan First, double Memory)> StartAsync(int round)
    {
        var port = BenchConsole.FreePort();
        var clock = Stopwatch.StartNew();
        using var console = ChildProcess.Start(BenchConsole.Program(), [], new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Urls"] = $"http://127.0.0.1:{port}",
            ["Database__Provider"] = Database.ToString(),
            ["Database__ConnectionString"] = Connection ?? SeededCore.DefaultConnection(Database),
            ["Media__Root"] = TempFolder.Folder("media"),
            ["WhatsApp__GraphBaseAddress"] = "http://127.0.0.1:9/",
            ["WhatsApp__AppId"] = "700000000000001",
            ["WhatsApp__AppSecret"] = TestAccount.AppSecret,
            ["WhatsApp__VerifyToken"] = TestAccount.VerifyToken,
            ["WhatsApp__AccessToken"] = TestAccount.AccessToken,
            ["WhatsApp__BusinessAccountId"] = TestAccount.WhatsAppId,
            ["WhatsApp__PhoneNumberId"] = TestAccount.PhoneNumberId,
        });
        console.Drain();
        await FirstPageAsync(new Uri($"http://127.0.0.1:{port}/"), clock);
        var (first, cpu) = (clock.Elapsed, console.CpuSeconds);
        await Task.Delay(Idle, TimeProvider.System);
        var memory = console.Memory / MegaByte;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start {round} on {Database}: first page after {first.TotalSeconds:0.00} s ({cpu:0.00} s of a core), {memory:0} MB after {Idle.TotalSeconds:0} s idle"));
        return (first, memory);
    }

    private static async Task FirstPageAsync(Uri page, Stopwatch clock)
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await http.GetAsync(page);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (clock.Elapsed < StartAtMost)
            {
                // Not listening yet.
            }
        }
    }
}
