using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Library;

/// <summary>Takes a file out of the library. Its bytes go too, unless a message shows them or a draft waits with them.</summary>
public sealed class DeleteFromLibrary
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly MediaStore _files;

    internal DeleteFromLibrary(Store store, WriterLane lane, MediaStore files)
    {
        (_store, _lane, _files) = (store, lane, files);
    }

    /// <returns>False when there is none the caller may delete.</returns>
    public async Task<bool> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        var item = await db.LibraryItems.Include(i => i.MediaFile).SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (item is null || !LibraryRules.MayChange(caller, item.AddedById))
        {
            return false;
        }

        var shownBy = await ShownByCardAsync(db, item.MediaFile.Key, cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        if (shownBy is { } message)
        {
            (item.MediaFile.ConversationId, item.MediaFile.NumberId) = (message.ConversationId, message.NumberId);
        }

        item.MediaFile.IsInLibrary = false;
        db.LibraryItems.Remove(item);
        await db.SaveChangesAsync(cancellationToken);
        await UnsentUploads.DeleteAsync(db, _files, item.MediaFileId, cancellationToken);
        return true;
    }

    /// <summary>
    /// A message names its own file by a column and those of its carousel's cards only in what it shows, so this looks through all
    /// templates sent: it happens seldom, and before the writer's turn.
    /// </summary>
    private static async Task<Conversations.Message?> ShownByCardAsync(WaConsoleDb db, Guid key, CancellationToken cancellationToken)
    {
        var name = key.ToString("D");
        return await db.Messages.AsNoTracking()
            .Where(m => m.Kind == Conversations.MessageKind.Template && m.ContentJson != null && m.ContentJson.Contains(name))
            .OrderBy(m => m.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
