using WaConsole.Core.Storage;
using WaConsole.EndToEnd.Fixtures;

[assembly: AssemblyFixture(typeof(Stages))]

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>One console per database and one browser, started when the first test asks and shared by all that do not kill or change them.</summary>
public sealed class Stages : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, RunningConsole> _consoles = [];
    private Browser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    internal async Task<Browser> BrowserAsync() => _browser ??= await Browser.StartAsync();

    internal async Task<RunningConsole> ConsoleAsync(DatabaseProvider provider)
    {
        if (!_consoles.TryGetValue(provider, out var console))
        {
            console = await RunningConsole.StartAsync(new ConsoleOptions { Provider = provider });
            _consoles.Add(provider, console);
        }

        return console;
    }

    /// <summary>Somebody who signed in, with no page open yet unless they are the first.</summary>
    internal async Task<Screen> OpenAsync(RunningConsole console, string who, ScreenOptions? options = null)
    {
        var screen = await ScreenAsync(console, options);
        await screen.SignInAsync(who);
        return screen;
    }

    internal async Task<Screen> InboxAsync(RunningConsole console, string who, ScreenOptions? options = null)
    {
        var screen = await ScreenAsync(console, options);
        await screen.OpenInboxAsync(who);
        return screen;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        foreach (var console in _consoles.Values)
        {
            await console.DisposeAsync();
        }
    }

    /// <summary>A window of a console that others use outlives its person.</summary>
    private async Task<Screen> ScreenAsync(RunningConsole console, ScreenOptions? options)
    {
        var browser = await BrowserAsync();
        return _consoles.ContainsValue(console) && options?.Through is null
            ? await browser.ReopenAsync(console, options)
            : await browser.OpenAsync(console, options);
    }
}
