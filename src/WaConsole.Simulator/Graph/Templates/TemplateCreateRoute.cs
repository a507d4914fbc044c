using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>POST /{account}/message_templates</c>. Source: Meta, "Template management", 2026.</summary>
internal static class TemplateCreateRoute
{
    private static readonly string[] Keys =
    [
        "name", "language", "category", "components", "parameter_format", "message_send_ttl_seconds", "cta_url_link_tracking_opted_out",
        "library_template_name", "library_template_button_inputs", "library_template_body_inputs", "sub_category", "display_format",
        "allow_category_change",
    ];

    public static IResult Create(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.Checks.OnlyKeys(input.Body, "template", Keys);
        var template = Read(input, world, input.Text("language", 16, required: true) ?? "");
        if (!input.Checks.Failed && WhyNotAdd(template!, world) is { } refusal)
        {
            input.Checks.Refuse(refusal);
        }

        return input.Answer(() =>
        {
            world.Submit(template!, tellBody: false);
            return GraphAccess.Json(new JsonObject
            {
                ["id"] = template!.Id,
                ["status"] = template.Status,
                ["category"] = template.Category,
            });
        });
    }

    /// <summary>Authentication templates in several languages at once; existing ones are replaced.</summary>
    public static IResult Upsert(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var languages = input.List("languages");
        if (languages.Count == 0)
        {
            input.Checks.Refuse(100, "The parameter languages is required.");
        }

        if (input.Text("category", 32, required: true) is { } category && !category.Equals("AUTHENTICATION", StringComparison.OrdinalIgnoreCase))
        {
            input.Checks.Refuse(100, "Only AUTHENTICATION templates can be made in several languages at once.");
        }

        List<SimulatedTemplate> made = [];
        foreach (var language in languages)
        {
            if (Read(input, world, language) is { } template)
            {
                made.Add(world.Templates.Find(template.Name, language) is { } old ? template with { Id = old.Id } : template);
            }
        }

        return input.Answer(() =>
        {
            made.ForEach(template => world.Submit(template, tellBody: false));
            return GraphAccess.Json(new JsonObject
            {
                ["data"] = new JsonArray([.. made.Select(template => new JsonObject
                {
                    ["id"] = template.Id,
                    ["status"] = template.Status,
                    ["language"] = template.Language,
                })]),
            });
        });
    }

    private static SimulatedTemplate? Read(GraphInput input, SimulatedWhatsApp world, string language)
    {
        var name = input.Text("name", 512, required: true) ?? "";
        if (!TemplateDefinitionRules.IsName(name))
        {
            input.Checks.Refuse(100, "Param name takes lower-case letters, digits and underscores, 512 at most.");
        }

        if (language.Length > 0 && !TemplateLanguages.Known(language))
        {
            input.Checks.Refuse(100, "Param language is not one of the supported languages.");
        }

        var category = (input.Text("category", 32, required: true) ?? "").ToUpperInvariant();
        var library = input.Text("library_template_name", 512);
        var components = library is null
            ? input.Checks.Array(input.Body, "components", "template")
            : TemplateLibrary.Components(library, language, input.Body, input.Checks);
        var named = SendChecks.Is(input.Body, "parameter_format", "NAMED");
        if (input.Checks.Failed)
        {
            return null;
        }

        var seconds = (int?)input.Number("message_send_ttl_seconds");
        TemplateDefinitionRules.Check(components, category, named, seconds, world.Uploads, input.Checks);
        return input.Checks.Failed ? null : new SimulatedTemplate
        {
            Id = world.Templates.NextId(),
            Name = name,
            Language = language,
            Category = TemplateReviewRules.CategoryOf(category, components),
            Status = library is null ? "PENDING" : "APPROVED",
            Named = named,
            Components = components.Clone(),
            TimeToLiveSeconds = seconds,
            LibraryName = library,
            SubCategory = input.Text("sub_category", 64),
            DisplayFormat = input.Text("display_format", 64),
            LinkTrackingOptedOut = input.Flag("cta_url_link_tracking_opted_out"),
            UpdatedAt = world.Clock.GetUtcNow(),
        };
    }

    private static GraphError? WhyNotAdd(SimulatedTemplate template, SimulatedWhatsApp world)
    {
        if (world.Templates.Find(template.Name, template.Language) is not null)
        {
            return GraphError.Under100(2388024, "There is already a template of this name in this language.");
        }

        if (world.Templates.NameLocked(template.Name, world.Clock.GetUtcNow()))
        {
            return GraphError.Under100(2388023, "The name of a deleted template cannot be used again for 30 days.");
        }

        if (world.Templates.All.Count >= TemplateListRoute.LimitOf(world.Account, world.Numbers))
        {
            return GraphError.Under100(2388019, "The account has as many templates as it may have.");
        }

        return world.Limits.TakeCreation()
            ? null
            : GraphError.Of(80008, "More than 100 templates were created within an hour.");
    }
}
