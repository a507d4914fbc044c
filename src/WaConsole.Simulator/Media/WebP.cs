using System.Buffers.Binary;

namespace WaConsole.Simulator.Media;

/// <summary>Reads the size of a WebP picture from its first chunk (RFC 9649, sections 2.5 to 2.7).</summary>
internal static class WebP
{
    public static (int Width, int Height, bool Animated) Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return default;
        }

        var chunk = bytes.Slice(12, 4);
        var body = bytes[20..];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            var width = 1 + (body[4] | (body[5] << 8) | (body[6] << 16));
            var height = 1 + (body[7] | (body[8] << 8) | (body[9] << 16));
            return (width, height, (body[0] & 0x02) != 0);
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1, false);
        }

        return chunk.SequenceEqual("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF, false)
            : default;
    }
}
