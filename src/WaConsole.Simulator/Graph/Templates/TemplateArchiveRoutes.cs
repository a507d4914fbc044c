using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary>Archiving and its undoing. Source: third-party readings of Meta, 2026.</summary>
internal static class TemplateArchiveRoutes
{
    private const int MostAtOnce = 100;

    public static IResult Archive(string id, GraphInput input, SimulatedWhatsApp world) => Change(
        id, input, world, "archived_templates",
        template => template.Status is "APPROVED" or "REJECTED" or "PAUSED" ? null : "The template cannot be archived in its state.", "ARCHIVED");

    public static IResult Unarchive(string id, GraphInput input, SimulatedWhatsApp world) => Change(
        id, input, world, "unarchived_templates", template => template.Status == "ARCHIVED" ? null : "The template is not archived.", "APPROVED");

    private static IResult Change(
        string id, GraphInput input, SimulatedWhatsApp world, string list, Func<SimulatedTemplate, string?> whyNot, string status)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var ids = input.List("hsm_ids");
        if (ids.Count is 0 or > MostAtOnce)
        {
            input.Checks.Refuse(100, "Param hsm_ids holds 1 to 100 ids.");
        }

        return input.Answer(() =>
        {
            var (done, failed) = (new JsonArray(), new JsonObject());
            foreach (var one in ids)
            {
                var template = world.Templates.FindById(one);
                if ((template is null ? "There is no such template." : whyNot(template)) is { } why)
                {
                    failed[one] = why;
                    continue;
                }

                world.ChangeTemplateStatus(template!.Name, template.Language, status);
                done.Add(one);
            }

            return GraphAccess.Json(new JsonObject { [list] = done, ["failed_templates"] = failed });
        });
    }
}
