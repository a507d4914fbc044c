using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>The clock of the person before this circuit's browser, asked once.</summary>
public sealed class ViewerZone(IJSRuntime js)
{
    private Task<ViewerClock>? _clock;

    public Task<ViewerClock> ReadAsync() => _clock ??= AskAsync();

    private async Task<ViewerClock> AskAsync()
    {
        await using var browser = new BrowserModule(js, "Shared/LocalTime");
        return ViewerClock.For(await browser.AskAsync<string?>("zone"));
    }
}
