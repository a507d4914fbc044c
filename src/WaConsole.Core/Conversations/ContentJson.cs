using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Stored form of <see cref="MessageContent"/>: the kind travels as "$kind". What is unknown, damaged or lacks what a bubble needs
/// reads as null: old rows and a customer's odd data must never keep a thread from opening.
/// </summary>
public static class ContentJson
{
    private static readonly FrozenDictionary<string, Type> Kinds = typeof(MessageContent).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(MessageContent)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new ValueListConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatCannotBeNull } },
    };

    public static string Write(MessageContent content) => JsonSerializer.Serialize(new Envelope(
        content.GetType().Name, JsonSerializer.SerializeToElement(content, content.GetType(), Options)), Options);

    public static MessageContent? Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Envelope>(json, Options) is { } envelope && Kinds.TryGetValue(envelope.Kind, out var type)
                ? (MessageContent?)envelope.Value.Deserialize(type, Options)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A field added to a record later is optional when it is nullable or a number; a list or a text must be there.</summary>
    private static void RequireWhatCannotBeNull(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            property.IsRequired = property is { PropertyType.IsValueType: false, AssociatedParameter.IsNullable: false };
        }
    }

    private sealed record Envelope([property: JsonPropertyName("$kind")] string Kind, JsonElement Value);

    private sealed class ValueListConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Of<T> : JsonConverter<IReadOnlyList<T>>
        {
            public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            {
                var items = JsonSerializer.Deserialize<List<T>>(ref reader, options);
                return items is null ? null : items.Contains(default!) && !typeof(T).IsValueType
                    ? throw new JsonException("A list holds nothing where something is needed.")
                    : new ValueList<T>(items);
            }

            public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.ToList(), options);
        }
    }
}
