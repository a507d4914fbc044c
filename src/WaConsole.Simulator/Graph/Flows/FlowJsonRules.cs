using System.Text.Json;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Graph.Flows;

/// <summary>What every Flow JSON has: a version, and screens with ids and layouts. What is on the screens is Meta's to judge and passes.</summary>
internal static class FlowJsonRules
{
    public static IReadOnlyList<string> Errors(string json)
    {
        JsonElement flow;
        try
        {
            flow = JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return ["The file is not valid JSON."];
        }

        List<string> errors = [];
        if (SendChecks.Member(flow, "version").ValueKind != JsonValueKind.String)
        {
            errors.Add("Missing required property 'version'.");
        }

        var screens = SendChecks.Member(flow, "screens");
        if (screens.ValueKind != JsonValueKind.Array || screens.GetArrayLength() == 0)
        {
            errors.Add("Missing required property 'screens'.");
            return errors;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var screen in screens.EnumerateArray())
        {
            var id = SendChecks.Member(screen, "id").ToString();
            if (id.Length == 0 || !ids.Add(id))
            {
                errors.Add("Every screen needs an id of its own.");
            }

            if (SendChecks.Member(screen, "layout").ValueKind != JsonValueKind.Object)
            {
                errors.Add($"Screen '{id}' misses the required property 'layout'.");
            }
        }

        return errors;
    }
}
