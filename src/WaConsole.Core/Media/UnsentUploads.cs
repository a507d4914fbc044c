using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>Uploads that went into no conversation. What a draft holds is waiting to be sent, however long.</summary>
internal static class UnsentUploads
{
    public static IQueryable<MediaFile> Of(WaConsoleDb db) => db.MediaFiles.Where(f =>
        f.ConversationId == null && !f.IsInLibrary && f.State == MediaState.Ready && !db.Messages.Any(m => m.MediaFileId == f.Id));

    public static async Task<HashSet<long>> InDraftsAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var drafts = await db.Drafts.Where(d => d.MediaFileIds != "").Select(d => d.MediaFileIds).ToListAsync(cancellationToken);
        return [.. drafts.SelectMany(ids => ids.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];
    }

    /// <summary>The row first: bytes without a row are a little lost room, a row without bytes is a broken message.</summary>
    public static async Task<bool> DeleteAsync(WaConsoleDb db, MediaStore files, long id, CancellationToken cancellationToken)
    {
        var file = await Of(db).AsNoTracking().Include(f => f.Sound).SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        if (file is null || await Of(db).Where(f => f.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
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
