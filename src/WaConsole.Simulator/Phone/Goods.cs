using WaConsole.Simulator.Catalogue;

namespace WaConsole.Simulator.Phone;

/// <summary>What the phone knows of a product beyond its id.</summary>
internal static class Goods
{
    private static readonly Dictionary<string, string> Pictures = new(StringComparer.Ordinal)
    {
        ["BOOT-CHESTNUT"] = "boots-chestnut.jpg",
        ["BOOT-BLACK"] = "boots-black.jpg",
        ["BOOT-GREEN"] = "boots-green.jpg",
    };

    /// <summary>The product, or one under its bare id for 10 EUR when the shelf does not hold it (any more).</summary>
    public static Product Of(ProductShelf shelf, string id) => shelf.Find(id) ?? new Product("", id, id, 10.00m, "EUR");

    /// <summary>A file of the demo, when there is one.</summary>
    public static string? Picture(string id) => Pictures.FirstOrDefault(picture => id.StartsWith(picture.Key, StringComparison.Ordinal)).Value;
}
