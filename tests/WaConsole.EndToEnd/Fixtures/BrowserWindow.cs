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

    private BrowserWindow(IBrowserContext context, IPage page)
    {
        Context = context;
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

    public IBrowserContext Context { get; }

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
        // Whatever the page complained of before is heard before this is answered; what leaving it breaks off is nobody's fault.
        await Page.EvaluateAsync("() => { }");
        Complain = null;
        foreach (var other in Context.Pages.Where(page => page != Page).ToList())
        {
            await other.CloseAsync();
        }

        await Page.UnrouteAllAsync();
        await Context.UnrouteAllAsync();

        // A page of the same origin, or the process that knows its files would end; one of plain text, on which nothing runs.
        await Page.GotoAsync(new Uri(console.Address, "health/live").ToString());
        await Page.EvaluateAsync("localStorage.clear(); sessionStorage.clear()");
        await Page.Mouse.MoveAsync(0, 0);
        await Context.ClearCookiesAsync();
    }

    public Task CloseAsync() => Context.CloseAsync();
}
