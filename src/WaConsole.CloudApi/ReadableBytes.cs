using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace WaConsole.CloudApi;

/// <summary>
/// Makes every text of a body readable. Customers' names and files can hold bytes that are not UTF-8 and escapes of
/// half a character (<c>\ud83d</c> alone); both become U+FFFD in a copy, and the given bytes stay as they are.
/// </summary>
internal static class ReadableBytes
{
    private const int EscapeLength = 6;

    public static ReadOnlyMemory<byte> MakeReadable(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        }

        return ReplaceLoneSurrogates(body);
    }

    private static ReadOnlyMemory<byte> ReplaceLoneSurrogates(ReadOnlyMemory<byte> body)
    {
        byte[]? copy = null;
        var at = 0;
        while (body.Span[at..].IndexOf((byte)'\\') is >= 0 and var ahead)
        {
            at += ahead;
            var first = EscapeAt(body.Span, at);
            if (first is null)
            {
                at = Math.Min(at + 2, body.Length);
            }
            else if (!char.IsSurrogate(first.Value))
            {
                at += EscapeLength;
            }
            else if (char.IsHighSurrogate(first.Value)
                && EscapeAt(body.Span, at + EscapeLength) is { } second
                && char.IsLowSurrogate(second))
            {
                at += 2 * EscapeLength;
            }
            else
            {
                copy ??= body.ToArray();
                "\\ufffd"u8.CopyTo(copy.AsSpan(at));
                at += EscapeLength;
            }
        }

        return copy ?? body;
    }

    private static char? EscapeAt(ReadOnlySpan<byte> body, int at) =>
        at + EscapeLength <= body.Length
        && body[at] == '\\'
        && body[at + 1] == 'u'
        && ushort.TryParse(
            body.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
