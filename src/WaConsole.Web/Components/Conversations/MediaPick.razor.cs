using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Templates;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>One file for a template's header: uploaded by HTTP, checked for the kind the header wants.</summary>
public sealed partial class MediaPick(AntiforgeryStateProvider antiforgery, IJSRuntime js) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/FilePick");
    private ElementReference _root;
    private UploadedFile? _file;
    private MessageKind _wanted;
    private string? _accept;
    private string? _refusal;
    private bool _busy;
    private bool _library;

    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter, EditorRequired] public required TemplateFieldKind Kind { get; set; }
    [Parameter] public EventCallback<UploadedFile?> OnFile { get; set; }

    protected override void OnParametersSet() => (_wanted, _accept) = Kind switch
    {
        TemplateFieldKind.Image => (MessageKind.Image, "image/jpeg,image/png"),
        TemplateFieldKind.Video => (MessageKind.Video, "video/mp4,video/3gpp"),
        _ => (MessageKind.Document, null),
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { token = antiforgery.GetAntiforgeryToken()?.Value, failed = T["UploadFailed"].Value });
        }
    }

    [JSInvokable("Started")]
    public async Task StartedAsync()
    {
        (_busy, _refusal, _file) = (true, null, null);
        await OnFile.InvokeAsync(null);
        StateHasChanged();
    }

    [JSInvokable("Ready")]
    public async Task ReadyAsync(UploadedFile file)
    {
        _busy = false;
        if (file.Kind != _wanted && _wanted != MessageKind.Document)
        {
            _refusal = T["WrongKind" + _wanted];
        }
        else
        {
            _file = file;
            await OnFile.InvokeAsync(file);
        }

        StateHasChanged();
    }

    /// <summary>What the library holds is ready: nothing is uploaded again.</summary>
    private Task TakeAsync(LibraryEntry entry)
    {
        _library = false;
        _refusal = null;
        return ReadyAsync(new UploadedFile(entry.MediaFileId, entry.Key, entry.FileName, entry.MimeType, entry.SizeBytes, entry.Kind.ToString()));
    }

    [JSInvokable]
    public void Refused(string sentence)
    {
        (_busy, _refusal) = (false, sentence);
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
