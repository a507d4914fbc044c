using System.Diagnostics;
using Microsoft.Playwright;

namespace WaConsole.Benchmarks.Live;

/// <summary>A message seen in a page's list, by its number, at the page's time.</summary>
internal sealed record Seen(int Number, double AtUnixMs);

/// <summary>Pages of one real Chromium, signed in, on the inbox, each watching its list.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-site-isolation-trials",
    ];

    /// <summary>Notes when each row first shows a number. Only rows that changed are looked at, so that watching costs the page little.</summary>
    private const string Watch =
        """
        () => {
          const list = document.querySelector('[data-rows]');
          const shown = new Map();
          window.liveSeen = [];
          const look = row => {
            const number = /#(\d+) /.exec(row.querySelector('.row-preview bdi')?.textContent ?? '')?.[1];
            if (number && shown.get(row.dataset.id) !== number) {
              shown.set(row.dataset.id, number);
              window.liveSeen.push([Number(number), Date.now()]);
            }
          };
          new MutationObserver(records => {
            const rows = new Set();
            for (const record of records) {
              const target = record.target.nodeType === 1 ? record.target : record.target.parentElement;
              const row = target?.closest('a.row');
              if (row) rows.add(row);
              for (const node of record.addedNodes) {
                if (node.nodeType === 1) for (const added of node.matches('a.row') ? [node] : node.querySelectorAll('a.row')) rows.add(added);
              }
            }
            rows.forEach(look);
          }).observe(list, { childList: true, subtree: true, characterData: true });
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<IPage> _pages = [];
    private readonly HashSet<int> _before;

    private OpenPages(IPlaywright playwright, IBrowser browser, HashSet<int> before)
    {
        _playwright = playwright;
        _browser = browser;
        _before = before;
    }

    /// <summary>All of Chromium's processes.</summary>
    public double CpuSeconds => Chromiums().Where(process => !_before.Contains(process.Id)).Sum(Cpu);

    public static async Task<OpenPages> StartAsync(LiveConsole console, int count, string path)
    {
        var before = Chromiums().Select(process => process.Id).ToHashSet();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program(), Args = Arguments });
        var pages = new OpenPages(playwright, browser, before);
        var person = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = console.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
        });
        person.SetDefaultTimeout(60_000);
        for (var number = 0; number < count; number++)
        {
            var page = await person.NewPageAsync();
            if (number == 0)
            {
                await SignInAsync(page);
            }

            await page.GotoAsync(path);
            await page.Locator("[data-rows] a.row").First.WaitForAsync();
            await page.EvaluateAsync(Watch);
            pages._pages.Add(page);
        }

        return pages;
    }

    /// <summary>Waits until every page showed this message.</summary>
    public async Task SeenAsync(int number, TimeSpan atMost)
    {
        foreach (var page in _pages)
        {
            try
            {
                await page.WaitForFunctionAsync(
                    "number => window.liveSeen.some(seen => seen[0] === number)", number, new() { Timeout = (float)atMost.TotalMilliseconds });
            }
            catch (TimeoutException)
            {
                // Reported as never seen.
            }
        }
    }

    public async Task ForgetAsync()
    {
        foreach (var page in _pages)
        {
            await page.EvaluateAsync("() => { window.liveSeen = []; }");
        }
    }

    public async Task<IReadOnlyList<IReadOnlyList<Seen>>> ReadAsync()
    {
        List<IReadOnlyList<Seen>> all = [];
        foreach (var page in _pages)
        {
            var seen = await page.EvaluateAsync<double[][]>("() => window.liveSeen");
            all.Add([.. seen.Select(pair => new Seen((int)pair[0], pair[1]))]);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("account/sign-in");
        await page.Locator("input[name='Input.Email']").FillAsync(LiveConsole.AdminEmail);
        await page.Locator("input[name='Input.Password']").FillAsync(LiveConsole.AdminPassword);
        await page.Locator("input[name='Input.Password']").PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.OrdinalIgnoreCase));
    }

    private static string Program()
    {
        if (Environment.GetEnvironmentVariable("WACONSOLE_TEST_BROWSER") is { Length: > 0 } named)
        {
            return named;
        }

        string[] names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium on the PATH: install it, or set WACONSOLE_TEST_BROWSER.");
    }

    private static IEnumerable<Process> Chromiums() =>
        Process.GetProcesses().Where(process => process.ProcessName.StartsWith("chrom", StringComparison.Ordinal));

    private static double Cpu(Process process)
    {
        try
        {
            return process.TotalProcessorTime.TotalSeconds;
        }
        catch (InvalidOperationException)
        {
            return 0;   // It ended while we looked.
        }
    }
}
