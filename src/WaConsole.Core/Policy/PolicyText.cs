using System.Globalization;
using System.Text;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Policy;

/// <summary>Pure: a text as sentences of folded words. No expression is matched against it, so no text makes it slow.</summary>
internal static class PolicyText
{
    /// <summary>What a message may hold, and some.</summary>
    private const int MaxLength = 8_000;

    private const string SentenceEnds = ".!?\n\r;।؟۔…";

    public static IEnumerable<(IReadOnlyList<string> Words, bool IsQuestion)> Sentences(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        for (var at = 0; at < length;)
        {
            var found = text.AsSpan(at, length - at).IndexOfAny(SentenceEnds);
            var end = found < 0 ? length : at + found;
            if (Words(text[at..end]) is { Count: > 0 } words)
            {
                yield return (words, found >= 0 && text[end] is '?' or '؟');
            }

            at = end + 1;
        }
    }

    /// <summary>
    /// Lower case without accents. Vowel signs of Hindi belong to their word; those of Arabic, its article and the particles that are written
    /// together with it do not, nor what only chooses the look of an emoji.
    /// </summary>
    public static IReadOnlyList<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in SearchWords.Fold(text).EnumerateRunes())
        {
            if (IsUnspoken(rune))
            {
                continue;
            }

            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && IsMark(rune)))
            {
                word.Append(rune.ToString());
            }
            else if (rune.Value is not ('\'' or '’' or 'ـ'))
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
                words.Add(WithoutArticle(word.ToString()));
                word.Clear();
            }
        }
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Variation selectors, Arabic vowel signs, and joiners and other signs that have no width.</summary>
    private static bool IsUnspoken(Rune rune) =>
        rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x064B and <= 0x0652) or 0x0670
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static string WithoutArticle(string word)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["وال", "بال", "فال", "كال", "لل", "ال"])
        {
            if (word.Length > prefix.Length + 2 && word.StartsWith(prefix, StringComparison.Ordinal))
            {
                return word[prefix.Length..];
            }
        }

        return word;
    }
}
