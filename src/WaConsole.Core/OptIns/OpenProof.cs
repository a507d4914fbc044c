using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>A file that proves an entry, decrypted.</summary>
public sealed record ProofContent(byte[] Bytes, string FileName, string MimeType);

/// <summary>Opens a proof for whoever may see the person and the number of the entry that names it. On record.</summary>
public sealed class OpenProof
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly MediaStore _files;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal OpenProof(Store store, WriterLane lane, MediaStore files, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _files, _secrets, _clock) = (store, lane, files, secrets, clock);
    }

    /// <returns>Null when there is none, it is not for the caller to see, or its bytes are not what was stored.</returns>
    public async Task<ProofContent?> RunAsync(Caller caller, Guid key, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var found = await (from file in db.ConsentFiles
                           where file.Key == key
                           join subject in db.ConsentSubjects on file.SubjectId equals subject.Id
                           join contact in ContactAccess.Seen(db, caller) on subject.ContactId equals contact.Id
                           select new { File = file, ContactId = contact.Id }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !File.Exists(_files.PathOf(key)))
        {
            return null;
        }

        var whole = await File.ReadAllBytesAsync(_files.PathOf(key), cancellationToken);
        if (_secrets.OpenFile(found.File.KeyProtected, key, whole) is not { } plain)
        {
            return null;
        }

        using (await _lane.EnterAsync(cancellationToken))
        {
            db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Looked, found.ContactId, _clock.GetUtcNow().UtcDateTime, "file"));
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ProofContent(plain, found.File.FileName, found.File.MimeType);
    }
}
