using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>A file beside the text: on its way (no id yet), ready, or refused with the reason. <see cref="LocalId"/> is the browser's name for it.</summary>
public sealed record AttachedFile(
    string LocalId, string Name, long SizeBytes, long? MediaFileId = null, Guid? MediaKey = null, MessageKind? SendAs = null, string? MimeType = null,
    string? Refusal = null, bool IsVoiceNote = false, bool MayRetry = false)
{
    public bool IsReady => MediaFileId is not null && Refusal is null;

    /// <summary>WhatsApp shows no caption under a sound or a sticker.</summary>
    public bool TakesCaption => SendAs is MessageKind.Image or MessageKind.Video or MessageKind.Document;

    public static AttachedFile From(DraftFile file) =>
        new(file.Key.ToString("N"), file.FileName, file.SizeBytes, file.MediaFileId, file.Key, file.SendAs, file.MimeType, IsVoiceNote: file.IsVoiceNote);
}

/// <summary>The answer of the upload endpoint, as the browser passes it on.</summary>
public sealed record UploadedFile(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, string SendAs, bool IsVoiceNote = false)
{
    public MessageKind Kind => Enum.TryParse<MessageKind>(SendAs, ignoreCase: true, out var kind) ? kind : MessageKind.Document;
}
