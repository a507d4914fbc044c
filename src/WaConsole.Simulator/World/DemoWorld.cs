using WaConsole.Simulator.Scenarios;

namespace WaConsole.Simulator.World;

/// <summary>What the simulator begins with: two numbers, and the people and the talk of <c>scenarios/demo.yaml</c>.</summary>
internal static class DemoWorld
{
    private static readonly Lazy<Scenario> Demo = new(() => Scenario.BuiltIn("demo"));

    public static IReadOnlyList<BusinessNumber> Numbers { get; } =
    [
        new("720000000000001", "493023125100", "+49 30 23125100", "Alder & Oak Berlin"),
        new("720000000000002", "4315550100", "+43 1 5550100", "Alder & Oak Vienna"),
    ];

    public static IEnumerable<NewCustomer> Customers =>
        Demo.Value.Customers.Select(person => new NewCustomer(person.Name, person.Phone, person.Username, person.HiddenNumber));

    /// <summary>What scripted customers talk about, line by line.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Stories => Demo.Value.Traffic!.Stories;

    // Longest prefix first. Only the countries the demo and a newcomer are likely to use; anything else is "US".
    private static readonly (string Prefix, string Country)[] Countries =
    [
        ("961", "LB"), ("351", "PT"), ("353", "IE"), ("971", "AE"), ("972", "IL"), ("49", "DE"), ("43", "AT"),
        ("41", "CH"), ("33", "FR"), ("34", "ES"), ("39", "IT"), ("44", "GB"), ("48", "PL"), ("31", "NL"), ("90", "TR"),
        ("91", "IN"), ("81", "JP"), ("55", "BR"), ("54", "AR"), ("52", "MX"), ("62", "ID"), ("27", "ZA"), ("1", "US"),
    ];

    public static string CountryOf(string phone) =>
        Array.Find(Countries, country => phone.StartsWith(country.Prefix, StringComparison.Ordinal)).Country ?? "US";

    /// <summary>The calling code of a number; the first digit when the list above does not know it.</summary>
    public static string DialOf(string phone) =>
        Array.Find(Countries, country => phone.StartsWith(country.Prefix, StringComparison.Ordinal)).Prefix ?? phone[..1];
}
