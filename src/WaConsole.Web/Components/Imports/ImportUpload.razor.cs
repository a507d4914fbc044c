using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Imports;

/// <summary>A list of people on its way to the server, by HTTP and never through the circuit.</summary>
public sealed partial class ImportUpload(AntiforgeryStateProvider antiforgery, IJSRuntime js, IStringLocalizer<ImportTexts> words) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Imports/ImportUpload");
    private ElementReference _root;
    private string? _refusal;
    private bool _busy;

    [Parameter] public EventCallback<long> OnStored { get; set; }

    private IStringLocalizer<ImportTexts> Text => words;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { token = antiforgery.GetAntiforgeryToken()?.Value, failed = words["UploadFailed"].Value });
        }
    }

    [JSInvokable]
    public void Started()
    {
        (_busy, _refusal) = (true, null);
        StateHasChanged();
    }

    [JSInvokable]
    public Task ReadyAsync(long importId) => OnStored.InvokeAsync(importId);

    [JSInvokable]
    public void Refused(string sentence)
    {
        (_busy, _refusal) = (false, sentence);
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
