using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Simulator.Control;

/// <summary>How the control API reads and writes JSON: camelCase, enums as camelCase words, durations as ISO 8601.</summary>
internal static class ControlJson
{
    private const int BodyMax = 1024 * 1024;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new IsoDuration() },
    };

    public static IResult Ok(object body) => Results.Json(body, Options);

    public static IResult Refused(string why, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error = why }, Options, statusCode: status);

    public static IResult NotFound(string what) => Refused($"There is no such {what}.", StatusCodes.Status404NotFound);

    /// <summary>The body as <typeparamref name="T"/>, or null when it is not that.</summary>
    /// <param name="request">The request.</param>
    /// <param name="empty">What an empty body stands for; without it an empty body is wrong.</param>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, T? empty = null) where T : class
    {
        var bytes = await Graph.BoundedBody.ReadAsync(request, BodyMax, request.HttpContext.RequestAborted);
        if (bytes is { Length: 0 } && empty is not null)
        {
            return empty;
        }

        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<T>(bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class IsoDuration : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return System.Xml.XmlConvert.ToTimeSpan(reader.GetString() ?? "");
            }
            catch (FormatException wrong)
            {
                throw new JsonException("A duration is written like PT23H30M.", wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(System.Xml.XmlConvert.ToString(value));
    }
}
