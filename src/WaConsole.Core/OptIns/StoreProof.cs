using System.Security.Cryptography;
using WaConsole.Core.Consent;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

public abstract record StoreProofOutcome
{
    private StoreProofOutcome()
    {
    }

    public sealed record Stored(Guid Key, string FileName, long SizeBytes) : StoreProofOutcome;

    public sealed record Refused(string Sentence) : StoreProofOutcome;
}

/// <summary>
/// Keeps a file that proves an opt-in: a scan, a photograph, a recording. Encrypted with a key of its own, which goes with the person. One that
/// no entry names within a day is removed.
/// </summary>
public sealed class StoreProof
{
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal StoreProof(Store store, MediaStore files, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _files, _secrets, _clock) = (store, files, secrets, clock);
    }

    public async Task<StoreProofOutcome> RunAsync(Caller caller, Stream content, string fileName, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (await ReadAsync(content, cancellationToken) is not { } plain)
        {
            return new StoreProofOutcome.Refused(Texts.OptIns.Of("ProofTooBig", MaxBytes / 1024 / 1024));
        }

        if (plain.Length == 0)
        {
            return new StoreProofOutcome.Refused(Texts.OptIns.Of("ProofEmpty"));
        }

        var type = MediaTypes.Sniff(plain[..Math.Min(plain.Length, MediaTypes.HeadLength)], claimed: null, fileName);
        var file = new ConsentFile
        {
            Key = Guid.CreateVersion7(),
            UploadedById = caller.AgentId,
            UploadedByApiKeyId = caller.ApiKeyId,
            FileName = SafeFileName.Of(fileName, type.SendAs, type.MimeType),
            MimeType = type.MimeType,
            SizeBytes = plain.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(plain)),
            KeyProtected = _secrets.NewPersonKey(),
            CreatedAtUtc = _clock.GetUtcNow().UtcDateTime,
        };
        var whole = _secrets.SealFile(file.KeyProtected, file.Key, plain);
        await _files.WriteAsync(
            file.Key,
            async written =>
            {
                await written.WriteAsync(whole, cancellationToken);
                return whole.Length;
            },
            cancellationToken);
        try
        {
            await using var db = await _store.OpenAsync(cancellationToken);
            db.ConsentFiles.Add(file);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            _files.Delete(file.Key);
            throw;
        }

        return new StoreProofOutcome.Stored(file.Key, file.FileName, file.SizeBytes);
    }

    private static async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var plain = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (plain.Length + read > MaxBytes)
            {
                return null;
            }

            plain.Write(chunk, 0, read);
        }

        return plain.ToArray();
    }
}
