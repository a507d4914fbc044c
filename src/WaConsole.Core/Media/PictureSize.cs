using System.Buffers.Binary;

namespace WaConsole.Core.Media;

/// <summary>Pure: width and height of a picture from its first bytes (PNG; WebP, RFC 9649 2.5 to 2.7; JPEG, ITU T.81 B.2.2).</summary>
internal static class PictureSize
{
    /// <summary>No real picture of a chat is larger; more is a trick on whoever reserves the room.</summary>
    private const int Most = 30_000;

    /// <returns>Null when the beginning does not say it.</returns>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> head, string mimeType)
    {
        var size = mimeType switch
        {
            "image/png" => Png(head),
            "image/webp" => Webp(head),
            "image/jpeg" => Jpeg(head),
            _ => null,
        };
        return size is ( > 0 and <= Most, > 0 and <= Most) ? size : null;
    }

    private static (int, int)? Png(ReadOnlySpan<byte> head) => head.Length >= 24 && head[12..].StartsWith("IHDR"u8)
        ? (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]))
        : null;

    private static (int, int)? Webp(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return null;
        }

        var chunk = head[12..];
        var body = head[20..];
        if (chunk.StartsWith("VP8X"u8))
        {
            return (1 + (body[4] | (body[5] << 8) | (body[6] << 16)), 1 + (body[7] | (body[8] << 8) | (body[9] << 16)));
        }

        if (chunk.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return chunk.StartsWith("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF)
            : null;
    }

    /// <summary>From segment to segment until the one that begins the frame.</summary>
    private static (int, int)? Jpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            }

            at += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]));
        }

        return null;
    }
}
