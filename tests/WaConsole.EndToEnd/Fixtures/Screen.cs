using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>One person's browser window. Disposing it fails the test when the page reported an error or broke its security policy.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private const string SignedIn = "waconsole";

    private readonly IBrowserContext _context;
    private readonly RunningConsole _console;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Screen(IBrowserContext context, RunningConsole console, IPage page)
    {
        _context = context;
        _console = console;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors a test brings about on purpose, such as a server that is away. They contain this text.</summary>
    public List<string> Expected { get; } = [];

    public static async Task<Screen> OpenAsync(IBrowserContext context, RunningConsole console)
    {
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));");
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        var screen = new Screen(context, console, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                screen._complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => screen._complaints.Enqueue(error);
        return screen;
    }

    public ILocator Rows => Page.GetByRole(AriaRole.Region, new() { Name = "Conversations" });

    public ILocator Thread => Page.GetByRole(AriaRole.Log);

    public ILocator Composer => Page.Locator("textarea[data-reply]");

    public ILocator Row(string name) => Rows.GetByRole(AriaRole.Link).Filter(new() { HasText = name });

    public ILocator Bubble(string text) => Thread.GetByRole(AriaRole.Article).Filter(new() { HasText = text });

    /// <summary>
    /// Signs in with one of the demo accounts the page offers: "ana", "jonas", "mira" or "admin". Whoever did so before at this console
    /// brings the cookie along, and no page is opened.
    /// </summary>
    public async Task SignInAsync(string who)
    {
        if (_console.SignedIn.TryGetValue(who, out var kept))
        {
            await _context.AddCookiesAsync([new() { Name = SignedIn, Value = kept, Url = _console.Address.ToString(), HttpOnly = true }]);
            return;
        }

        await Page.GotoAsync("/");
        await Page.GetByTitle($"{who}@demo.local").ClickAsync();

        // The start page leads on to another one: who goes elsewhere before that is led away from there.
        await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath is not "/" and var path && !path.StartsWith("/account/", StringComparison.OrdinalIgnoreCase));
        _console.SignedIn[who] = (await CookiesAsync()).Single(cookie => cookie.Name == SignedIn).Value;
    }

    /// <summary>Signs in and shows every conversation, whoever it belongs to.</summary>
    public async Task OpenInboxAsync(string who)
    {
        await SignInAsync(who);
        await Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "All" })).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".list[data-ready]")).ToBeAttachedAsync();
        await Page.EvaluateAsync("window.neverReloaded = true");
    }

    /// <summary>As a link leads there: within the page that is open, where one is.</summary>
    public static Task GoAsync(IPage page, string path) =>
        page.Url.StartsWith("http", StringComparison.Ordinal) ? page.EvaluateAsync("path => Blazor.navigateTo(path)", path) : page.GotoAsync(path);

    public async Task OpenAsync(string name)
    {
        await Row(name).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 2 })).ToBeVisibleAsync();
    }

    /// <summary>Types once the composer listens: its module is fetched when a conversation is opened.</summary>
    public async Task TypeAsync(string text)
    {
        await Assertions.Expect(Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await Composer.FillAsync(text);
    }

    public async Task ReplyAsync(string text)
    {
        await TypeAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>What the server answers to this person's cookie, without following a redirect to the sign-in page.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        var answer = await _context.APIRequest.GetAsync(path, new() { MaxRedirects = 0 });
        return (HttpStatusCode)answer.Status;
    }

    public Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => _context.CookiesAsync();

    public async Task AssertNeverReloadedAsync() => Assert.True(await Page.EvaluateAsync<bool>("window.neverReloaded === true"));

    /// <summary>What the browser complained of so far, the expected apart.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _complaints.Where(complaint => !Expected.Exists(text => complaint.Contains(text, StringComparison.OrdinalIgnoreCase)))];

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.True(Complaints.Count == 0, $"{string.Join('\n', Complaints)}\n{Errors()}");
    }

    /// <summary>What the console logged as an error, each with the lines below it.</summary>
    private string Errors() => string.Join('\n', _console.Output.Split('\n')
        .SkipWhile(line => !line.Contains("fail:", StringComparison.Ordinal)).Take(60));
}
