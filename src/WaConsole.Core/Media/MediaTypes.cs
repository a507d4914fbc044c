using System.Buffers;
using System.Text;
using System.Text.Unicode;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Media;

/// <summary>What a file really is, and as what WhatsApp takes it.</summary>
public sealed record SniffedType(string MimeType, MessageKind SendAs, bool Animated = false, int? Width = null, int? Height = null);

/// <summary>
/// Pure: the type of a file from its first bytes; names and claims only choose between formats that share a container.
/// What WhatsApp takes of each type is in UploadRules.
/// </summary>
public static class MediaTypes
{
    /// <summary>Bytes from the beginning that <see cref="Sniff"/> wants to see.</summary>
    public const int HeadLength = 4096;

    public const string Unknown = "application/octet-stream";

    /// <summary>Kinds a browser shows without running anything in them.</summary>
    public static bool MayShowInline(string mimeType) => mimeType is "image/jpeg" or "image/png" or "image/webp" or "image/gif"
        or "video/mp4" or "video/3gpp" or "video/webm" or "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "audio/wav";

    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all of a shorter file.</param>
    /// <param name="claimed">What the sender called it; parameters are ignored.</param>
    /// <param name="fileName">Chooses between office formats.</param>
    public static SniffedType Sniff(ReadOnlySpan<byte> head, string? claimed = null, string? fileName = null)
    {
        var hint = BaseOf(claimed);
        var mime = Picture(head) ?? Sound(head, hint) ?? Film(head, hint) ?? Office(head, hint, fileName) ?? Words(head) ?? Unknown;
        var size = PictureSize.Of(head, mime);
        return new SniffedType(
            mime, UploadRules.KindOf(mime) ?? MessageKind.Document, mime == "image/webp" && IsAnimatedWebp(head), size?.Width, size?.Height);
    }

    /// <summary>With the dot; empty for a type we have no word for.</summary>
    public static string ExtensionOf(string mimeType) => BaseOf(mimeType) switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "video/mp4" => ".mp4",
        "video/3gpp" => ".3gp",
        "video/webm" => ".webm",
        "audio/aac" => ".aac",
        "audio/amr" => ".amr",
        "audio/mpeg" => ".mp3",
        "audio/mp4" => ".m4a",
        "audio/ogg" => ".ogg",
        "audio/wav" => ".wav",
        "text/plain" => ".txt",
        "application/pdf" => ".pdf",
        var other => OfficeTypes.ExtensionOf(other),
    };

    /// <summary>Lower case, without parameters such as "; codecs=opus".</summary>
    public static string BaseOf(string? mimeType) => (mimeType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant();

    private static string? Picture(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.StartsWith("GIF8"u8) ? "image/gif"
        : IsRiff(head, "WEBP"u8) ? "image/webp"
        : null;

    private static string? Sound(ReadOnlySpan<byte> head, string hint) =>
        head.StartsWith("OggS"u8) ? (head.IndexOf("theora"u8) >= 0 ? "video/ogg" : "audio/ogg")
        : head.StartsWith("#!AMR"u8) ? "audio/amr"
        : head.StartsWith("ID3"u8) ? "audio/mpeg"
        : IsRiff(head, "WAVE"u8) ? "audio/wav"
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? "audio/aac"
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) is 0xE2 or 0xE4 or 0xE6 && hint != "text/plain" ? "audio/mpeg"
        : null;

    /// <summary>MP4 files name their brand in the first box; a recording without a picture may carry a film's brand.</summary>
    private static string? Film(ReadOnlySpan<byte> head, string hint)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return hint == "audio/webm" ? "audio/webm" : "video/webm";
        }

        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8))
        {
            return null;
        }

        var brand = Encoding.ASCII.GetString(head.Slice(8, 4));
        return brand switch
        {
            _ when brand.StartsWith("3g", StringComparison.OrdinalIgnoreCase) => "video/3gpp",
            "M4A " or "M4B " or "F4A " => "audio/mp4",
            "qt  " => "video/quicktime",
            "heic" or "heix" or "mif1" or "avif" => "image/heic",
            _ => hint.StartsWith("audio/", StringComparison.Ordinal) ? "audio/mp4" : "video/mp4",
        };
    }

    private static string? Office(ReadOnlySpan<byte> head, string hint, string? fileName)
    {
        if (head.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return OfficeTypes.Old(hint, fileName);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 3, 4]) ? OfficeTypes.Zipped(head, hint, fileName) : null;
    }

    /// <summary>UTF-8 without control characters. Markup and scripts are words too: they are never served as anything that runs.</summary>
    private static string? Words(ReadOnlySpan<byte> head)
    {
        var whole = WithoutCutLetter(head);
        return !whole.IsEmpty && Utf8.IsValid(whole) && !whole.ContainsAnyInRange<byte>(0, 8) && !whole.ContainsAnyInRange<byte>(14, 31)
            ? "text/plain"
            : null;
    }

    /// <summary>The head may end inside a letter.</summary>
    private static ReadOnlySpan<byte> WithoutCutLetter(ReadOnlySpan<byte> head)
    {
        for (var back = 1; back <= Math.Min(3, head.Length); back++)
        {
            if (Rune.DecodeFromUtf8(head[^back..], out _, out _) == OperationStatus.NeedMoreData)
            {
                return head[..^back];
            }
        }

        return head;
    }

    private static bool IsRiff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> form) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith(form);

    private static bool IsAnimatedWebp(ReadOnlySpan<byte> head) =>
        head.Length > 20 && head[12..].StartsWith("VP8X"u8) && (head[20] & 0x02) != 0;
}
