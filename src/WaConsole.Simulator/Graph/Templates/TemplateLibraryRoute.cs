using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>GET /message_template_library</c>: ready-made templates, with filters.</summary>
internal static class TemplateLibraryRoute
{
    public static IResult Get(HttpRequest request)
    {
        var query = request.Query;
        var found = TemplateLibrary.All.Where(item =>
            Is(query["topic"], item, "topic") && Is(query["usecase"], item, "usecase") && IsIn(query["language"])
            && (query["industry"].ToString() is not { Length: > 0 } industry
                || item["industry"]!.AsArray().Any(one => one!.GetValue<string>().Equals(industry, StringComparison.OrdinalIgnoreCase)))
            && (query["search"].ToString() is not { Length: > 0 } search
                || item["name"]!.GetValue<string>().Contains(search, StringComparison.OrdinalIgnoreCase)
                || item["body"]!.GetValue<string>().Contains(search, StringComparison.OrdinalIgnoreCase)));
        return GraphAccess.Json(new JsonObject { ["data"] = new JsonArray([.. found.Select(item => In(item, query["language"]))]) });
    }

    /// <summary>The library here knows English only, of whatever country.</summary>
    private static bool IsIn(string? language) => string.IsNullOrEmpty(language) || language.Split('_')[0] == "en";

    private static JsonNode In(JsonObject item, string? language)
    {
        var copy = item.DeepClone();
        copy["language"] = string.IsNullOrEmpty(language) ? copy["language"]!.GetValue<string>() : language;
        return copy;
    }

    private static bool Is(string? wanted, JsonObject item, string member) =>
        string.IsNullOrEmpty(wanted) || string.Equals(item[member]?.GetValue<string>(), wanted, StringComparison.OrdinalIgnoreCase);
}
