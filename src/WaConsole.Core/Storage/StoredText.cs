using System.Text;

namespace WaConsole.Core.Storage;

/// <summary>
/// Text from outside, made fit to store: PostgreSQL refuses NUL characters and halves of a surrogate pair,
/// and a length limit cuts rather than rejects.
/// </summary>
internal static class StoredText
{
    public static string Clean(string? text, int maxLength = int.MaxValue)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var cut = Cut(text, maxLength);
        return IsStorable(cut) ? cut : Rebuild(cut);
    }

    public static string? CleanOrNull(string? text, int maxLength = int.MaxValue) =>
        Clean(text, maxLength) is { Length: > 0 } clean ? clean : null;

    /// <summary>The beginning of a text, never with half a character at its end.</summary>
    public static string Cut(string text, int maxLength) => text.Length <= maxLength
        ? text
        : text[..(maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    private static bool IsStorable(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at)))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[at]))
            {
                at++;
            }
        }

        return true;
    }

    private static string Rebuild(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
