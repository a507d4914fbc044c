using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Catalogue;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Account;

/// <summary>The catalogue connected to the account, and its articles.</summary>
internal static class CatalogRoutes
{
    private static readonly string[] ProductDefaults = ["id", "name", "retailer_id"];

    public static IResult Catalogs(string id, SimulatedWhatsApp world) => id == world.Options.BusinessAccountId
        ? GraphAccess.Json(new JsonObject { ["data"] = world.Account.CatalogConnected ? new JsonArray(Describe(world)) : [] })
        : GraphAccess.NoSuchObject(id);

    public static IResult Connect(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        if (input.Text("catalog_id", 32, required: true) is { } catalog && catalog != world.Account.CatalogId)
        {
            input.Checks.Refuse(100, "Param catalog_id is not a catalogue of this business.");
        }

        return input.Answer(() =>
        {
            world.ChangeAccount(account => account with { CatalogConnected = true });
            return GraphAccess.Success();
        });
    }

    public static IResult Disconnect(string id, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "delete");
        }

        world.ChangeAccount(account => account with { CatalogConnected = false });
        return GraphAccess.Success();
    }

    public static IResult Products(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Account.CatalogId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var fields = GraphFields.Of(request) ?? ProductDefaults;
        return GraphPages.Paged(request, world, [.. world.Catalog.All.Select(product => GraphFields.Pick(Describe(product), fields))]);
    }

    public static IResult AddProduct(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Account.CatalogId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var retailerId = input.Text("retailer_id", 100, required: true);
        var name = input.Text("name", 200, required: true);
        var price = input.Number("price");
        if (price is null or <= 0)
        {
            input.Checks.Refuse(100, "Param price must be the price in cents.");
        }

        return input.Answer(() => GraphAccess.Json(new JsonObject
        {
            ["id"] = world.Catalog.Put(new Product("", retailerId!, name!, price!.Value / 100m, input.Text("currency", 3) ?? world.Account.Currency)
            {
                InStock = input.Text("availability", 32) is null or "in stock",
                Description = input.Text("description", 5000),
            }).Id,
        }));
    }

    public static JsonObject Describe(SimulatedWhatsApp world) => new()
    {
        ["id"] = world.Account.CatalogId,
        ["name"] = "Alder & Oak shop",
        ["product_count"] = world.Catalog.All.Count,
    };

    private static JsonObject Describe(Product product) => new()
    {
        ["id"] = product.Id,
        ["retailer_id"] = product.RetailerId,
        ["name"] = product.Name,
        ["description"] = product.Description ?? product.Name,
        ["price"] = string.Create(CultureInfo.InvariantCulture, $"{product.Currency} {product.Price:0.00}"),
        ["currency"] = product.Currency,
        ["availability"] = product.InStock ? "in stock" : "out of stock",
        ["image_url"] = product.ImageUrl,
        ["url"] = product.Url,
        ["review_status"] = product.Approved ? "approved" : "rejected",
    };
}
