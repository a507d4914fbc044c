using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>Short links and their QR codes. Source: Meta, "QR codes", 2025.</summary>
internal static class QrLinkRoutes
{
    private const int MostLinks = 2000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return GraphPages.Paged(request, world, [.. desk.Links.Select(link => Describe(link, world))]);
        }
    }

    public static IResult Get(string id, string code, SimulatedWhatsApp world)
    {
        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return world.FindNumber(id) is not null && desk.Links.Find(link => link.Code == code) is { } found
                ? GraphAccess.Json(new JsonObject { ["data"] = new JsonArray(Describe(found, world)) })
                : GraphAccess.NoSuchObject(code);
        }
    }

    /// <summary>Makes a link, or changes the one whose code is given.</summary>
    public static IResult Save(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var text = input.Text("prefilled_message", 140, required: true);
        var image = input.Text("generate_qr_image", 8);
        if (image is not (null or "SVG" or "PNG"))
        {
            input.Checks.Refuse(100, "Param generate_qr_image must be SVG or PNG.");
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            var code = input.Text("code", 32);
            var at = desk.Links.FindIndex(link => link.Code == code);
            if (code is not null && at < 0)
            {
                input.Checks.Refuse(100, "There is no link with this code.");
            }

            if (code is null && desk.Links.Count >= MostLinks)
            {
                input.Checks.Refuse(100, "A number has 2,000 links at most.");
            }

            return input.Answer(() =>
            {
                var link = at < 0 ? new QrLink(RandomNumberGenerator.GetString(Letters, 14), text!, image) : desk.Links[at] with { Prefilled = text! };
                if (at < 0)
                {
                    desk.Links.Add(link);
                }
                else
                {
                    desk.Links[at] = link;
                }

                return GraphAccess.Json(Describe(link, world));
            });
        }
    }

    public static IResult Delete(string id, string code, SimulatedWhatsApp world)
    {
        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return world.FindNumber(id) is not null && desk.Links.RemoveAll(link => link.Code == code) > 0
                ? GraphAccess.Success()
                : GraphAccess.NoSuchObject(code, "delete");
        }
    }

    private static JsonObject Describe(QrLink link, SimulatedWhatsApp world)
    {
        var written = new JsonObject
        {
            ["code"] = link.Code,
            ["prefilled_message"] = link.Prefilled,
            ["deep_link_url"] = $"https://wa.me/message/{link.Code}",
        };
        if (link.ImageKind is not null)
        {
            written["qr_image_url"] = new Uri(world.BaseUri, $"/qr/{link.Code}.{link.ImageKind.ToLowerInvariant()}").ToString();
        }

        return written;
    }
}
