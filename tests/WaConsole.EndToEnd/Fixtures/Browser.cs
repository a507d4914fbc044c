using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>A real Chromium, headless.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",

        // Every page is of one site: without this each of them starts a second process, in case the next page should be of another.
        "--disable-site-isolation-trials",

        // A microphone that beeps, and that may be used.
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    ];

    /// <summary>What lies behind a dialog is blurred anew with each letter that is typed into it: without a graphics card half of what the browser draws.</summary>
    private const string NoBlur =
        "const plain = new CSSStyleSheet(); plain.replaceSync('::backdrop { backdrop-filter: none !important; }'); document.adoptedStyleSheets = [plain];";

    private static readonly bool IsDrawing = Environment.GetEnvironmentVariable("WACONSOLE_TEST_PICTURES") is { Length: > 0 };

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Dictionary<(RunningConsole Console, ScreenOptions Options), Stack<BrowserWindow>> _left = [];

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Published.Browser,
            Args = Arguments,
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A person of their own: cookies and storage are not shared.</summary>
    public async Task<Screen> OpenAsync(RunningConsole console, ScreenOptions? options = null)
    {
        var window = await NewAsync(console, options ?? new ScreenOptions());
        return new Screen(window, console, window.CloseAsync);
    }

    /// <summary>The same, in a window that somebody left, where there is one. For those who change nothing of it before its first page.</summary>
    public async Task<Screen> ReopenAsync(RunningConsole console, ScreenOptions? options = null)
    {
        options ??= new ScreenOptions();
        if (!_left.TryGetValue((console, options), out var left))
        {
            _left.Add((console, options), left = []);
        }

        if (left.TryPop(out var window))
        {
            await window.Page.SetViewportSizeAsync(options.Width, options.Height);
            await window.Page.EmulateMediaAsync(new() { ColorScheme = SchemeOf(options) });
        }
        else
        {
            window = await NewAsync(console, options);
        }

        return new Screen(window, console, async () =>
        {
            await window.CleanAsync(console);
            left.Push(window);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static ColorScheme SchemeOf(ScreenOptions options) => options.Dark ? ColorScheme.Dark : ColorScheme.Light;

    private async Task<BrowserWindow> NewAsync(RunningConsole console, ScreenOptions options)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (options.Through ?? console.Address).ToString(),
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ColorScheme = SchemeOf(options),
            ReducedMotion = options.Motion ? ReducedMotion.NoPreference : ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            Locale = options.Locale,
            DeviceScaleFactor = options.Scale,
        });
        if (!options.Motion && !IsDrawing)
        {
            await context.AddInitScriptAsync(NoBlur);
        }

        return await BrowserWindow.OpenAsync(context);
    }
}

internal sealed record ScreenOptions(int Width = 1440, int Height = 900, bool Dark = false, float Scale = 1, string Locale = "en-GB")
{
    /// <summary>With the movements and blurs a screen has for who did not ask for fewer: a quarter of what the browser draws.</summary>
    public bool Motion { get; init; }

    /// <summary>Another way to the console than straight.</summary>
    public Uri? Through { get; init; }
}
