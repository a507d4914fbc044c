using System.Globalization;
using System.Text;

namespace WaConsole.Web.Components.Shared;

public static class Initials
{
    /// <summary>
    /// The first letters of the first and last word, whole characters even where a letter takes several code units.
    /// Usernames keep their sign; a name that is only a number has none.
    /// </summary>
    public static string Of(string name)
    {
        var trimmed = name.Trim();
        if (trimmed.StartsWith('@'))
        {
            return trimmed.Length > 1 ? "@" + StringInfo.GetNextTextElement(trimmed[1..]) : "@";
        }

        var words = trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(StartsWithLetter).ToList();
        List<string> letters = words.Count < 2 ? words : [words[0], words[^1]];
        return string.Concat(letters.Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }

    private static bool StartsWithLetter(string word) => Rune.IsLetter(Rune.GetRuneAt(word, 0));
}
