using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary><c>GET /{account}/message_templates</c> with its filters and figures.</summary>
internal static class TemplateListRoute
{
    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var fields = GraphFields.Of(request) ?? TemplateJson.Defaults;
        var query = request.Query;
        var found = world.Templates.All.Where(template =>
            Matches(query["status"], template.Status)
            && Matches(query["category"], template.Category)
            && Matches(query["language"], template.Language)
            && Matches(query["quality_score"], template.Quality)
            && Matches(query["name"], template.Name)
            && Holds(query["content"], () => TextOf(template))
            && Holds(query["name_or_content"], () => template.Name + "\n" + TextOf(template)));
        return GraphPages.Paged(request, world, [.. found], template => GraphFields.Pick(TemplateJson.Of(template, world), fields), Summary(request, world));
    }

    public static int LimitOf(BusinessAccount account, IReadOnlyList<BusinessNumber> numbers) =>
        account.VerificationStatus == "verified" && numbers.Any(number => number.NameStatus == "APPROVED") ? 6000 : 250;

    // A filter may hold several words, as JSON or separated by commas.
    private static bool Matches(string? wanted, string value) =>
        string.IsNullOrEmpty(wanted) || wanted.Trim('[', ']').Split(',').Any(word =>
            string.Equals(word.Trim(' ', '"'), value, StringComparison.OrdinalIgnoreCase));

    private static bool Holds(string? wanted, Func<string> text) =>
        string.IsNullOrEmpty(wanted) || text().Contains(wanted, StringComparison.OrdinalIgnoreCase);

    private static string TextOf(SimulatedTemplate template) =>
        string.Join('\n', template.Components.EnumerateArray().Select(Sending.TemplateRules.Words));

    private static JsonObject? Summary(HttpRequest request, SimulatedWhatsApp world)
    {
        var asked = request.Query["summary"].ToString();
        if (asked.Length == 0)
        {
            return null;
        }

        var count = world.Templates.All.Count;
        return new JsonObject
        {
            ["total_count"] = count,
            ["message_template_count"] = count,
            ["message_template_limit"] = LimitOf(world.Account, world.Numbers),
        };
    }
}
