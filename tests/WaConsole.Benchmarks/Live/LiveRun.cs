using System.Diagnostics;
using System.Globalization;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Live;

/// <summary>
/// From the POST of a webhook to the changed row in real browser pages. The page's own clock says when the row was there (a MutationObserver,
/// Date.now()); it is the clock of this machine, as is that of the POST.
/// </summary>
internal sealed record LiveRun(TimeSpan Duration, int Rate, int Screens, int Conversations, int Talking, string Sort, DatabaseProvider Database)
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastOne = TimeSpan.FromSeconds(10);

    /// <returns>Null when the words are not understood.</returns>
    public static LiveRun? Read(ReadOnlySpan<string> words)
    {
        var run = new LiveRun(TimeSpan.FromSeconds(30), 50, 20, 10_000, 40, "closing", DatabaseProvider.Sqlite);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            run = words[at] switch
            {
                "--seconds" when isNumber => run with { Duration = TimeSpan.FromSeconds(number) },
                "--rate" when isNumber => run with { Rate = number },
                "--screens" when isNumber => run with { Screens = number },
                "--conversations" when isNumber => run with { Conversations = number },
                "--talking" when isNumber => run with { Talking = number },
                "--sort" when value is "closing" or "newest" or "waiting" or "unread" => run with { Sort = value },
                "--database" when isDatabase => run with { Database = database },
                _ => null,
            };
            if (run is null)
            {
                return null;
            }
        }

        return run with { Talking = Math.Min(run.Talking, run.Conversations) };
    }

    public async Task<int> RunAsync()
    {
        await using var console = await LiveConsole.StartAsync(Database);
        await SeedInbox.RunAsync(console.Options, Conversations, Talking);
        await using var browser = await OpenPages.StartAsync(console, Screens, $"inbox?tab=all&sort={Sort}");

        var sender = new MessageLoad(console.Webhook, Talking);
        await sender.SendAsync(Rate, Warm);
        await browser.SeenAsync(sender.Last, LastOne);
        await browser.ForgetAsync();

        var first = sender.Last + 1;
        var (consoleCpu, browserCpu) = (console.CpuSeconds, browser.CpuSeconds);
        var clock = Stopwatch.StartNew();
        await sender.SendAsync(Rate, Duration);
        var elapsed = clock.Elapsed;
        await browser.SeenAsync(sender.Last, LastOne);
        var report = new LiveReport(this, sender, first, await browser.ReadAsync())
        {
            ConsoleCpu = (console.CpuSeconds - consoleCpu) / elapsed.TotalSeconds,
            BrowserCpu = (browser.CpuSeconds - browserCpu) / elapsed.TotalSeconds,
            ConsoleMemory = console.Memory,
        };
        report.Print();
        return report.IsGood ? 0 : 1;
    }
}
