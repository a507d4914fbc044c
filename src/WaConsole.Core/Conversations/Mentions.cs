namespace WaConsole.Core.Conversations;

/// <summary>Where somebody is named, with the "@"; <see cref="Who"/> is the place of the name in the list that was looked for.</summary>
public readonly record struct Mention(int Start, int Length, int Who);

/// <summary>Pure: who is named in a note. A mention is "@" and the whole name, at the beginning of a word.</summary>
public static class Mentions
{
    public static IReadOnlyList<Assignee> In(string text, IReadOnlyList<Assignee> people) =>
        [.. Spans(text, [.. people.Select(person => person.Name)]).Select(mention => people[mention.Who]).Distinct()];

    /// <summary>In order, none within another.</summary>
    public static IReadOnlyList<Mention> Spans(string text, IReadOnlyList<string> names)
    {
        // The longest name first: "@Ana Maria" is not Ana.
        var byLength = Enumerable.Range(0, names.Count).Where(who => names[who].Length > 0).OrderByDescending(who => names[who].Length).ToList();
        List<Mention> found = [];
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            foreach (var who in byLength)
            {
                if (Begins(text.AsSpan(at + 1), names[who]))
                {
                    found.Add(new Mention(at, names[who].Length + 1, who));
                    at += names[who].Length;
                    break;
                }
            }
        }

        return found;
    }

    private static bool Begins(ReadOnlySpan<char> rest, string name) =>
        rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsLetterOrDigit(rest[name.Length]));
}
