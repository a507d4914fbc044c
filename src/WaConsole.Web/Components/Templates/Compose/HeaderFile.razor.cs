using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Templates.Compose;

public sealed partial class HeaderFile(AntiforgeryStateProvider antiforgery, IJSRuntime js, IStringLocalizer<StudioTexts> words) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/FilePick");
    private ElementReference _root;
    private TemplateFile? _shown;
    private string? _refusal;
    private bool _busy;
    private bool _library;

    [Parameter, EditorRequired] public required StudioSheet Sheet { get; set; }
    [Parameter, EditorRequired] public required string Path { get; set; }
    [Parameter, EditorRequired] public required ComposedMedia File { get; set; }
    [Parameter] public EventCallback<ComposedMedia> OnFile { get; set; }

    private MessageKind Wanted => File.Kind switch
    {
        HeaderMediaKind.Image => MessageKind.Image,
        HeaderMediaKind.Document => MessageKind.Document,
        _ => MessageKind.Video,
    };

    private string Accept => File.Kind switch
    {
        HeaderMediaKind.Image => "image/jpeg,image/png",
        HeaderMediaKind.Document => "application/pdf",
        _ => "video/mp4,video/3gpp",
    };

    protected override void OnParametersSet() => _shown = File.MediaFileId is { } id ? Sheet.Files.GetValueOrDefault(id) : null;

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

    [JSInvokable("Ready")]
    public async Task ReadyAsync(UploadedFile file)
    {
        _busy = false;
        await TakeAsync(file.Example, file.Kind);
        StateHasChanged();
    }

    [JSInvokable]
    public void Refused(string sentence)
    {
        (_busy, _refusal) = (false, sentence);
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    private Task TakeEntryAsync(LibraryEntry entry)
    {
        _library = false;
        return TakeAsync(new TemplateFile(entry.MediaFileId, entry.Key, entry.FileName, entry.MimeType, entry.SizeBytes), entry.Kind);
    }

    private async Task TakeAsync(TemplateFile file, MessageKind kind)
    {
        if (kind != Wanted)
        {
            _refusal = words["WrongKind" + File.Kind];
            return;
        }

        _refusal = null;
        Sheet.AddFile(file);
        await OnFile.InvokeAsync(new ComposedMedia(File.Kind, file.MediaFileId));
    }
}
