using System.Text.Json;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Pure: what a part that is kept as JSON calls itself.</summary>
internal static class OtherParts
{
    public static string TypeOf(string json, string member = "type")
    {
        try
        {
            using var part = JsonDocument.Parse(json);
            return TemplateJson.Word(part.RootElement, member) is { Length: > 0 } word ? word : "?";
        }
        catch (JsonException)
        {
            return "?";
        }
    }
}
