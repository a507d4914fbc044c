using System.Data;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Whether the files that prove entries are those that were named. Since form 2 the sealed part holds what the file's row said; of entries from
/// before only the row is looked for. Of who was erased nothing can be read, and no file is left. What does not open with the key that is there was sealed
/// with another one.
/// </summary>
internal static class VerifyFiles
{
    private const int Step = 1_000;

    private sealed record Named(long EntryId, long SubjectId, Guid File, string? Sha256, string? Row);

    /// <summary>SHA-256 of what a file's row says, but for whose it is.</summary>
    public static string RowHash(ConsentFile file)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(file.Key.ToByteArray());
        writer.Write(file.FileName);
        writer.Write(file.MimeType);
        writer.Write(file.SizeBytes);
        writer.Write(file.Sha256);
        writer.Write(file.KeyProtected);
        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    /// <returns>How many files were named.</returns>
    public static async Task<long> RunAsync(WaConsoleDb db, ConsentSecrets secrets, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var (last, files) = (0L, 0L);
        HashSet<long> unread = [];
        while (found.Count < VerifyConsent.Enough)
        {
            var behind = last;
            var page = await (from entry in db.ConsentEntries
                              where entry.Id > behind
                              orderby entry.Id
                              join of in db.ConsentSubjects on entry.SubjectId equals of.Id into subjects
                              from subject in subjects.DefaultIfEmpty()
                              select new { entry.Id, entry.SubjectId, entry.Sealed, HasSubject = subject != null, KeyProtected = subject == null ? null : subject.KeyProtected })
                .Take(Step).ToListAsync(cancellationToken);
            read(page.Count);
            if (page.Count == 0)
            {
                break;
            }

            List<Named> named = [];
            foreach (var row in page)
            {
                var part = secrets.Open(row.KeyProtected, row.SubjectId, row.Sealed);
                if (part is { Evidence.File: { } file })
                {
                    named.Add(new Named(row.Id, row.SubjectId, file, part.FileSha256, part.FileRow));
                }
                else if (part is null && (row.KeyProtected is not null || !row.HasSubject) && unread.Add(row.SubjectId) && found.Count < VerifyConsent.Enough)
                {
                    found.Add(new Tampering(row.HasSubject ? TamperKind.KeyChanged : TamperKind.SubjectMissing, row.Id, null) { SubjectId = row.SubjectId });
                }
            }

            foreach (var one in (await CompareAsync(db, named, cancellationToken)).Take(VerifyConsent.Enough - found.Count))
            {
                if (await AtOneMomentAsync(db, one.Named, cancellationToken) is { } kind)
                {
                    found.Add(new Tampering(kind, one.Named.EntryId, null) { File = one.Named.File });
                }
            }

            (last, files) = (page[^1].Id, files + named.Count);
        }

        return files;
    }

    /// <summary>They may have been erased between the questions.</summary>
    private static async Task<TamperKind?> AtOneMomentAsync(WaConsoleDb db, Named named, CancellationToken cancellationToken)
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await db.ConsentSubjects.AnyAsync(s => s.Id == named.SubjectId && s.KeyProtected != null, cancellationToken)
            ? (await CompareAsync(db, [named], cancellationToken)).Select(one => (TamperKind?)one.Kind).SingleOrDefault()
            : null;
    }

    private static async Task<List<(Named Named, TamperKind Kind)>> CompareAsync(WaConsoleDb db, List<Named> named, CancellationToken cancellationToken)
    {
        if (named.Count == 0)
        {
            return [];
        }

        var keys = named.Select(one => one.File).ToArray();
        var files = await db.ConsentFiles.AsNoTracking().Where(f => EF.Parameter(keys).Contains(f.Key)).ToDictionaryAsync(f => f.Key, cancellationToken);
        List<(Named, TamperKind)> found = [];
        foreach (var one in named)
        {
            if (!files.TryGetValue(one.File, out var file))
            {
                found.Add((one, TamperKind.FileMissing));
            }
            else if (file.SubjectId != one.SubjectId || (one.Sha256 ?? file.Sha256) != file.Sha256 || (one.Row is { } row && row != RowHash(file)))
            {
                found.Add((one, TamperKind.FileChanged));
            }
        }

        return found;
    }
}
