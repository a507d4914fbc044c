using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.CloudApi;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireMessage))]
[JsonSerializable(typeof(WireComponent))]
[JsonSerializable(typeof(WireReadMark))]
[JsonSerializable(typeof(WireFlow))]
[JsonSerializable(typeof(WireLink))]
[JsonSerializable(typeof(WireThumbnail))]
[JsonSerializable(typeof(WireVoiceCall))]
[JsonSerializable(typeof(WireAddressRequest))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// Letters outside ASCII stay letters: a sixth of the size, and readable. Never written into HTML.
    /// </summary>
    public static WireJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
