using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Core.Conversations;

/// <summary>Stored form of <see cref="MessageContent"/>: the kind travels as "$kind", unknown kinds read as null.</summary>
public static class ContentJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(MessageContent content) => JsonSerializer.Serialize(new Envelope(
        content.GetType().Name, JsonSerializer.SerializeToElement(content, content.GetType(), Options)), Options);

    public static MessageContent? Read(string? json)
    {
        if (string.IsNullOrEmpty(json) || JsonSerializer.Deserialize<Envelope>(json, Options) is not { } envelope)
        {
            return null;
        }

        var type = typeof(MessageContent).GetNestedType(envelope.Kind);
        return type is null ? null : (MessageContent?)envelope.Value.Deserialize(type, Options);
    }

    private sealed record Envelope([property: JsonPropertyName("$kind")] string Kind, JsonElement Value);
}
