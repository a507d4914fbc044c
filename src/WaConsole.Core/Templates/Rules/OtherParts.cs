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
            return part.RootElement.ValueKind == JsonValueKind.Object && part.RootElement.TryGetProperty(member, out var type)
                && type.ValueKind == JsonValueKind.String
                    ? type.GetString()!.ToUpperInvariant()
                    : "?";
        }
        catch (JsonException)
        {
            return "?";
        }
    }
}
