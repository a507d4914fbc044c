using System.Collections.Frozen;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Media;

/// <summary>What WhatsApp takes, by real content type (Meta, Supported media types, Cloud API, 2026). Sizes in bytes.</summary>
internal static class UploadRules
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    private const long MaxAnimatedSticker = 500 * Kilobyte;
    private const long MaxStaticSticker = 100 * Kilobyte;

    private static readonly FrozenDictionary<string, MessageKind> Kinds = new Dictionary<string, MessageKind>(StringComparer.Ordinal)
    {
        ["image/jpeg"] = MessageKind.Image,
        ["image/png"] = MessageKind.Image,
        ["image/webp"] = MessageKind.Sticker,
        ["video/mp4"] = MessageKind.Video,
        ["video/3gpp"] = MessageKind.Video,
        ["audio/aac"] = MessageKind.Audio,
        ["audio/amr"] = MessageKind.Audio,
        ["audio/mpeg"] = MessageKind.Audio,
        ["audio/mp4"] = MessageKind.Audio,
        ["audio/ogg"] = MessageKind.Audio,
        ["text/plain"] = MessageKind.Document,
        ["application/pdf"] = MessageKind.Document,
        ["application/msword"] = MessageKind.Document,
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = MessageKind.Document,
        ["application/vnd.ms-excel"] = MessageKind.Document,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = MessageKind.Document,
        ["application/vnd.ms-powerpoint"] = MessageKind.Document,
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = MessageKind.Document,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null when WhatsApp takes no file of this type.</returns>
    public static MessageKind? KindOf(string mimeType) => Kinds.TryGetValue(mimeType, out var kind) ? kind : null;

    public static long MaxBytesOf(MessageKind kind, bool animated) => kind switch
    {
        MessageKind.Image => 5 * Megabyte,
        MessageKind.Video or MessageKind.Audio => 16 * Megabyte,
        MessageKind.Sticker => animated ? MaxAnimatedSticker : MaxStaticSticker,
        _ => StoreUpload.MaxBytes,
    };
}
