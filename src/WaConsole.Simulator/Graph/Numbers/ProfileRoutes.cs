using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>The business profile of a number. Source: Meta, "Business profiles", 2025.</summary>
internal static class ProfileRoutes
{
    private static readonly (string Name, int Max)[] Texts = [("about", 139), ("address", 256), ("description", 512), ("email", 128)];

    private static readonly string[] Verticals =
    [
        "ALCOHOL", "APPAREL", "AUTO", "BEAUTY", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GOVT", "GROCERY", "HEALTH", "HOTEL",
        "NONPROFIT", "ONLINE_GAMBLING", "OTC_DRUGS", "OTHER", "PHYSICAL_GAMBLING", "PROF_SERVICES", "RESTAURANT", "RETAIL", "TRAVEL",
    ];

    public static IResult Get(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var desk = world.DeskOf(id);
        var fields = GraphFields.Of(request);
        var picked = new JsonObject();
        lock (desk.Gate)
        {
            foreach (var (name, value) in desk.Profile)
            {
                if (fields is null || fields.Contains(name))
                {
                    picked[name] = value?.DeepClone();
                }
            }
        }

        picked["messaging_product"] = "whatsapp";
        return GraphAccess.Json(new JsonObject { ["data"] = new JsonArray(picked) });
    }

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.MustBeWhatsApp();
        var change = new JsonObject();
        foreach (var (name, max) in Texts)
        {
            if (input.Text(name, max) is { } text)
            {
                change[name] = text;
            }
        }

        if (change["about"] is { } about && about.GetValue<string>().Trim().Length == 0)
        {
            input.Checks.Refuse(100, "Param about must not be empty.");
        }

        if (change["email"] is { } email && email.GetValue<string>() is { Length: > 0 } address && !address.Contains('@', StringComparison.Ordinal))
        {
            input.Checks.Refuse(100, "Param email is not a valid address.");
        }

        if (SendChecks.Member(input.Body, "websites").ValueKind == JsonValueKind.Array)
        {
            change["websites"] = Websites(input);
        }

        if (input.Text("vertical", 64) is { } vertical)
        {
            change["vertical"] = vertical;
            if (vertical.Length > 0 && !Verticals.Contains(vertical))
            {
                input.Checks.Refuse(100, "Param vertical is not one of the supported words.");
            }
        }

        if (input.Text("profile_picture_handle", 400) is { } handle)
        {
            change["profile_picture_url"] = Picture(handle, input, world);
        }

        return input.Answer(() =>
        {
            var desk = world.DeskOf(id);
            lock (desk.Gate)
            {
                foreach (var (name, value) in change.ToList())
                {
                    desk.Profile[name] = value?.DeepClone();
                }
            }

            return GraphAccess.Success();
        });
    }

    private static JsonArray Websites(GraphInput input)
    {
        var sites = input.List("websites");
        if (sites.Count > 2 || sites.Any(site => site.Length > 256 || !MessageRules.IsWebAddress(site)))
        {
            input.Checks.Refuse(100, "Param websites holds two addresses with http or https, 256 characters each, at most.");
        }

        return [.. sites.Select(site => (JsonNode)site)];
    }

    private static string? Picture(string handle, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.Uploads.OfHandle(handle) is not { } file)
        {
            input.Checks.Refuse(100, "Param profile_picture_handle is not a handle of a finished upload.");
            return null;
        }

        var stored = world.Media.Add(file.Bytes, file.MimeType, file.FileName, null, fromCustomer: false);
        return new Uri(world.BaseUri, world.Media.SignUrl(stored.Id)).ToString();
    }
}
