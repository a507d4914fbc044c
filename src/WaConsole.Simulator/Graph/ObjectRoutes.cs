using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Account;
using WaConsole.Simulator.Graph.Flows;
using WaConsole.Simulator.Graph.Groups;
using WaConsole.Simulator.Graph.Numbers;
using WaConsole.Simulator.Graph.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary><c>GET</c> and <c>POST /{version}/{id}</c>: the id tells what it is about.</summary>
internal static class ObjectRoutes
{
    public static IResult Get(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (UploadRoutes.IsSession(id))
        {
            return UploadRoutes.Get(id, request, world);
        }

        var fields = GraphFields.Of(request);
        if (world.FindNumber(id) is { } number)
        {
            return GraphAccess.Json(GraphFields.Pick(NumberJson.Of(number, world), fields ?? NumberJson.Defaults));
        }

        if (id == world.Options.BusinessAccountId)
        {
            return AccountRoutes.Get(request, world, fields);
        }

        if (world.Templates.FindById(id) is { } template)
        {
            return GraphAccess.Json(GraphFields.Pick(TemplateJson.Of(template, world), fields ?? TemplateJson.Defaults));
        }

        if (world.FindGroup(id) is { } group)
        {
            return GroupRoutes.Get(group, fields, world);
        }

        if (world.FindFlow(id) is { } flow)
        {
            return FlowRoutes.Get(flow, fields);
        }

        return id == world.Options.AppId ? GraphAccess.Json(new JsonObject { ["id"] = id, ["name"] = AccountRoutes.AppName, ["link"] = AccountRoutes.AppLink })
            : id == world.Account.CatalogId ? GraphAccess.Json(CatalogRoutes.Describe(world))
            : MediaRoutes.Get(id, request, world) ?? GraphAccess.NoSuchObject(id);
    }

    public static async Task<IResult> PostAsync(string id, HttpContext http, SimulatedWhatsApp world)
    {
        if (UploadRoutes.IsSession(id))
        {
            return await UploadRoutes.AppendAsync(id, http.Request, world);
        }

        var input = (await GraphInput.BindAsync(http))!;
        return world.FindNumber(id) is { } number ? await NumberSettingsRoutes.ChangeAsync(number, input, world, http.RequestAborted)
            : id == world.Options.BusinessAccountId ? AccountRoutes.Change(input, world)
            : world.Templates.FindById(id) is { } template ? TemplateEditRoute.Edit(template, input, world)
            : world.FindGroup(id) is { } group ? GroupRoutes.Change(group, input, world)
            : world.FindFlow(id) is { } flow ? FlowRoutes.Change(flow, input, world)
            : GraphAccess.NoSuchObject(id, "post");
    }

    public static IResult Delete(string id, HttpRequest request, SimulatedWhatsApp world) => world.FindGroup(id) is { } group
        ? GroupRoutes.Delete(group, world)
        : world.FindFlow(id) is { } flow ? FlowRoutes.Delete(flow, world)
        : MediaRoutes.Delete(id, request, world);
}
