using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;

namespace WaConsole.Web.Components.Conversations;

public sealed partial class ReplyBox
{
    private bool _library;

    /// <summary>More were chosen than one press of Send takes: those that fit are there, and it is said that the others are not.</summary>
    [JSInvokable]
    public void LeftOut(int most)
    {
        _refusal = M["TooManyFiles", most];
        StateHasChanged();
    }

    /// <summary>The library's own file, not a copy: what WhatsApp has of it is used again.</summary>
    private async Task AddFromLibraryAsync(LibraryEntry entry)
    {
        _library = false;
        if (_files.Count >= KeepDraft.MaxFiles)
        {
            LeftOut(KeepDraft.MaxFiles);
            return;
        }

        if (_files.All(file => file.MediaFileId != entry.MediaFileId))
        {
            _files =
            [
                .. _files,
                new AttachedFile(entry.Key.ToString("N"), entry.FileName, entry.SizeBytes, entry.MediaFileId, entry.Key, entry.Kind, entry.MimeType),
            ];
            await KeepAsync();
        }

        await _browser.TellAsync("focus", _root);
    }
}
