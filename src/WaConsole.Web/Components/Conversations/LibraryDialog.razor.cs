using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

public sealed partial class LibraryDialog(
    LibraryVerbs library, CurrentCaller current, AntiforgeryStateProvider antiforgery, IJSRuntime js, IStringLocalizer<MediaTexts> words) : LivePanel
{
    private readonly BrowserModule _browser = new(js, "Shared/FilePick");
    private ElementReference _root;
    private IReadOnlyList<LibraryEntry>? _entries;
    private string _search = "";
    private string _name = "";
    private string? _problem;
    private long? _renaming;
    private long? _deleting;
    private bool _stickers;
    private bool _busy;
    private bool _mayAdd;

    private IStringLocalizer<MediaTexts> M => words;

    /// <summary>What is of use to whoever asks; null for everything.</summary>
    [Parameter] public Func<LibraryEntry, bool>? Fits { get; set; }

    [Parameter] public EventCallback<LibraryEntry> OnChosen { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }

    private IEnumerable<LibraryEntry> Shown => (_entries ?? []).Where(entry =>
        (entry.Kind == MessageKind.Sticker) == _stickers
        && Fits?.Invoke(entry) != false
        && entry.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase));

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { token = antiforgery.GetAntiforgeryToken()?.Value, failed = T["UploadFailed"].Value });
        }
    }

    [JSInvokable]
    public void Started()
    {
        (_busy, _problem) = (true, null);
        StateHasChanged();
    }

    [JSInvokable("Ready")]
    public async Task ReadyAsync(UploadedFile file)
    {
        _busy = false;
        _problem = await library.Add.RunAsync(await current.ReadAsync(), file.MediaFileId, file.FileName, CancellationToken.None) switch
        {
            AddToLibraryOutcome.Added => null,
            AddToLibraryOutcome.Refused refused => refused.Sentence,
            _ => T["UploadFailed"],
        };
        if (_problem is null)
        {
            (_stickers, _search) = (file.Kind == MessageKind.Sticker, "");
            await ReadAsync();
        }

        StateHasChanged();
    }

    [JSInvokable]
    public void Refused(string sentence)
    {
        (_busy, _problem) = (false, sentence);
        StateHasChanged();
    }

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    private async Task ReadAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _mayAdd = caller.MayUseInbox;
        _entries = await library.List.RunAsync(caller, Gone);
    }

    private void Show(bool stickers) => (_stickers, _problem, _renaming, _deleting) = (stickers, null, null, null);

    private void BeginRename(LibraryEntry entry) => (_renaming, _deleting, _name, _problem) = (entry.Id, null, entry.Name, null);

    private void BeginDelete(LibraryEntry entry) => (_deleting, _renaming, _problem) = (entry.Id, null, null);

    private async Task RenameAsync(long id)
    {
        _problem = await library.Rename.RunAsync(await current.ReadAsync(), id, _name, CancellationToken.None);
        if (_problem is null)
        {
            _renaming = null;
            await ReadAsync();
        }
    }

    private async Task DeleteAsync(long id)
    {
        await library.Delete.RunAsync(await current.ReadAsync(), id, CancellationToken.None);
        _deleting = null;
        await ReadAsync();
    }
}
