using System.Buffers;
using System.Security.Cryptography;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary><see cref="SendAs"/> is the kind the file can be sent as.</summary>
    public sealed record Stored(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, MessageKind SendAs, bool IsVoiceNote = false)
        : UploadOutcome;

    /// <summary>Codes: media_unsupported, media_too_big, media_empty, media_sticker_size, voice_unavailable. The sentence says what to do.</summary>
    public sealed record Refused(string Code, string Sentence) : UploadOutcome;
}

/// <summary>Keeps an uploaded file: streamed to disk, type decided by content, size limits per kind as WhatsApp has them.</summary>
public sealed class StoreUpload
{
    public const long MaxBytes = 100L * 1024 * 1024;

    private const int ChunkSize = 64 * 1024;

    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly SoundWaiting _sounds;
    private readonly TimeProvider _clock;

    internal StoreUpload(Store store, MediaStore files, SoundWaiting sounds, TimeProvider clock)
    {
        (_store, _files, _sounds, _clock) = (store, files, sounds, clock);
    }

    public Task<UploadOutcome> RunAsync(Caller caller, Stream content, string fileName, CancellationToken cancellationToken) =>
        RunAsync(caller, content, fileName, isVoiceNote: false, cancellationToken);

    internal async Task<UploadOutcome> RunAsync(
        Caller caller, Stream content, string fileName, bool isVoiceNote, CancellationToken cancellationToken)
    {
        caller.MustUpload();
        var key = Guid.CreateVersion7();
        var received = await _files.WriteAsync(key, file => ReceiveAsync(content, file, fileName, cancellationToken), cancellationToken);
        if (received.Refused is { } refused)
        {
            File.Delete(_files.PathOf(key));
            return refused;
        }

        var type = received.Type!;
        var now = _clock.GetUtcNow().UtcDateTime;
        var media = new MediaFile
        {
            Key = key,
            State = MediaState.Ready,
            UploadedById = caller.AgentId,
            UploadedByApiKeyId = caller.ApiKeyId,
            MimeType = type.MimeType,
            Sha256 = received.Sha256,
            SizeBytes = received.Size,
            FileName = SafeFileName.Of(fileName, type.SendAs, type.MimeType),
            Width = type.Width,
            Height = type.Height,
            IsVoiceNote = isVoiceNote,
            Sound = Sound.For(type.MimeType, now),
            NextAttemptAtUtc = now,
            CreatedAtUtc = now,
        };
        try
        {
            await using var db = await _store.OpenAsync(cancellationToken);
            db.MediaFiles.Add(media);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            File.Delete(_files.PathOf(key));
            throw;
        }

        if (media.Sound is not null)
        {
            _sounds.Ring();
        }

        return new UploadOutcome.Stored(media.Id, key, media.FileName, media.MimeType, media.SizeBytes, type.SendAs, isVoiceNote);
    }

    private static async Task<Received> ReceiveAsync(Stream content, FileStream file, string fileName, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (await CopyAsync(content, file, hash, cancellationToken) is not { } size)
        {
            return new Received(UploadRules.TooBig(MessageKind.Document, MaxBytes));
        }

        var type = MediaTypes.Sniff(await MediaStore.HeadAsync(file, cancellationToken), claimed: null, fileName);
        return new Received(UploadRules.Refuse(type, size), type, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <returns>Bytes copied, or null when there are more than <see cref="MaxBytes"/>.</returns>
    private static async Task<long?> CopyAsync(Stream content, Stream destination, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var size = 0L;
            int read;
            while ((read = await content.ReadAsync(chunk, cancellationToken)) > 0)
            {
                size += read;
                if (size > MaxBytes)
                {
                    return null;
                }

                hash.AppendData(chunk, 0, read);
                await destination.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            }

            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private sealed record Received(UploadOutcome.Refused? Refused, SniffedType? Type = null, long Size = 0, string Sha256 = "");
}
