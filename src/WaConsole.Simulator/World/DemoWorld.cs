namespace WaConsole.Simulator.World;

/// <summary>
/// The business "Alder &amp; Oak" and people who buy there. German numbers are from the blocks the Bundesnetzagentur
/// keeps for stories (030 23125 xxx, 0152 28817386, 0171 39200xx, 0176 040690xx); the others use ranges nobody is given.
/// </summary>
internal static class DemoWorld
{
    public static IReadOnlyList<BusinessNumber> Numbers { get; } =
    [
        new("720000000000001", "493023125100", "+49 30 23125100", "Alder & Oak Berlin"),
        new("720000000000002", "4315550100", "+43 1 5550100", "Alder & Oak Vienna"),
    ];

    public static IReadOnlyList<NewCustomer> Customers { get; } =
    [
        new("Amina Said", "491713920001"),
        new("Rafael Prado", "5511955550143", "rafa.prado"),
        new("Mei Kobayashi", "819055550127"),
        new("Jonas Oberle", "436645550118"),
        new("Tobias Wendt", "4917604069012"),
        new("Luz Marín", "34655550162", "luz.mar", HiddenNumber: true),
        new("Nour Haddad", "96170555014"),
        new("Elif Güneş", "905325550171"),
        new("Piotr Kowal", "48505550133"),
        new("Priya Natarajan", "919855550188"),
    ];

    // Longest prefix first. Only the countries the demo and a newcomer are likely to use; anything else is "US".
    private static readonly (string Prefix, string Country)[] Countries =
    [
        ("961", "LB"), ("351", "PT"), ("353", "IE"), ("971", "AE"), ("972", "IL"), ("49", "DE"), ("43", "AT"),
        ("41", "CH"), ("33", "FR"), ("34", "ES"), ("39", "IT"), ("44", "GB"), ("48", "PL"), ("31", "NL"), ("90", "TR"),
        ("91", "IN"), ("81", "JP"), ("55", "BR"), ("54", "AR"), ("52", "MX"), ("62", "ID"), ("27", "ZA"), ("1", "US"),
    ];

    public static string CountryOf(string phone) =>
        Array.Find(Countries, country => phone.StartsWith(country.Prefix, StringComparison.Ordinal)).Country ?? "US";
}
