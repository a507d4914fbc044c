using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>GET /{account}/message_template_previews</c>: the fixed words of an authentication template.</summary>
internal static class TemplatePreviewRoute
{
    public static IResult Get(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        if (!string.Equals(request.Query["category"], "AUTHENTICATION", StringComparison.OrdinalIgnoreCase))
        {
            return GraphAccess.Answer(GraphError.Of(100, "Param category must be AUTHENTICATION."));
        }

        var languages = request.Query["languages"].ToString();
        var warning = string.Equals(request.Query["add_security_recommendation"], "true", StringComparison.OrdinalIgnoreCase);
        var minutes = int.TryParse(request.Query["code_expiration_minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        if (minutes > 90)
        {
            return GraphAccess.Answer(GraphError.Of(100, "Param code_expiration_minutes must be 1 to 90."));
        }

        return GraphAccess.Json(new JsonObject
        {
            ["data"] = new JsonArray([.. (languages.Length == 0 ? "en_US" : languages).Split(',').Select(language =>
            {
                var preview = new JsonObject { ["language"] = language.Trim(), ["body"] = AuthenticationWording.Body(warning, language.Trim()) };
                if (minutes > 0)
                {
                    preview["footer"] = AuthenticationWording.Footer(minutes, language.Trim());
                }

                preview["buttons"] = new JsonArray(new JsonObject { ["text"] = AuthenticationWording.Button(language.Trim()), ["autofill_text"] = "Autofill" });
                return preview;
            })]),
        });
    }
}
