using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>One person's browser window. Disposing it fails the test when the page reported an error or broke its security policy.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Screen(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors a test brings about on purpose, such as a server that is away. They contain this text.</summary>
    public List<string> Expected { get; } = [];

    public static async Task<Screen> OpenAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));");
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var screen = new Screen(context, page);
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

    /// <summary>Signs in with one of the demo accounts shown on the page: "ana", "jonas", "mira" or "admin".</summary>
    public async Task SignInAsync(string who)
    {
        await Page.GotoAsync("/");
        await Page.GetByTestId($"demo-{who}").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.DoesNotContain(_complaints, complaint => !Expected.Exists(text => complaint.Contains(text, StringComparison.OrdinalIgnoreCase)));
    }
}
