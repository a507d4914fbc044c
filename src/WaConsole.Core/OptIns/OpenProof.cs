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
                           select new { File = file, Subject = subject, ContactId = contact.Id }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !File.Exists(_files.PathOf(key)) || !await NamesItAsync(db, caller, found.Subject, key, cancellationToken))
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
            db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Looked, found.ContactId, _clock.GetUtcNow().UtcDateTime, new AuditDetail.ProofFile()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ProofContent(plain, found.File.FileName, found.File.MimeType);
    }

    /// <summary>Which entry names a file is in its sealed part; it may be of a number that is not for the caller to see.</summary>
    private async Task<bool> NamesItAsync(WaConsoleDb db, Caller caller, ConsentSubject subject, Guid key, CancellationToken cancellationToken)
    {
        var entries = await db.ConsentEntries.AsNoTracking().Where(e => e.SubjectId == subject.Id)
            .Select(e => new { e.NumberId, e.Sealed }).ToListAsync(cancellationToken);
        return entries.Any(entry => (entry.NumberId is not { } number || caller.MaySeeNumber(number))
            && _secrets.Open(subject.KeyProtected, subject.Id, entry.Sealed)?.Evidence.File == key);
    }
}
