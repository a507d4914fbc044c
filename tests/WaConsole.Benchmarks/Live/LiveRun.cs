using System.Diagnostics;
using System.Globalization;
using WaConsole.Benchmarks.Agents;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Live;

/// <summary>
/// From the POST of a webhook to the changed row in real browser pages. The page's own clock says when the row was there (a MutationObserver,
/// Date.now()); it is the clock of this machine, as is that of the POST. Twenty pages of one Chromium fill two cores with drawing, so some
/// of the screens may be circuits that draw nothing: theirs is the time until the render batch with the row was there.
/// </summary>
internal sealed record LiveRun(TimeSpan Duration, int Rate, int Screens, int Browsers, int Conversations, int Talking, string Sort, DatabaseProvider Database)
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastOne = TimeSpan.FromSeconds(10);

    /// <returns>Null when the words are not understood.</returns>
    public static LiveRun? Read(ReadOnlySpan<string> words)
    {
        var run = new LiveRun(TimeSpan.FromSeconds(30), 50, 20, int.MaxValue, 10_000, 40, "closing", DatabaseProvider.Sqlite);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            run = words[at] switch
            {
                "--seconds" when isNumber => run with { Duration = TimeSpan.FromSeconds(number) },
                "--rate" when isNumber => run with { Rate = number },
                "--screens" when isNumber => run with { Screens = number },
                "--browsers" when isCount => run with { Browsers = count },
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

        return run with { Talking = Math.Min(run.Talking, run.Conversations), Browsers = Math.Min(run.Browsers, run.Screens) };
    }

    public async Task<int> RunAsync()
    {
        await using var console = await LiveConsole.StartAsync(Database);
        await SeedInbox.RunAsync(console.Options, Conversations, Talking);
        var path = $"inbox?tab=all&sort={Sort}";
        await using var browser = Browsers > 0 ? await OpenPages.StartAsync(console, Browsers, path) : null;
        using var circuits = new OpenCircuits(console.Address);
        await circuits.OpenAsync([.. Enumerable.Repeat(new Screen(LiveConsole.AdminEmail, LiveConsole.AdminPassword, path), Screens - Browsers)]);

        var sender = new MessageLoad(console.Webhook, Talking);
        await sender.SendAsync(Rate, Warm);
        await SeenAsync(browser, circuits, sender);
        await (browser?.ForgetAsync() ?? Task.CompletedTask);
        await circuits.ForgetAsync();

        var first = sender.Last + 1;
        var (consoleCpu, browserCpu, circuitsCpu) = (console.CpuSeconds, browser?.CpuSeconds ?? 0, circuits.CpuSeconds);
        var clock = Stopwatch.StartNew();
        await sender.SendAsync(Rate, Duration);
        var elapsed = clock.Elapsed;
        var seen = await SeenAsync(browser, circuits, sender);
        var report = new LiveReport(this, sender, first)
        {
            ConsoleCpu = (console.CpuSeconds - consoleCpu) / elapsed.TotalSeconds,
            BrowserCpu = ((browser?.CpuSeconds ?? 0) - browserCpu) / elapsed.TotalSeconds,
            CircuitsCpu = (circuits.CpuSeconds - circuitsCpu) / elapsed.TotalSeconds,
            ConsoleMemory = console.Memory,
        };
        report.Add("pages of a browser", browser is null ? [] : await browser.ReadAsync());
        report.Add("circuits", [.. seen.Select(circuit => circuit.Messages)]);
        report.Print();
        return report.IsGood ? 0 : 1;
    }

    /// <summary>Waits, for a while, until every screen showed the last message.</summary>
    /// <returns>What each circuit saw.</returns>
    private static async Task<IReadOnlyList<CircuitSeen>> SeenAsync(OpenPages? browser, OpenCircuits circuits, MessageLoad sender)
    {
        await (browser?.SeenAsync(sender.Last, LastOne) ?? Task.CompletedTask);
        return await circuits.SeenAsync(all => all.All(one => one.Messages.Any(seen => seen.Number == sender.Last)), LastOne);
    }
}
