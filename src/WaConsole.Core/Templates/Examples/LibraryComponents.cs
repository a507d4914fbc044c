using System.Text.Json.Nodes;
using WaConsole.CloudApi;

namespace WaConsole.Core.Templates.Examples;

/// <summary>Pure: an item of WhatsApp's library in the form of a template's components.</summary>
internal static class LibraryComponents
{
    public static string Of(LibraryTemplate item)
    {
        var components = new JsonArray();
        if (item.Header is { Length: > 0 } header)
        {
            components.Add(new JsonObject { ["type"] = "HEADER", ["format"] = "TEXT", ["text"] = header });
        }

        var body = new JsonObject { ["type"] = "BODY", ["text"] = item.Body ?? "" };
        if (item.BodyParams.Count > 0)
        {
            body["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray([.. item.BodyParams.Select(sample => (JsonNode)sample)])) };
        }

        components.Add(body);
        if (JsonNode.Parse(item.ButtonsJson) is JsonArray { Count: > 0 } buttons)
        {
            components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = buttons.DeepClone() });
        }

        return components.ToJsonString();
    }
}
