using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WaConsole.Benchmarks.Agents;

/// <summary>
/// What a page of the console holds to start a circuit from: a comment for each part that is to be interactive, sealed by the server, and
/// the state that goes with them.
/// </summary>
internal sealed partial record StartingPage(string Operations, string State)
{
    public static StartingPage Read(string html)
    {
        var operations = new JsonArray();
        foreach (var marker in Marker().Matches(html).Select(comment => JsonNode.Parse(comment.Groups["json"].Value)!))
        {
            if ((string?)marker["type"] == "server" && marker["descriptor"] is not null)
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
            }
        }

        if (operations.Count == 0)
        {
            throw new CircuitFaultException("The page has nothing interactive in it.");
        }

        return new StartingPage(
            new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(JsonSerializerOptions.Web),
            StateComment().Match(html).Groups["state"].Value);
    }

    [GeneratedRegex(@"<!--Blazor:(?<json>\{.*?\})-->", RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->", RegexOptions.ExplicitCapture)]
    private static partial Regex StateComment();
}
