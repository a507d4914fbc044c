using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Core.Consent;

/// <summary>A verdict as it is kept. Counts, rows and ids; nothing that names a person.</summary>
internal static class CheckJson
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(ConsentVerdict verdict) => JsonSerializer.Serialize(verdict, Shape);

    /// <returns>Null when there is none, or one of a later version.</returns>
    public static ConsentVerdict? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<ConsentVerdict>(json, Shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
