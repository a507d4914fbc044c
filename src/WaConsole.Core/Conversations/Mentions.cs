namespace WaConsole.Core.Conversations;

/// <summary>Pure: who is named in a note. A mention is "@" and the whole name, at the beginning of a word.</summary>
public static class Mentions
{
    public static IReadOnlyList<Assignee> In(string text, IReadOnlyList<Assignee> people)
    {
        // The longest name first: "@Ana Maria" is not Ana.
        var byLength = people.Where(person => person.Name.Length > 0).OrderByDescending(person => person.Name.Length).ToList();
        List<Assignee> named = [];
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            var rest = text.AsSpan(at + 1);
            foreach (var person in byLength)
            {
                if (Begins(rest, person.Name))
                {
                    named.Add(person);
                    break;
                }
            }
        }

        return [.. named.Distinct()];
    }

    private static bool Begins(ReadOnlySpan<char> rest, string name) =>
        rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsLetterOrDigit(rest[name.Length]));
}
