using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>One person's browser window. Disposing it fails the test when the page reported an error or broke its security policy.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private const string SignedIn = "waconsole";

    private readonly BrowserWindow _window;
    private readonly RunningConsole _console;
    private readonly Func<Task> _leave;
    private readonly ConcurrentQueue<string> _complaints = new();

    /// <param name="leave">What becomes of the window afterwards.</param>
    public Screen(BrowserWindow window, RunningConsole console, Func<Task> leave)
    {
        _window = window;
        _console = console;
        _leave = leave;
        window.Complain = _complaints.Enqueue;
    }

    public IPage Page => _window.Page;

    /// <summary>Errors a test brings about on purpose, such as a server that is away. They contain this text.</summary>
    public List<string> Expected { get; } = [];

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
            await _window.Context.AddCookiesAsync([new() { Name = SignedIn, Value = kept, Url = _console.Address.ToString(), HttpOnly = true }]);
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
    public static async Task GoAsync(IPage page, string path)
    {
        if (!await page.EvaluateAsync<bool>("path => 'Blazor' in window && (Blazor.navigateTo(path), true)", path))
        {
            await page.GotoAsync(path);
        }
    }

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
        var answer = await _window.Context.APIRequest.GetAsync(path, new() { MaxRedirects = 0 });
        return (HttpStatusCode)answer.Status;
    }

    public Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => _window.Context.CookiesAsync();

    public async Task AssertNeverReloadedAsync() => Assert.True(await Page.EvaluateAsync<bool>("window.neverReloaded === true"));

    /// <summary>What the browser complained of so far, the expected apart.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _complaints.Where(complaint => !Expected.Exists(text => complaint.Contains(text, StringComparison.OrdinalIgnoreCase)))];

    public async ValueTask DisposeAsync()
    {
        await _leave();
        Assert.True(Complaints.Count == 0, $"{string.Join('\n', Complaints)}\n{Errors()}");
    }

    /// <summary>What the console logged as an error, each with the lines below it.</summary>
    private string Errors() => string.Join('\n', _console.Output.Split('\n')
        .SkipWhile(line => !line.Contains("fail:", StringComparison.Ordinal)).Take(60));
}
