namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: the text of a note cut where people are named, so that their names can be marked.</summary>
public static class NamedParts
{
    public static IReadOnlyList<(string Text, bool Named)> Of(string text, IReadOnlyList<string> names)
    {
        var marks = names.Where(name => name.Length > 0).OrderByDescending(name => name.Length).Select(name => "@" + name).ToList();
        List<(string, bool)> parts = [];
        var begun = 0;
        for (var at = 0; at < text.Length;)
        {
            var mark = text[at] == '@' ? marks.Find(name => text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null;
            if (mark is null)
            {
                at++;
                continue;
            }

            if (at > begun)
            {
                parts.Add((text[begun..at], false));
            }

            parts.Add((text.Substring(at, mark.Length), true));
            begun = at += mark.Length;
        }

        if (begun < text.Length)
        {
            parts.Add((text[begun..], false));
        }

        return parts;
    }
}
