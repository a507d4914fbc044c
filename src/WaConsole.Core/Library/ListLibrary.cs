using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Library;

/// <summary>Everything in the library, by name.</summary>
public sealed class ListLibrary(Store store)
{
    public async Task<IReadOnlyList<LibraryEntry>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        await using var db = await store.OpenAsync(cancellationToken);
        var items = await db.LibraryItems.AsNoTracking()
            .OrderBy(i => i.Id).Take(LibraryRules.MaxItems)
            .Select(i => new
            {
                i.Id,
                i.MediaFileId,
                i.MediaFile.Key,
                i.Name,
                i.MediaFile.FileName,
                i.MediaFile.MimeType,
                i.MediaFile.SizeBytes,
                i.AddedById,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. items.OrderBy(i => i.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(i => i.Id).Select(i => new LibraryEntry(
                i.Id, i.MediaFileId, i.Key, i.Name, UploadRules.KindOf(i.MimeType) ?? MessageKind.Document, i.FileName, i.MimeType, i.SizeBytes,
                LibraryRules.MayChange(caller, i.AddedById))),
        ];
    }
}
