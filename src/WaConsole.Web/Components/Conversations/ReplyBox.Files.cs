using System.Globalization;
using Microsoft.AspNetCore.Components.Routing;
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

    [JSInvokable]
    public void Recording(bool on)
    {
        _recording = on;
        StateHasChanged();
    }

    /// <summary>The conversation is left while somebody speaks: what was said so far goes into its draft first. Where it cannot, they stay and see why.</summary>
    private async Task KeepVoiceAsync(LocationChangingContext leaving)
    {
        var staysHere = leaving.TargetLocation.Split('?')[0].EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"inbox/{View.Id}"), StringComparison.Ordinal);
        if (!staysHere && !await _browser.AskAsync<bool>("keepVoice", _root))
        {
            leaving.PreventNavigation();
        }
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
