using System.Text.RegularExpressions;

namespace WaConsole.Core.Policy;

/// <summary>Pure: the code in a text that stands ready behind a QR code. Without letters and digits that are taken for each other.</summary>
internal static partial class OptInCode
{
    public const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    public const int Length = 6;

    private const int Longest = 1_000;

    public static string Of(string letters) => $"JOIN-{letters}";

    /// <returns>Null when there is none, or more than one.</returns>
    public static string? Find(string? text)
    {
        if (text is null || text.Length > Longest)
        {
            return null;
        }

        var found = Code().Matches(text);
        return found is [var only] ? Of(only.Groups["letters"].Value.ToUpperInvariant()) : null;
    }

    /// <summary>
    /// The message is the text as it stood ready, or the code alone. Case, accents, width, punctuation and emoji do not matter; a word more or
    /// less does: somebody may have added a "not".
    /// </summary>
    public static bool IsWhole(string text, string ready, string code)
    {
        var said = Folded(text);
        return said == Folded(ready) || said == Folded(code);
    }

    private static string Folded(string text)
    {
        try
        {
            return string.Join(' ', PolicyText.Words(text.Normalize(System.Text.NormalizationForm.FormKC)));
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no normal form.
            return string.Join(' ', PolicyText.Words(text));
        }
    }

    [GeneratedRegex(@"(?<!\w)JOIN[-\u2010-\u2015]?(?<letters>[A-HJKMNP-TV-Z2-9]{6})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
