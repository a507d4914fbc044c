using System.Buffers;
using System.Security.Cryptography;

namespace WaConsole.CloudApi;

/// <summary>SHA-256 as Meta writes it: base64 in webhooks, hex in some answers. Compare bytes, not texts.</summary>
public static class MediaHash
{
    /// <summary>The 32 bytes, or null when the text is neither form.</summary>
    public static byte[]? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = new byte[SHA256.HashSizeInBytes];
        if (text.Length == 64 && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done)
        {
            return bytes;
        }

        return Convert.TryFromBase64String(text, bytes, out var written) && written == bytes.Length ? bytes : null;
    }

    /// <summary>True when the announced hash is this one; null when none readable was announced.</summary>
    public static bool? Matches(string? announced, ReadOnlySpan<byte> actual) =>
        Parse(announced) is { } bytes ? actual.SequenceEqual(bytes) : null;
}
