namespace WaConsole.Simulator.World;

/// <summary>One thing on sale. <see cref="Picture"/> is a file of the demo, when there is one.</summary>
public sealed record Product(string Id, string Name, string About, decimal Price, string Currency, string? Picture = null);

/// <summary>What Alder &amp; Oak sells. The Cloud API never lists it: a business names products by id, the phone knows the rest.</summary>
public static class Catalogue
{
    public const string Id = "740000000000001";

    public static IReadOnlyList<Product> All { get; } =
    [
        new("BOOT-CHESTNUT-43", "Chestnut derby boot", "Hand-welted, size 43", 189.00m, "EUR", "boots-chestnut.jpg"),
        new("BOOT-BLACK-41", "Black lace boot", "Smooth calf, size 41", 199.00m, "EUR", "boots-black.jpg"),
        new("BOOT-GREEN-40", "Green suede boot", "Crepe sole, size 40", 175.50m, "EUR", "boots-green.jpg"),
        new("WAX-SET", "Wax and brush", "For smooth leather", 14.50m, "EUR"),
        new("SUEDE-CARE", "Suede care set", "Brush, eraser and spray", 19.00m, "EUR"),
        new("LACES-120", "Waxed laces", "120 cm, four colours", 4.90m, "EUR"),
        new("SOLE-REPAIR", "New soles", "Two weeks in the workshop", 68.00m, "EUR"),
        new("GIFT-50", "Gift card", "For workshop and shop", 50.00m, "EUR"),
    ];

    /// <summary>The product, or a stand-in for 10 EUR under its id when a business names one of its own.</summary>
    public static Product Of(string id) =>
        All.FirstOrDefault(product => product.Id == id) ?? new Product(id, id, "", 10.00m, "EUR");
}
