using System.Text;

namespace WaConsole.Simulator.Media;

/// <summary>Which files WhatsApp takes, judged by their bytes. Source: Meta, "Media" page, November 2025.</summary>
public static class MediaRules
{
    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    private static readonly Dictionary<string, (string Kind, long MaxBytes)> Types = new(StringComparer.Ordinal)
    {
        ["audio/aac"] = ("audio", 16 * Megabyte),
        ["audio/amr"] = ("audio", 16 * Megabyte),
        ["audio/mpeg"] = ("audio", 16 * Megabyte),
        ["audio/mp4"] = ("audio", 16 * Megabyte),
        ["audio/ogg"] = ("audio", 16 * Megabyte),
        ["image/jpeg"] = ("image", 5 * Megabyte),
        ["image/png"] = ("image", 5 * Megabyte),
        ["image/webp"] = ("sticker", 500 * Kilobyte),
        ["video/mp4"] = ("video", 16 * Megabyte),
        ["video/3gpp"] = ("video", 16 * Megabyte),
        ["text/plain"] = ("document", 100 * Megabyte),
        ["application/pdf"] = ("document", 100 * Megabyte),
        ["application/msword"] = ("document", 100 * Megabyte),
        ["application/vnd.ms-excel"] = ("document", 100 * Megabyte),
        ["application/vnd.ms-powerpoint"] = ("document", 100 * Megabyte),
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ("document", 100 * Megabyte),
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ("document", 100 * Megabyte),
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ("document", 100 * Megabyte),
    };

    /// <summary>The type without parameters, in lower case.</summary>
    public static string BaseType(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The kind of message a type belongs to, or null when WhatsApp does not take it.</summary>
    public static string? KindOf(string mimeType) => Types.TryGetValue(BaseType(mimeType), out var rule) ? rule.Kind : null;

    /// <summary>Whether a file of this type may be sent as this kind of message: every file may go as a document.</summary>
    public static bool Fits(string kind, string mimeType) =>
        KindOf(mimeType) is { } own && (own == kind || (kind == "document" && own != "sticker"));

    /// <summary>Why WhatsApp refuses the upload, or null when it takes it.</summary>
    public static string? Refusal(string mimeType, ReadOnlySpan<byte> bytes)
    {
        var type = BaseType(mimeType);
        if (!Types.TryGetValue(type, out var rule))
        {
            return $"The media type {type} is not supported.";
        }

        if (bytes.IsEmpty)
        {
            return "The file is empty.";
        }

        if (bytes.Length > rule.MaxBytes)
        {
            return $"The file is larger than the {rule.MaxBytes} bytes allowed for {type}.";
        }

        return LooksLike(type, bytes) ? TypeSpecificRefusal(type, bytes) : $"The content of the file is not {type}.";
    }

    private static string? TypeSpecificRefusal(string type, ReadOnlySpan<byte> bytes)
    {
        if (type == "image/webp")
        {
            var (width, height, animated) = WebP.Measure(bytes);
            if ((width, height) != (512, 512))
            {
                return "A sticker must be 512 by 512 pixels.";
            }

            return !animated && bytes.Length > 100 * Kilobyte ? "A static sticker may have 100 KB at most." : null;
        }

        if (type == "audio/ogg")
        {
            var head = bytes.IndexOf("OpusHead"u8);
            return head < 0 || head + 9 >= bytes.Length ? "The OGG file does not hold OPUS audio."
                : bytes[head + 9] != 1 ? "The OPUS audio must have one channel."
                : null;
        }

        return null;
    }

    /// <summary>Whether the bytes begin as a file of this type does.</summary>
    public static bool LooksLike(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "image/jpeg" => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/png" => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/webp" => bytes.StartsWith("RIFF"u8) && bytes.Length > 30 && bytes[8..].StartsWith("WEBP"u8),
        "video/mp4" or "audio/mp4" or "video/3gpp" => bytes.Length > 12 && bytes[4..].StartsWith("ftyp"u8),
        "audio/ogg" => bytes.StartsWith("OggS"u8),
        "audio/amr" => bytes.StartsWith("#!AMR"u8),
        "audio/aac" => bytes.Length > 2 && bytes[0] == 0xFF && (bytes[1] & 0xF6) == 0xF0,
        "audio/mpeg" => bytes.StartsWith("ID3"u8) || (bytes.Length > 2 && bytes[0] == 0xFF && (bytes[1] & 0xE6) is 0xE2 or 0xE4 or 0xE6),
        "application/pdf" => bytes.StartsWith("%PDF-"u8),
        "text/plain" => IsText(bytes),
        _ when type.Contains("openxmlformats", StringComparison.Ordinal) => bytes.StartsWith("PK"u8),
        _ => bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]),
    };

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            return false;
        }

        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
