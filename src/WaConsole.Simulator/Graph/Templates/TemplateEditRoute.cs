using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>POST /{template}</c>: once a day and ten times in 30 days while approved. Source: Meta, "Template management", 2026.</summary>
internal static class TemplateEditRoute
{
    public static IResult Edit(SimulatedTemplate template, GraphInput input, SimulatedWhatsApp world)
    {
        var now = world.Clock.GetUtcNow();
        input.Checks.OnlyKeys(
            input.Body, "template", "category", "components", "message_send_ttl_seconds", "cta_url_link_tracking_opted_out", "parameter_format",
            "name", "language");
        if (input.Text("name") is { } name && name != template.Name || input.Text("language") is { } language && language != template.Language)
        {
            input.Checks.Refuse(100, "The name and the language of a template cannot be changed.");
        }

        var category = input.Text("category", 32)?.ToUpperInvariant();
        var onlyTracking = input.Has("cta_url_link_tracking_opted_out") && !input.Has("components") && !input.Has("message_send_ttl_seconds")
            && (category is null || category == template.Category);
        if (onlyTracking)
        {
            return Track(template, input, world);
        }

        if (template.Status is not ("APPROVED" or "REJECTED" or "PAUSED"))
        {
            input.Checks.Refuse(GraphError.Under100(2388039, "Only approved, rejected and paused templates can be edited."));
        }

        var approved = template.Status == "APPROVED";
        if (approved && category is not null && category != template.Category)
        {
            input.Checks.Refuse(GraphError.Under100(2388039, "The category of an approved template cannot be changed."));
        }

        var recent = template.EditedAt.Where(at => at > now - TimeSpan.FromDays(30)).ToList();
        if (approved && (recent.Count >= 10 || recent.Exists(at => at > now - TimeSpan.FromHours(24))))
        {
            input.Checks.Refuse(GraphError.Under100(2388039, "An approved template can be edited once in 24 hours and ten times in 30 days."));
        }

        var components = input.Has("components") ? input.Checks.Array(input.Body, "components", "template") : template.Components;
        var seconds = input.Has("message_send_ttl_seconds") ? (int?)input.Number("message_send_ttl_seconds") : template.TimeToLiveSeconds;
        if (!input.Checks.Failed)
        {
            TemplateDefinitionRules.Check(
                components, category ?? template.Category, template.Named, seconds, input.Has("components") ? world.Uploads : null, input.Checks);
        }

        return input.Answer(() =>
        {
            world.Submit(
                template with
                {
                    Category = category ?? template.Category,
                    Components = components.Clone(),
                    TimeToLiveSeconds = seconds,
                    Status = "PENDING",
                    RejectedReason = "NONE",
                    EditedAt = approved ? [.. recent, now] : template.EditedAt,
                    UpdatedAt = now,
                },
                tellBody: input.Has("components"));
            return GraphAccess.Success();
        });
    }

    /// <summary>Ends a pause that pacing caused; one for quality ends by itself.</summary>
    public static IResult Unpause(string id, SimulatedWhatsApp world)
    {
        if (world.Templates.FindById(id) is not { } template)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var reason = template.Status != "PAUSED" ? "The template is not paused."
            : !template.PausedByPacing ? "A pause for quality ends by itself."
            : template.PausedAt + TimeSpan.FromMinutes(5) > world.Clock.GetUtcNow() ? "Wait five minutes after the pause."
            : null;
        if (reason is null)
        {
            world.ChangeTemplateStatus(template.Name, template.Language, "APPROVED", null, "UNPAUSE");
            return GraphAccess.Success();
        }

        return GraphAccess.Json(new JsonObject { ["success"] = false, ["reason"] = reason });
    }

    private static IResult Track(SimulatedTemplate template, GraphInput input, SimulatedWhatsApp world)
    {
        if (!input.Has("category"))
        {
            input.Checks.Refuse(100, "The parameter category is required.");
        }

        var optedOut = input.Flag("cta_url_link_tracking_opted_out");
        return input.Answer(() =>
        {
            world.PutTemplate(template with { LinkTrackingOptedOut = optedOut });
            return GraphAccess.Success();
        });
    }
}
