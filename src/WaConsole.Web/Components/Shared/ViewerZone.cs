using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>The clock of the person before this circuit's browser: the zone they chose, otherwise the browser's, asked once.</summary>
public sealed class ViewerZone(IJSRuntime js, CurrentCaller current)
{
    private Task<ViewerClock>? _clock;

    public Task<ViewerClock> ReadAsync() => _clock ??= AskAsync();

    private async Task<ViewerClock> AskAsync()
    {
        if (await current.ReadAsync() is { TimeZone: { } chosen })
        {
            return ViewerClock.For(chosen);
        }

        await using var browser = new BrowserModule(js, "Shared/LocalTime");
        return ViewerClock.For(await browser.AskAsync<string?>("zone"));
    }
}
