using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary>A template with every field the Graph API knows.</summary>
internal static class TemplateJson
{
    public static readonly string[] Defaults = ["name", "parameter_format", "components", "language", "status", "category", "id"];

    public static JsonObject Of(SimulatedTemplate template, SimulatedWhatsApp world)
    {
        var written = new JsonObject
        {
            ["name"] = template.Name,
            ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
            ["components"] = Components(template, world),
            ["language"] = template.Language,
            ["status"] = template.Status,
            ["category"] = template.Category,
            ["id"] = template.Id,
            ["rejected_reason"] = template.RejectedReason,
            ["quality_score"] = new JsonObject { ["score"] = template.Quality, ["date"] = 1761955200 },
            ["cta_url_link_tracking_opted_out"] = template.LinkTrackingOptedOut,
            ["source"] = "manual",
            ["health_status"] = HealthJson.OfTemplate(template, world),
        };
        foreach (var (name, value) in new[]
        {
            ("previous_category", template.PreviousCategory), ("correct_category", template.CorrectCategory),
            ("sub_category", template.SubCategory), ("display_format", template.DisplayFormat), ("library_template_name", template.LibraryName),
        })
        {
            if (value is not null)
            {
                written[name] = value;
            }
        }

        if (template.TimeToLiveSeconds is { } seconds)
        {
            written["message_send_ttl_seconds"] = seconds;
        }

        if (template.UpdatedAt != default)
        {
            written["last_updated_time"] = template.UpdatedAt.ToUnixTimeSeconds();
        }

        return written;
    }

    // A one-time-code button reads back as a URL button, and a media sample as an address that expires.
    private static JsonNode Components(SimulatedTemplate template, SimulatedWhatsApp world)
    {
        var components = JsonNode.Parse(template.Components.GetRawText())!.AsArray();
        foreach (var component in components.OfType<JsonObject>())
        {
            if (component["example"]?["header_handle"] is JsonArray { Count: > 0 } handles
                && handles[0]!.GetValue<string>() is { } handle && world.Uploads.OfHandle(handle) is { } file)
            {
                var stored = world.Media.Find(file.Id) ?? world.Media.Add(file.Bytes, file.MimeType, file.FileName, null, fromCustomer: false);
                handles[0] = new Uri(world.BaseUri, world.Media.SignUrl(stored.Id)).ToString();
            }

            foreach (var button in (component["buttons"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if (button["type"]?.GetValue<string>().Equals("OTP", StringComparison.OrdinalIgnoreCase) == true)
                {
                    button["type"] = "URL";
                    button["text"] ??= AuthenticationWording.Button(template.Language);
                    button["url"] = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}";
                    button["example"] = new JsonArray("https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456");
                    button.Remove("otp_type");
                }
            }

            if (template.Category == "AUTHENTICATION" && AuthenticationWording.Of(System.Text.Json.JsonSerializer.SerializeToElement(component), template.Language) is { } words)
            {
                component["text"] ??= words;
            }
        }

        return components;
    }
}
