using System.Globalization;

namespace WaConsole.Web.Components.Shared;

public static class ContactInitials
{
    /// <summary>The first letters of the first and last word, whole characters even where a letter takes several code units.</summary>
    public static string Of(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var letters = words.Length < 2 ? words.Take(1) : [words[0], words[^1]];
        return string.Concat(letters.Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }
}
