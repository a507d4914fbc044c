using System.Text;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>In which letters a file is written, and what stands between its cells. Told from the whole file: a name at its end may be the first with an accent.</summary>
internal static class CsvFormat
{
    private const int Utf8 = 65001;
    private const int Utf16 = 1200;
    private const int Utf16Big = 1201;

    /// <summary>What spreadsheet programs in the West write when they do not write UTF-8.</summary>
    private const int Western = 1252;

    private const int Chunk = 64 * 1024;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    public static Encoding EncodingOf(int codePage) => codePage == Western
        ? CodePagesEncodingProvider.Instance.GetEncoding(Western)!
        : Encoding.GetEncoding(codePage);

    /// <returns>Null when it is no text.</returns>
    public static async Task<(int CodePage, char Separator)?> OfAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (await CodePageAsync(file, cancellationToken) is not { } codePage)
        {
            return null;
        }

        file.Position = 0;
        using var text = new StreamReader(file, EncodingOf(codePage), detectEncodingFromByteOrderMarks: true, Chunk, leaveOpen: true);
        return (codePage, SeparatorOf(await FirstRowAsync(text, cancellationToken)));
    }

    private static async Task<int?> CodePageAsync(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var bytes = new byte[Chunk];
        var length = await file.ReadAtLeastAsync(bytes, Chunk, throwOnEndOfStream: false, cancellationToken);
        switch (bytes.AsSpan(0, length))
        {
            case [0xFF, 0xFE, ..]:
                return Utf16;
            case [0xFE, 0xFF, ..]:
                return Utf16Big;
        }

        var zeros = (Even: 0, Odd: 0);
        for (var at = 0; at < length; at++)
        {
            if (bytes[at] == 0)
            {
                zeros = at % 2 == 0 ? zeros with { Even = zeros.Even + 1 } : zeros with { Odd = zeros.Odd + 1 };
            }
        }

        if (zeros != (0, 0))
        {
            return zeros.Even == 0 && zeros.Odd > length / 8 ? Utf16 : zeros.Odd == 0 && zeros.Even > length / 8 ? Utf16Big : null;
        }

        return await IsUtf8Async(file, cancellationToken) ? Utf8 : Western;
    }

    private static async Task<bool> IsUtf8Async(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var bytes = new byte[Chunk];
        var kept = 0;
        while (true)
        {
            var read = await file.ReadAsync(bytes.AsMemory(kept), cancellationToken);
            var length = kept + read;
            var whole = read == 0 ? length : WholeCharacters(bytes.AsSpan(0, length));
            if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, whole)))
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }

            kept = length - whole;
            bytes.AsSpan(whole, kept).CopyTo(bytes);
        }
    }

    /// <summary>Without the beginning of a character whose end is not read yet: at most three bytes.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var at = bytes[^back];
            if ((at & 0b1100_0000) != 0b1000_0000)
            {
                var needs = at switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
                return needs > back ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }

    private static async Task<string> FirstRowAsync(StreamReader text, CancellationToken cancellationToken)
    {
        var head = new char[Sheet.LongestCell];
        var length = await text.ReadBlockAsync(head, cancellationToken);
        var quoted = false;
        for (var at = 0; at < length; at++)
        {
            quoted ^= head[at] == '"';
            if (!quoted && head[at] is '\r' or '\n')
            {
                return new string(head, 0, at);
            }
        }

        return new string(head, 0, length);
    }

    private static char SeparatorOf(string row)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var at in row)
        {
            quoted ^= at == '"';
            var which = Array.IndexOf(Separators, at);
            if (!quoted && which >= 0)
            {
                counts[which]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }
}
