using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>Products and catalogues. Source: Meta, "Sell products &amp; services", November 2025.</summary>
internal static class ShopRules
{
    public static MessageContent Product(MessageContent content, JsonElement action, SendChecks checks)
    {
        var catalogue = checks.TextOrNumber(action, "catalog_id", "action");
        var product = checks.TextOrNumber(action, "product_retailer_id", "action") ?? "";
        return content with
        {
            Buttons = [new ButtonPart("product", "", product)],
            Shop = new ShopPart(catalogue, [new ShopSection(null, [product])]),
        };
    }

    public static MessageContent ProductList(MessageContent content, JsonElement interactive, JsonElement action, SendChecks checks)
    {
        checks.Object(interactive, "header", "interactive");
        var catalogue = checks.TextOrNumber(action, "catalog_id", "action");
        return content with
        {
            Buttons = [new ButtonPart("mpm", "")],
            Shop = new ShopPart(catalogue, Sections(action, checks)),
        };
    }

    public static MessageContent Catalogue(MessageContent content, JsonElement action, SendChecks checks)
    {
        InteractiveRules.ActionName(action, "catalog_message", checks);
        var parameters = checks.Object(action, "parameters", "action", required: false);
        var thumbnail = parameters.ValueKind == JsonValueKind.Object
            ? checks.TextOrNumber(parameters, "thumbnail_product_retailer_id", "parameters", required: false)
            : null;
        return content with { Buttons = [new ButtonPart("catalog", "")], Shop = new ShopPart(null, [], thumbnail) };
    }

    /// <summary>The catalogue of a product carousel; null for one of pictures.</summary>
    public static ShopPart? OfCards(JsonElement action)
    {
        var cards = SendChecks.Member(action, "cards");
        var first = cards.ValueKind == JsonValueKind.Array ? cards.EnumerateArray().FirstOrDefault() : default;
        var catalogue = SendChecks.Member(SendChecks.Member(first, "action"), "catalog_id");
        return catalogue.ValueKind is JsonValueKind.String or JsonValueKind.Number ? new ShopPart(catalogue.ToString(), []) : null;
    }

    /// <summary>Up to ten sections with up to thirty products over all of them.</summary>
    public static IReadOnlyList<ShopSection> Sections(JsonElement action, SendChecks checks)
    {
        var sections = checks.Array(action, "sections", "action");
        List<ShopSection> read = [];
        foreach (var section in sections.ValueKind == JsonValueKind.Array ? sections.EnumerateArray() : default)
        {
            var title = checks.Text(section, "title", "sections", 24, required: sections.GetArrayLength() > 1);
            var items = checks.Array(section, "product_items", "sections");
            List<string> products = [];
            foreach (var item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default)
            {
                products.Add(checks.TextOrNumber(item, "product_retailer_id", "product_items") ?? "");
            }

            read.Add(new ShopSection(title, products));
        }

        if (read.Count > 10 || read.Sum(section => section.ProductIds.Count) is 0 or > 30)
        {
            checks.Refuse(131009, "A product list holds 1 to 30 products in 1 to 10 sections.");
        }

        return read;
    }
}
