using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>Uploads that went into no conversation.</summary>
internal static class UnsentUploads
{
    public static IQueryable<MediaFile> Of(WaConsoleDb db) => db.MediaFiles.Where(f =>
        f.ConversationId == null && !f.IsInLibrary && f.State == MediaState.Ready
        && !db.TemplateDraftFiles.Any(d => d.MediaFileId == f.Id) && !db.Messages.Any(m => m.MediaFileId == f.Id));

    /// <summary>What a draft holds is waiting to be sent, however long.</summary>
    public static IQueryable<MediaFile> Abandoned(WaConsoleDb db) => Of(db).Where(f =>
        !db.Drafts.Any(d => d.MediaFileIds != "" && ("," + d.MediaFileIds + ",").Contains("," + f.Id + ",")));

    /// <summary>When it is abandoned. The row first: bytes without a row are a little lost room, a row without bytes is a broken message.</summary>
    public static async Task<bool> DeleteAsync(WaConsoleDb db, MediaStore files, long id, CancellationToken cancellationToken)
    {
        var file = await Abandoned(db).AsNoTracking().Include(f => f.Sound).SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        if (file is null || await Abandoned(db).Where(f => f.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        files.Delete(file.Key);
        if (file.Sound?.CopyKey is { } copy)
        {
            files.Delete(copy);
        }

        return true;
    }
}
