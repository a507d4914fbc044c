using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

/// <summary>The bytes of a file with the type found in them. <see cref="MayShowInline"/> is false for anything a browser could run.</summary>
public sealed record MediaContent(string Path, string MimeType, string FileName, long SizeBytes, DateTime CreatedAtUtc, bool MayShowInline);

public sealed class OpenMedia
{
    private readonly Store _store;
    private readonly MediaStore _files;

    internal OpenMedia(Store store, MediaStore files)
    {
        _store = store;
        _files = files;
    }

    /// <returns>Null when there is none, it is not ready, or the caller may not see its conversation.</returns>
    public Task<MediaContent?> RunAsync(Caller caller, Guid key, CancellationToken cancellationToken) =>
        RunAsync(caller, key, wantsCopy: false, cancellationToken);

    /// <summary>The copy of a sound that every browser plays.</summary>
    /// <returns>Null when there is none for this file, or the caller may not see the file itself.</returns>
    public Task<MediaContent?> PlayableAsync(Caller caller, Guid key, CancellationToken cancellationToken) =>
        RunAsync(caller, key, wantsCopy: true, cancellationToken);

    private async Task<MediaContent?> RunAsync(Caller caller, Guid key, bool wantsCopy, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        await using var db = await _store.OpenAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking()
            .Where(f => f.Key == key && f.State == MediaState.Ready)
            .Select(f => new
            {
                f.Id,
                f.ConversationId,
                Number = db.Conversations.Where(c => c.Id == f.ConversationId).Select(c => (long?)c.NumberId).FirstOrDefault(),
                f.UploadedById,
                f.UploadedByApiKeyId,
                f.IsInLibrary,
                f.MimeType,
                f.FileName,
                f.SizeBytes,
                f.CreatedAtUtc,
                CopyKey = f.Sound == null ? null : f.Sound.CopyKey,
                CopyBytes = f.Sound == null ? null : f.Sound.CopyBytes,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (file is null || (wantsCopy && file.CopyKey is null))
        {
            return null;
        }

        if (file.ConversationId is not null)
        {
            caller.MustUseInbox();
        }

        // An upload that was not sent yet belongs to whoever made it and to nobody else.
        var allowed = file.ConversationId is null
            ? file.IsInLibrary
                || (file.UploadedById is not null && file.UploadedById == caller.AgentId)
                || (file.UploadedByApiKeyId is not null && file.UploadedByApiKeyId == caller.ApiKeyId)
            : file.Number is { } number && caller.MaySeeNumber(number);
        allowed = allowed
            || (file.ConversationId is null && caller.MayManageTemplates && await IsInTemplateAsync(db, caller, file.Id, cancellationToken))
            || (caller.MayUseInbox && await SentElsewhereAsync(db, caller, file.Id, cancellationToken));
        var path = _files.PathOf(wantsCopy ? file.CopyKey!.Value : key);
        if (!allowed || !File.Exists(path))
        {
            return null;
        }

        return wantsCopy
            ? new MediaContent(
                path, "audio/mp4", Path.ChangeExtension(file.FileName, ".m4a"), file.CopyBytes ?? 0, file.CreatedAtUtc, MayShowInline: true)
            : new MediaContent(
                path, file.MimeType, file.FileName, file.SizeBytes, file.CreatedAtUtc, MediaTypes.MayShowInline(file.MimeType));
    }

    /// <summary>Templates belong to an account, and so do their drafts: whoever sees one of its numbers sees them.</summary>
    private static Task<bool> IsInTemplateAsync(WaConsoleDb db, Caller caller, long fileId, CancellationToken cancellationToken)
    {
        var drafts = db.TemplateDrafts.Where(d => db.TemplateDraftFiles.Any(f => f.DraftId == d.Id && f.MediaFileId == fileId));
        return caller.Numbers is { } numbers
            ? drafts.AnyAsync(d => db.Numbers.Any(n => n.BusinessAccountId == d.BusinessAccountId && numbers.Contains(n.Id)), cancellationToken)
            : drafts.AnyAsync(cancellationToken);
    }

    /// <summary>One upload may go into several conversations; whoever sees one of them sees the file.</summary>
    private static async Task<bool> SentElsewhereAsync(WaConsoleDb db, Caller caller, long fileId, CancellationToken cancellationToken)
    {
        var numbers = await db.Messages.Where(m => m.MediaFileId == fileId).Select(m => m.NumberId).Distinct().ToListAsync(cancellationToken);
        return numbers.Exists(caller.MaySeeNumber);
    }
}
