using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Rights;

/// <summary>A file that proves an opt-in, on its way to the server by HTTP.</summary>
public sealed partial class ProofUpload(AntiforgeryStateProvider antiforgery, IJSRuntime js, IStringLocalizer<OptInTexts> words) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Rights/ProofUpload");
    private ElementReference _root;
    private string? _name;
    private string? _refusal;
    private bool _busy;

    /// <summary>One is on its way: what came before is put aside.</summary>
    [Parameter] public EventCallback OnStarted { get; set; }

    /// <summary>Null when it was refused or did not arrive.</summary>
    [Parameter] public EventCallback<Guid?> OnFile { get; set; }

    private IStringLocalizer<OptInTexts> Text => words;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { token = antiforgery.GetAntiforgeryToken()?.Value, failed = words["ProofFailed"].Value });
        }
    }

    [JSInvokable("Started")]
    public async Task StartedAsync()
    {
        (_busy, _refusal, _name) = (true, null, null);
        await OnStarted.InvokeAsync();
        StateHasChanged();
    }

    [JSInvokable]
    public async Task ReadyAsync(Guid key, string fileName)
    {
        (_busy, _name) = (false, fileName);
        await OnFile.InvokeAsync(key);
        StateHasChanged();
    }

    [JSInvokable("Refused")]
    public async Task RefusedAsync(string sentence)
    {
        (_busy, _refusal) = (false, sentence);
        await OnFile.InvokeAsync(null);
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
