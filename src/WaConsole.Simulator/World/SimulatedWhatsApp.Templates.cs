using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Templates;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>Gives a template another status; the business learns it as <c>message_template_status_update</c>.</summary>
    /// <returns>False when there is no such template.</returns>
    public bool ChangeTemplateStatus(string name, string language, string status, string? reason = null, string? title = null)
    {
        if (Templates.Find(name, language) is not { } template)
        {
            return false;
        }

        ChangeStatus(template, status, reason, title);
        return true;
    }

    /// <summary>Adds a template as if WhatsApp had approved it, or replaces one.</summary>
    public void PutTemplate(SimulatedTemplate template)
    {
        Templates.Put(template);
        Publish(null);
    }

    /// <summary>
    /// Gives a template another quality. Red pauses it: three hours, then six, the third time for good.
    /// Source: Meta, "Template pausing", 2025.
    /// </summary>
    public bool ChangeTemplateQuality(string name, string language, string quality)
    {
        if (Templates.Find(name, language) is not { } template)
        {
            return false;
        }

        Templates.Put(template with { Quality = quality });
        var value = Ids(template);
        value["previous_quality_score"] = template.Quality;
        value["new_quality_score"] = quality;
        Tell("message_template_quality_update", value);
        if (quality == "RED" && template.Status == "APPROVED")
        {
            PauseForQuality(template with { Quality = quality });
        }

        Publish(null);
        return true;
    }

    /// <summary>Meta finds the category wrong: announced with 24 hours' notice, or done at once.</summary>
    public bool ChangeTemplateCategory(string name, string language, string category, bool atOnce)
    {
        if (Templates.Find(name, language) is not { } template)
        {
            return false;
        }

        if (atOnce)
        {
            Recategorise(template, category);
            return true;
        }

        var at = Clock.GetUtcNow() + TimeSpan.FromHours(24);
        Templates.Put(template with { CorrectCategory = category });
        var value = Ids(template);
        value["new_category"] = template.Category;
        value["correct_category"] = category;
        value["category_update_timestamp"] = at.ToUnixTimeSeconds();
        Tell("template_category_update", value);
        _agenda.After(TimeSpan.FromHours(24), () =>
        {
            if (Templates.Find(name, language) is { } then && then.CorrectCategory == category)
            {
                Recategorise(then, category);
            }
        });
        Publish(null);
        return true;
    }

    /// <summary>Judges a template that is in review: by the rules, or as the caller says.</summary>
    internal void Review(string templateId)
    {
        if (Templates.FindById(templateId) is not { Status: "PENDING" } template)
        {
            return;
        }

        if (TemplateReviewRules.Judge(template, Templates.All) is { } rejected)
        {
            ChangeStatus(template, "REJECTED", rejected.Reason, null, rejected.Recommendation);
        }
        else
        {
            ChangeStatus(template, "APPROVED", null, null);
        }
    }

    /// <summary>Puts a new or edited template into review.</summary>
    internal void Submit(SimulatedTemplate template, bool tellBody)
    {
        Templates.Put(template);
        if (tellBody)
        {
            Tell("message_template_components_update", ComponentsOf(template));
        }

        if (template.Status == "PENDING" && Options.TemplateReview == TemplateReview.Automatic)
        {
            _agenda.After(Options.ReviewDelay, () => Review(template.Id));
        }

        Publish(null);
    }

    /// <summary>Takes templates away; approved ones lock their name for 30 days.</summary>
    internal void DeleteTemplates(IReadOnlyCollection<SimulatedTemplate> gone)
    {
        var now = Clock.GetUtcNow();
        Templates.Remove(gone);
        foreach (var template in gone)
        {
            if (template.Status == "APPROVED")
            {
                Templates.LockName(template.Name, now + TimeSpan.FromDays(30));
            }

            Tell("message_template_status_update", StatusValue(template, "DELETED", null, null, null));
        }

        Publish(null);
    }

    private void PauseForQuality(SimulatedTemplate template)
    {
        var pauses = template.Pauses + 1;
        Templates.Put(template with { Pauses = pauses });
        template = Templates.FindById(template.Id)!;
        if (pauses >= 3)
        {
            ChangeStatus(template, "DISABLED", null, "DISABLED");
            return;
        }

        ChangeStatus(template, "PAUSED", null, pauses == 1 ? "FIRST_PAUSE" : "SECOND_PAUSE");
        var until = TimeSpan.FromHours(pauses == 1 ? 3 : 6);
        _agenda.After(until, () =>
        {
            if (Templates.FindById(template.Id) is { Status: "PAUSED", PausedByPacing: false } then && then.Pauses == pauses)
            {
                ChangeStatus(then, "APPROVED", null, "UNPAUSE");
            }
        });
    }

    private void ChangeStatus(SimulatedTemplate template, string status, string? reason, string? title, string? recommendation = null)
    {
        var paused = status == "PAUSED";
        title ??= paused ? "FIRST_PAUSE" : null;
        reason = status == "REJECTED" ? reason ?? "INVALID_FORMAT" : "NONE";
        Templates.Put(template with
        {
            Status = status,
            RejectedReason = reason,
            PausedByPacing = paused && title == "RATE_LIMITING_PAUSE",
            PausedAt = paused ? Clock.GetUtcNow() : null,
            UpdatedAt = Clock.GetUtcNow(),
        });
        Tell("message_template_status_update", StatusValue(template, status, reason, title, recommendation));
        Publish(null);
    }

    private void Recategorise(SimulatedTemplate template, string category)
    {
        Templates.Put(template with { PreviousCategory = template.Category, Category = category, CorrectCategory = null });
        var value = Ids(template);
        value["previous_category"] = template.Category;
        value["new_category"] = category;
        Tell("template_category_update", value);
        Publish(null);
    }

    private JsonObject StatusValue(SimulatedTemplate template, string status, string? reason, string? title, string? recommendation)
    {
        var value = new JsonObject { ["event"] = status };
        foreach (var (name, node) in Ids(template).ToList())
        {
            value[name] = node?.DeepClone();
        }

        // Meta writes the language of this one field with a hyphen ("en-US").
        value["message_template_language"] = template.Language.Replace('_', '-');
        value["message_template_category"] = template.Category;
        value["reason"] = reason ?? "NONE";
        if (reason == "INVALID_FORMAT")
        {
            value["rejection_info"] = new JsonObject
            {
                ["reason"] = "The format of the template does not follow the guidelines.",
                ["recommendation"] = recommendation ?? "Check the variables and the text of the template.",
            };
        }

        if (title is not null)
        {
            value["other_info"] = new JsonObject
            {
                ["title"] = title,
                ["description"] = title == "UNPAUSE" ? "The template may be used again." : "Customers rated the template poorly.",
            };
        }

        if (status == "DISABLED")
        {
            value["disable_info"] = new JsonObject { ["disable_date"] = Clock.GetUtcNow().ToUnixTimeSeconds() };
        }

        return value;
    }

    private static JsonObject Ids(SimulatedTemplate template) => new()
    {
        ["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture),
        ["message_template_name"] = template.Name,
        ["message_template_language"] = template.Language,
    };

    private static JsonObject ComponentsOf(SimulatedTemplate template)
    {
        var value = Ids(template);
        foreach (var component in template.Components.EnumerateArray())
        {
            var text = Graph.Sending.TemplateRules.Words(component);
            switch (Graph.Sending.TemplateRules.Type(component))
            {
                case "header" when text.Length > 0:
                    value["message_template_title"] = text;
                    break;
                case "body":
                    value["message_template_element"] = text;
                    break;
                case "footer":
                    value["message_template_footer"] = text;
                    break;
                case "buttons":
                    value["message_template_buttons"] = Buttons(component);
                    break;
            }
        }

        return value;
    }

    // Only links and phone numbers are listed.
    private static JsonArray Buttons(System.Text.Json.JsonElement component)
    {
        var told = new JsonArray();
        foreach (var button in Graph.Sending.SendChecks.Items(component, "buttons"))
        {
            var type = Graph.Sending.TemplateRules.Type(button);
            if (type is not ("url" or "phone_number"))
            {
                continue;
            }

            var written = new JsonObject
            {
                ["message_template_button_type"] = type.ToUpperInvariant(),
                ["message_template_button_text"] = Graph.Sending.TemplateRules.Words(button),
            };
            var (name, value) = type == "url"
                ? ("message_template_button_url", Graph.Sending.SendChecks.Member(button, "url"))
                : ("message_template_button_phone_number", Graph.Sending.SendChecks.Member(button, "phone_number"));
            written[name] = value.ToString();
            told.Add(written);
        }

        return told;
    }
}
