using System.Collections.Frozen;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Media;

/// <summary>What WhatsApp takes, by real content type (Meta, Supported media types, Cloud API, 2026). Sizes in bytes.</summary>
internal static class UploadRules
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    private const int StickerSide = 512;
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

    /// <returns>Null when WhatsApp takes the file.</returns>
    public static UploadOutcome.Refused? Refuse(SniffedType file, long size)
    {
        if (size == 0)
        {
            return new UploadOutcome.Refused("media_empty", Texts.Media.Of("Empty"));
        }

        if (KindOf(file.MimeType) is not { } kind)
        {
            return new UploadOutcome.Refused("media_unsupported", Unsupported(file.MimeType));
        }

        if (kind == MessageKind.Sticker && (file.Width, file.Height) != (StickerSide, StickerSide))
        {
            return new UploadOutcome.Refused("media_sticker_size", file is { Width: { } width, Height: { } height }
                ? Texts.Media.Of("StickerSize", StickerSide, width, height)
                : Texts.Media.Of("StickerBroken"));
        }

        var most = MaxBytesOf(kind, file.Animated);
        return size > most ? TooBig(kind, most) : null;
    }

    public static UploadOutcome.Refused TooBig(MessageKind kind, long most) => new("media_too_big", kind switch
    {
        MessageKind.Image => Texts.Media.Of("PictureTooBig"),
        MessageKind.Video => Texts.Media.Of("VideoTooBig"),
        MessageKind.Audio => Texts.Media.Of("AudioTooBig"),
        MessageKind.Sticker => Texts.Media.Of("StickerTooBig", most / Kilobyte),
        _ => Texts.Media.Of("FileTooBig"),
    });

    private static string Unsupported(string mimeType) => mimeType.Split('/')[0] switch
    {
        "image" => Texts.Media.Of("PictureKinds"),
        "video" => Texts.Media.Of("VideoKinds"),
        "audio" => Texts.Media.Of("AudioKinds"),
        _ => Texts.Media.Of("FileKinds"),
    };

    public static long MaxBytesOf(MessageKind kind, bool animated) => kind switch
    {
        MessageKind.Image => 5 * Megabyte,
        MessageKind.Video or MessageKind.Audio => 16 * Megabyte,
        MessageKind.Sticker => animated ? MaxAnimatedSticker : MaxStaticSticker,
        _ => StoreUpload.MaxBytes,
    };
}
