using System.Globalization;
using System.Text;

namespace WaConsole.Core.Storage;

/// <summary>Pure: the one spelling that stored search text and what a person typed are both brought to.</summary>
public static class SearchWords
{
    /// <summary>More words than this add nothing to a search and cost the database time.</summary>
    public const int MaxWords = 8;

    public const int MaxLength = 200;

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
    public static IReadOnlyList<string> TextWords(string? typed)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in Fold(Cut(typed)).EnumerateRunes())
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
        return [.. words.Distinct(StringComparer.Ordinal).Take(MaxWords)];

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
