using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

public sealed partial class FilePick(AntiforgeryStateProvider antiforgery, IJSRuntime js) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/FilePick");
    private ElementReference _root;
    private string? _name;
    private string? _refusal;
    private bool _busy;

    /// <summary>Where it is posted, as the only file of a form.</summary>
    [Parameter, EditorRequired] public required string Path { get; set; }

    [Parameter, EditorRequired] public required string Choose { get; set; }

    [Parameter, EditorRequired] public required string Uploading { get; set; }

    /// <summary>What to say when it did not arrive and the server said nothing.</summary>
    [Parameter, EditorRequired] public required string Failed { get; set; }

    [Parameter] public string Sign { get; set; } = "attach";

    [Parameter] public string? Accept { get; set; }

    /// <summary>One is on its way: what came before is put aside.</summary>
    [Parameter] public EventCallback OnStarted { get; set; }

    /// <summary>What the server answered.</summary>
    [Parameter] public EventCallback<JsonElement> OnAnswer { get; set; }

    [Parameter] public EventCallback OnRefused { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { token = antiforgery.GetAntiforgeryToken()?.Value, path = Path, failed = Failed });
        }
    }

    [JSInvokable("Started")]
    public async Task StartedAsync()
    {
        (_busy, _refusal, _name) = (true, null, null);
        await OnStarted.InvokeAsync();
        StateHasChanged();
    }

    [JSInvokable("Ready")]
    public async Task ReadyAsync(JsonElement answer, string fileName)
    {
        (_busy, _name) = (false, fileName);
        await OnAnswer.InvokeAsync(answer);
        StateHasChanged();
    }

    [JSInvokable("Refused")]
    public async Task RefusedAsync(string sentence)
    {
        (_busy, _refusal) = (false, sentence);
        await OnRefused.InvokeAsync();
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
