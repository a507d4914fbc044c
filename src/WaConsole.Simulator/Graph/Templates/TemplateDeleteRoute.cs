using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>DELETE /{account}/message_templates</c>: a name in every language, one by id, or up to 100 by ids.</summary>
internal static class TemplateDeleteRoute
{
    private const int MostAtOnce = 100;

    public static IResult Delete(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "delete");
        }

        string? name = request.Query["name"], one = request.Query["hsm_id"], many = request.Query["hsm_ids"];
        if (!string.IsNullOrEmpty(many))
        {
            return string.IsNullOrEmpty(name) && string.IsNullOrEmpty(one)
                ? DeleteMany(many, world)
                : Refuse(100, "hsm_ids cannot be combined with name or hsm_id.");
        }

        if (string.IsNullOrEmpty(name))
        {
            return Refuse(100, "The parameter name is required.");
        }

        List<SimulatedTemplate> gone =
            [.. world.Templates.All.Where(template => template.Name == name && (string.IsNullOrEmpty(one) || template.Id == one))];
        return gone.Count == 0 ? Refuse(100, "There is no such template.", 2593002) : Delete(gone, world);
    }

    private static IResult DeleteMany(string ids, SimulatedWhatsApp world)
    {
        string[] wanted = [.. ids.Trim('[', ']').Split(',').Select(id => id.Trim(' ', '"')).Where(id => id.Length > 0).Distinct()];
        if (wanted.Length is 0 or > MostAtOnce)
        {
            return Refuse(100, "Param hsm_ids holds 1 to 100 ids.");
        }

        List<SimulatedTemplate> gone = [.. world.Templates.All.Where(template => wanted.Contains(template.Id))];
        return gone.Count < wanted.Length ? Refuse(100, "One of the templates does not exist; nothing was deleted.") : Delete(gone, world);
    }

    private static IResult Delete(List<SimulatedTemplate> gone, SimulatedWhatsApp world)
    {
        if (gone.Exists(template => template.Status == "DISABLED"))
        {
            return GraphAccess.Answer(GraphError.Under100(2388039, "A disabled template cannot be deleted."));
        }

        world.DeleteTemplates(gone);
        return GraphAccess.Success();
    }

    private static IResult Refuse(int code, string details, int? subcode = null) =>
        GraphAccess.Answer(GraphError.Of(code, details) with { Subcode = subcode });
}
