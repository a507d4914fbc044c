using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: the text of a note cut where people are named, so that their names can be marked.</summary>
public static class NamedParts
{
    public static IReadOnlyList<(string Text, bool Named)> Of(string text, IReadOnlyList<string> names)
    {
        List<(string, bool)> parts = [];
        var begun = 0;
        foreach (var mention in Mentions.Spans(text, names))
        {
            if (mention.Start > begun)
            {
                parts.Add((text[begun..mention.Start], false));
            }

            parts.Add((text.Substring(mention.Start, mention.Length), true));
            begun = mention.Start + mention.Length;
        }

        if (begun < text.Length)
        {
            parts.Add((text[begun..], false));
        }

        return parts;
    }
}
