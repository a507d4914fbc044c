using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary><see cref="SendAs"/> is the kind the file can be sent as (a picture over 5 MB can still go as a document).</summary>
    public sealed record Stored(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, MessageKind SendAs) : UploadOutcome;

    /// <summary>Codes: media_unsupported, media_too_big, media_empty. The sentence says what to do.</summary>
    public sealed record Refused(string Code, string Sentence) : UploadOutcome;
}

/// <summary>Keeps an uploaded file: streamed to disk, type decided by content, size limits per kind as WhatsApp has them.</summary>
public sealed class StoreUpload(Store store, TimeProvider clock)
{
    public const long MaxBytes = 100L * 1024 * 1024;

    public Task<UploadOutcome> RunAsync(Caller caller, Stream content, string fileName, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
