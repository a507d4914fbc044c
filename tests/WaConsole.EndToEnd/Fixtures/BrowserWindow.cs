using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// One page with cookies and storage of its own. Whoever comes after its person finds it as if it were new, but for what the browser knows of the
/// console's files: the first page of a new window costs twice as much processor as the next one.
/// </summary>
internal sealed class BrowserWindow
{
    private const string Tell =
        "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));";

    private readonly IBrowserContext _context;

    private BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complain?.Invoke($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complain?.Invoke(error);
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Who hears of errors of the page and of its security policy.</summary>
    public Action<string>? Complain { get; set; }

    public static async Task<BrowserWindow> OpenAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(Tell);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return new BrowserWindow(context, page);
    }

    /// <summary>Leaves the console and forgets the person.</summary>
    public async Task CleanAsync(RunningConsole console)
    {
        Complain = null;
        foreach (var other in _context.Pages.Where(page => page != Page).ToList())
        {
            await other.CloseAsync();
        }

        await Page.UnrouteAllAsync();
        await _context.UnrouteAllAsync();

        // A page of the same origin, or the process that knows its files would end; one of plain text, on which nothing runs.
        await Page.GotoAsync(new Uri(console.Address, "health/live").ToString());
        await Page.EvaluateAsync("localStorage.clear(); sessionStorage.clear()");
        await Page.Mouse.MoveAsync(0, 0);
        await _context.ClearCookiesAsync();
    }

    public Task CloseAsync() => _context.CloseAsync();
}
