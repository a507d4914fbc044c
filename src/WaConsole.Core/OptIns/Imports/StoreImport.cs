using System.Security.Cryptography;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

public abstract record StoreImportOutcome
{
    private StoreImportOutcome()
    {
    }

    public sealed record Stored(long ImportId) : StoreImportOutcome;

    public sealed record Refused(string Sentence) : StoreImportOutcome;
}

/// <summary>Keeps an uploaded list of people: streamed to disk, looked at from outside. Nothing is imported yet.</summary>
public sealed class StoreImport
{
    public const long MaxBytes = 200L * 1024 * 1024;

    private const int Chunk = 64 * 1024;

    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly TimeProvider _clock;

    internal StoreImport(Store store, MediaStore files, TimeProvider clock)
    {
        (_store, _files, _clock) = (store, files, clock);
    }

    public async Task<StoreImportOutcome> RunAsync(Caller caller, Stream content, string fileName, CancellationToken cancellationToken)
    {
        caller.MustImport();
        var key = Guid.CreateVersion7();
        var received = await _files.WriteAsync(key, file => ReceiveAsync(content, file, cancellationToken), cancellationToken);
        if (received.Problem is { } problem)
        {
            _files.Delete(key);
            return new StoreImportOutcome.Refused(Texts.Imports.Of(problem, MaxBytes / 1024 / 1024));
        }

        var import = new ConsentImport
        {
            FileKey = key,
            FileName = StoredText.Clean(Path.GetFileName(fileName.Replace('\\', '/')).Trim(), 200),
            SizeBytes = received.Size,
            Sha256 = received.Sha256,
            Format = received.Format,
            Encoding = received.CodePage,
            Separator = received.Separator,
            CreatedAtUtc = _clock.GetUtcNow().UtcDateTime,
            ByAgentId = caller.AgentId,
            ByName = caller.Name,
        };
        try
        {
            await using var db = await _store.OpenAsync(cancellationToken);
            db.ConsentImports.Add(import);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            _files.Delete(key);
            throw;
        }

        return new StoreImportOutcome.Stored(import.Id);
    }

    private async Task<Received> ReceiveAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[Chunk];
        var size = 0L;
        int read;
        while ((read = await content.ReadAsync(chunk, cancellationToken)) > 0)
        {
            size += read;
            if (size > MaxBytes)
            {
                return new Received("TooBig");
            }

            hash.AppendData(chunk, 0, read);
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        var received = new Received(size == 0 ? "Empty" : null, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        await file.FlushAsync(cancellationToken);
        file.Position = 0;
        var head = new byte[4];
        _ = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (size == 0)
        {
            return received;
        }

        if (head is [0x50, 0x4B, 0x03, 0x04])
        {
            return received with { Format = SheetFormat.Xlsx };
        }

        // The workbook of before 2007, and any other kind of file, is no text.
        return head is [0xD0, 0xCF, 0x11, 0xE0] || await CsvFormat.OfAsync(file, cancellationToken) is not var (codePage, separator)
            ? received with { Problem = "NotAList" }
            : received with { Format = SheetFormat.Csv, CodePage = codePage, Separator = separator.ToString() };
    }

    private sealed record Received(
        string? Problem, long Size = 0, string Sha256 = "", SheetFormat Format = SheetFormat.Csv, int CodePage = 0, string Separator = "");
}
