using System.Globalization;
using System.Text;

namespace WaConsole.Core.Storage;

/// <summary>Pure: the one spelling that stored search text and what a person typed are both brought to.</summary>
public static class SearchWords
{
    /// <summary>More words than this add nothing to a search and cost the database time.</summary>
    public const int MaxWords = 8;

    public const int MaxLength = 200;

    /// <summary>The beginning of an endless text is searchable; the index of PostgreSQL ends there too.</summary>
    private const int MaxSearched = 100_000;

    /// <summary>Characters of a found text that are shown, and how many of them may stand before the word.</summary>
    private const int AroundLength = 160;
    private const int Before = 40;

    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';

    /// <summary>Lower case, without accents, white space and control characters made single spaces, broken surrogates dropped.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var spaced = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (rune.Value is >= FirstMark and <= LastMark)
            {
                continue;
            }

            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (spaced.Length > 0 && spaced[^1] != ' ')
                {
                    spaced.Append(' ');
                }

                continue;
            }

            spaced.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        return spaced.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The parts of a name search: each must occur. Something that looks like a phone number is one run of digits.</summary>
    public static IReadOnlyList<string> NameParts(string? typed)
    {
        var folded = Fold(Cut(typed));
        if (LooksLikePhone(folded))
        {
            var digits = string.Concat(folded.Where(char.IsAsciiDigit)).TrimStart('0');
            return digits.Length > 0 ? [digits] : [];
        }

        return [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.TrimStart('@'))
            .Where(part => part.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Take(MaxWords)];
    }

    /// <summary>The words of a text search: letters and digits only, so that nothing in them is an operator of a search language.</summary>
    public static IReadOnlyList<string> TextWords(string? typed) =>
        [.. Words(Fold(Cut(typed))).Distinct(StringComparer.Ordinal).Take(MaxWords)];

    /// <summary>Whether some word of the text begins with each of the folded words. <paramref name="held"/> counts on for each word that is held.</summary>
    public static bool Hold(string text, IReadOnlyList<string> words, int[]? held = null)
    {
        var whole = text.Length > MaxSearched ? text[..MaxSearched] : text;
        var own = Ascii.IsValid(whole) ? null : Words(Fold(whole));
        var all = true;
        for (var at = 0; at < words.Count; at++)
        {
            var holds = own?.Exists(word => word.StartsWith(words[at], StringComparison.Ordinal)) ?? HoldsPlain(whole, words[at]);
            all &= holds;
            if (holds && held is not null)
            {
                held[at]++;
            }
        }

        return all;
    }

    /// <summary>Most texts are plain, and thousands are looked at for one search: these are compared where they lie.</summary>
    private static bool HoldsPlain(ReadOnlySpan<char> text, string word)
    {
        for (var from = 0; text[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var found; from += found + 1)
        {
            if (from + found == 0 || !char.IsAsciiLetterOrDigit(text[from + found - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where words of a text begin with one of the folded words: the beginning, or the whole word when folding changed its length.</summary>
    public static IReadOnlyList<(int Start, int Length)> Spans(string text, IReadOnlyList<string> words)
    {
        List<(int, int)> spans = [];
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfWord(text, at);
            if (end == at)
            {
                at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                continue;
            }

            var own = Fold(text[at..end]);
            var begun = words.Where(word => own.StartsWith(word, StringComparison.Ordinal)).MaxBy(word => word.Length);
            if (begun is not null)
            {
                spans.Add((at, own.Length == end - at ? begun.Length : end - at));
            }

            at = end;
        }

        return spans;
    }

    /// <summary>The part of a text around the first of the words, from the beginning of a word on.</summary>
    public static string Around(string text, IReadOnlyList<string> words)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var first = Spans(line, words) is [var span, ..] ? span.Start : 0;
        var start = first <= Before ? 0 : line.IndexOf(' ', first - Before) + 1;
        if (start > first)
        {
            start = first;
        }

        var end = Math.Min(line.Length, start + AroundLength);
        if (end < line.Length && char.IsHighSurrogate(line[end - 1]))
        {
            end--;
        }

        return (start > 0 ? "…" : "") + line[start..end] + (end < line.Length ? "…" : "");
    }

    private static int EndOfWord(string text, int from)
    {
        var at = from;
        while (at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) && IsWordRune(rune))
        {
            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    private static List<string> Words(string folded)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in folded.EnumerateRunes())
        {
            if (IsWordRune(rune))
            {
                word.Append(rune.ToString());
            }
            else
            {
                Close();
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static string Cut(string? typed) => typed is { Length: > MaxLength } ? typed[..MaxLength] : typed ?? "";

    private static bool LooksLikePhone(string folded) =>
        folded.Any(char.IsAsciiDigit) && folded.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.' or '/');

    private static bool IsWordRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string WellFormed(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes replaces half a surrogate pair, which no database can store, by U+FFFD.
            if (rune != Rune.ReplacementChar)
            {
                whole.Append(rune.ToString());
            }
        }

        return whole.ToString();
    }
}
