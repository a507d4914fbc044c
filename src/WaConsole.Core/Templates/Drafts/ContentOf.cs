using System.Text.Json;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>Pure: text and footer of stored components, without building the rest.</summary>
internal static class ContentOf
{
    public static (string Body, string? Footer)? Body(string componentsJson)
    {
        try
        {
            using var json = JsonDocument.Parse(componentsJson);
            string? body = null, footer = null;
            foreach (var component in json.RootElement.EnumerateArray())
            {
                var text = component.TryGetProperty("text", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                switch (component.TryGetProperty("type", out var type) ? type.GetString()?.ToUpperInvariant() : null)
                {
                    case "BODY":
                        body = text;
                        break;
                    case "FOOTER":
                        footer = text;
                        break;
                }
            }

            return body is null ? null : (body, footer);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
