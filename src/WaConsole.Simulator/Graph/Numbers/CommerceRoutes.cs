using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>Whether the cart and the catalogue show. Source: Meta, "Commerce settings", 2025: cart on, catalogue off at first.</summary>
internal static class CommerceRoutes
{
    public static IResult Get(string id, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return GraphAccess.Json(new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject
                {
                    ["is_cart_enabled"] = desk.CartEnabled,
                    ["is_catalog_visible"] = desk.CatalogVisible,
                    ["id"] = world.Account.CatalogId,
                }),
            });
        }
    }

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var (cart, catalog) = (input.Flag("is_cart_enabled"), input.Flag("is_catalog_visible"));
        return input.Answer(() =>
        {
            var desk = world.DeskOf(id);
            lock (desk.Gate)
            {
                desk.CartEnabled = input.Has("is_cart_enabled") ? cart : desk.CartEnabled;
                desk.CatalogVisible = input.Has("is_catalog_visible") ? catalog : desk.CatalogVisible;
            }

            return GraphAccess.Success();
        });
    }
}
