using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

/// <summary>Deletes an upload its owner does not want to send after all. What was sent, or stands in another draft, stays.</summary>
public sealed class DropUpload
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly MediaStore _files;

    internal DropUpload(Store store, WriterLane lane, MediaStore files)
    {
        (_store, _lane, _files) = (store, lane, files);
    }

    /// <returns>False when there was nothing of the caller's to delete.</returns>
    public async Task<bool> RunAsync(Caller caller, long mediaFileId, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        await using var db = await _store.OpenAsync(cancellationToken);
        var (agent, program) = (caller.AgentId, caller.ApiKeyId);
        var own = UnsentUploads.Of(db).Where(f => f.Id == mediaFileId
            && ((agent != null && f.UploadedById == agent) || (program != null && f.UploadedByApiKeyId == program)
                || (agent == null && program == null && f.UploadedById == null && f.UploadedByApiKeyId == null)));
        if (!await own.AnyAsync(cancellationToken))
        {
            return false;
        }

        using var place = await _lane.EnterAsync(cancellationToken);
        return await UnsentUploads.DeleteAsync(db, _files, mediaFileId, cancellationToken);
    }
}
