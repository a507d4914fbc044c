using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>Bodies of management calls. They go out seldom, so they are put together as trees.</summary>
internal static class JsonBytes
{
    public static byte[] Of(JsonObject body)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Readable.Options.Encoder }))
        {
            body.WriteTo(json);
        }

        return bytes.ToArray();
    }

    /// <summary>Without the properties that are null.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var body = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        return body;
    }

    public static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    public static JsonArray List(IEnumerable<JsonNode> values) => new([.. values]);
}
