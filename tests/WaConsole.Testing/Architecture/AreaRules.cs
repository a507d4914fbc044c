namespace WaConsole.Testing.Architecture;

/// <summary>Areas are the folders right under Core. What acts in one may use another only along an arrow that was drawn.</summary>
public static class AreaRules
{
    /// <summary>Each use that follows no arrow, as "Area → Area: Type uses Type".</summary>
    /// <param name="uses">Who names whom.</param>
    /// <param name="root">The namespace the areas stand in.</param>
    /// <param name="arrows">For each area the areas it may use, directly.</param>
    /// <param name="shared">Full names of types that any area may name.</param>
    public static IReadOnlyList<string> Against(
        IEnumerable<TypeUse> uses, string root, IReadOnlyDictionary<string, string[]> arrows, IReadOnlySet<string> shared) =>
    [
        .. from use in uses
           where !shared.Contains(use.To)
           let @from = Area(use.FromNamespace, root)
           let to = Area(use.ToNamespace, root)
           where @from is not null && to is not null && @from != to
           where !arrows.TryGetValue(@from, out var allowed) || !allowed.Contains(to)
           select $"{@from} → {to}: {use.From} uses {use.To}",
    ];

    /// <summary>One circle among the arrows, or null.</summary>
    public static string? Circle(IReadOnlyDictionary<string, string[]> arrows)
    {
        return arrows.Keys.Select(start => Walk(start, [])).FirstOrDefault(circle => circle is not null);

        string? Walk(string area, string[] path)
        {
            if (path.Contains(area))
            {
                return string.Join(" → ", [.. path.SkipWhile(step => step != area), area]);
            }

            return arrows.GetValueOrDefault(area, []).Select(next => Walk(next, [.. path, area])).FirstOrDefault(circle => circle is not null);
        }
    }

    private static string? Area(string space, string root) =>
        space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;
}
