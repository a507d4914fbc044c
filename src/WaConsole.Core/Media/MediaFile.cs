namespace WaConsole.Core.Media;

public enum MediaState
{
    /// <summary>Waiting to be fetched from WhatsApp.</summary>
    Pending = 0,
    Ready = 1,

    /// <summary>Given up, or refused: see <see cref="MediaFile.Failure"/>.</summary>
    Failed = 2,
}

/// <summary>A file of ours: received from a customer, or uploaded to be sent.</summary>
internal sealed class MediaFile
{
    public long Id { get; set; }

    /// <summary>Unguessable name used in URLs and on disk.</summary>
    public Guid Key { get; set; }

    public MediaState State { get; set; }

    /// <summary>Who may see it: those who may see this conversation. Null for an upload not sent yet, seen by its uploader.</summary>
    public long? ConversationId { get; set; }

    public long? NumberId { get; set; }

    public long? UploadedById { get; set; }

    public long? UploadedByApiKeyId { get; set; }

    /// <summary>WhatsApp's media id: of the received file, or of our upload to this number.</summary>
    public string? WhatsAppMediaId { get; set; }

    /// <summary>Our uploads live 30 days at WhatsApp (Meta, Media); after that the file is uploaded again.</summary>
    public DateTime? WhatsAppUploadedAtUtc { get; set; }

    /// <summary>The number the upload belongs to: media ids are not shared between numbers.</summary>
    public long? WhatsAppUploadedToNumberId { get; set; }

    /// <summary>Download URL from the webhook, valid five minutes.</summary>
    public string? SourceUrl { get; set; }

    /// <summary>By content, not by what anybody claimed.</summary>
    public string MimeType { get; set; } = "";

    public string? ClaimedMimeType { get; set; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public string? Sha256 { get; set; }

    public long SizeBytes { get; set; }

    /// <summary>Made safe for display and download; the customer's own spelling stays in the raw message.</summary>
    public string FileName { get; set; } = "";

    public int? Width { get; set; }

    public int? Height { get; set; }

    /// <summary>Recorded here to be sent as a voice note.</summary>
    public bool IsVoiceNote { get; set; }

    /// <summary>Everybody who works in the inbox may see and send it; it never becomes a conversation's own.</summary>
    public bool IsInLibrary { get; set; }

    public Sound? Sound { get; set; }

    public string? Failure { get; set; }

    public int Attempts { get; set; }

    public DateTime NextAttemptAtUtc { get; set; }

    public DateTime? LeasedUntilUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }
}
