namespace WaConsole.Core.Rights.Export;

/// <summary>The facts of one row: what is empty is left out.</summary>
internal static class Facts
{
    private const decimal Micros = 1_000_000m;

    public static IReadOnlyList<PersonFact> Of(params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        List<PersonFact> known = new(facts.Length);
        foreach (var (name, value) in facts)
        {
            if (value is not (null or ""))
            {
                known.Add(new PersonFact(name, value));
            }
        }

        return known;
    }

    /// <summary>Millionths of a currency, as one writes money.</summary>
    public static decimal? Money(long? micros) => micros / Micros;
}
