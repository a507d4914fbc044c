using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Catalogue;

/// <summary>An article of the connected catalogue. <see cref="RetailerId"/> is what messages name it by.</summary>
public sealed record Product(string Id, string RetailerId, string Name, decimal Price, string Currency)
{
    public bool InStock { get; init; } = true;
    public bool Approved { get; init; } = true;
    public string? Description { get; init; }
    public string ImageUrl { get; init; } = "https://alder-oak.example/pictures/boots.jpg";
    public string Url { get; init; } = "https://alder-oak.example/shop";
}

/// <summary>The catalogue connected to the business account.</summary>
public sealed class ProductShelf
{
    private readonly Lock _gate = new();
    private Dictionary<string, Product> _products = Filled();
    private long _lastId = 760000000001000;

    public IReadOnlyList<Product> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _products.Values];
            }
        }
    }

    public Product? Find(string retailerId)
    {
        lock (_gate)
        {
            return _products.GetValueOrDefault(retailerId);
        }
    }

    public Product Put(Product product)
    {
        lock (_gate)
        {
            product = product with { Id = product.Id.Length > 0 ? product.Id : (++_lastId).ToString(CultureInfo.InvariantCulture) };
            _products[product.RetailerId] = product;
            return product;
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _products = Filled();
        }
    }

    /// <summary>
    /// What a message may name: articles of the connected catalogue that are approved and in stock. A list needs one of them at
    /// least, the rest is left out. Source: Meta, "Share products", 2025.
    /// </summary>
    internal void Check(MessageContent content, JsonElement body, string? catalogId, SendChecks checks)
    {
        if (content.SubKind is not ("product" or "product_list" or "catalog_message" or "carousel") || content.Kind != "interactive")
        {
            return;
        }

        var action = SendChecks.Member(SendChecks.Member(body, "interactive"), "action");
        switch (content.SubKind)
        {
            case "product":
                CheckCatalog(SendChecks.Member(action, "catalog_id"), catalogId, checks);
                CheckProduct(SendChecks.Member(action, "product_retailer_id"), checks);
                break;
            case "product_list":
                CheckCatalog(SendChecks.Member(action, "catalog_id"), catalogId, checks);
                if (!content.Buttons.Any(button => Sellable(button.Value)))
                {
                    checks.Refuse(131009, "None of the products of the list is in the catalogue.");
                }

                break;
            case "catalog_message":
                if (catalogId is null)
                {
                    checks.Refuse(131009, "No catalogue is connected to the account.");
                }

                break;
            default:
                foreach (var card in SendChecks.Items(action, "cards").Where(card => SendChecks.Is(card, "type", "product")))
                {
                    CheckCatalog(SendChecks.Member(SendChecks.Member(card, "action"), "catalog_id"), catalogId, checks);
                    CheckProduct(SendChecks.Member(SendChecks.Member(card, "action"), "product_retailer_id"), checks);
                }

                break;
        }
    }

    private static void CheckCatalog(JsonElement given, string? connected, SendChecks checks)
    {
        if (connected is null || given.ToString() != connected)
        {
            checks.Refuse(131009, "Param catalog_id is not the catalogue connected to the account.");
        }
    }

    private void CheckProduct(JsonElement given, SendChecks checks)
    {
        if (!Sellable(given.ToString()))
        {
            checks.Refuse(131009, "Products not found in the catalogue, not approved or out of stock.");
        }
    }

    private bool Sellable(string? retailerId) => retailerId is not null && Find(retailerId) is { InStock: true, Approved: true };

    private static Dictionary<string, Product> Filled()
    {
        Product[] products =
        [
            new("760000000000001", "BOOT-CHESTNUT-43", "Chestnut boot, 43", 189.00m, "EUR"),
            new("760000000000002", "BOOT-BLACK-38", "Black boot, 38", 189.00m, "EUR"),
            new("760000000000003", "BOOT-GREEN-36", "Green boot, 36", 199.00m, "EUR"),
            new("760000000000004", "WAX-SET", "Beeswax and brush", 14.50m, "EUR"),
            new("760000000000005", "LACES-YELLOW-150", "Yellow laces, 150 cm", 6.00m, "EUR"),
            new("760000000000006", "SHOE-TREE", "Cedar shoe tree", 29.00m, "EUR") { InStock = false },
        ];
        return products.ToDictionary(product => product.RetailerId, StringComparer.Ordinal);
    }
}
