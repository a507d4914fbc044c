using System.Text.Json;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>
/// Reads a request and keeps the first thing that is wrong with it: 131008 missing, 131009 not allowed, 100 the rest. A management
/// call has 100 for all of them.
/// </summary>
internal sealed class SendChecks(bool management = false)
{
    private readonly int _missing = management ? 100 : 131008;

    public GraphError? Refusal { get; private set; }

    public bool Failed => Refusal is not null;

    public void Refuse(int code, string details) => Refusal ??= GraphError.Of(code, details);

    public void Refuse(GraphError error) => Refusal ??= error;

    public void OnlyKeys(JsonElement parent, string path, params ReadOnlySpan<string> known)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in parent.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                Refuse(100, $"Unexpected key \"{Shorten(property.Name)}\" on param \"{path}\".");
            }
        }
    }

    public JsonElement Object(JsonElement parent, string name, string path, bool required = true) =>
        Of(parent, name, path, JsonValueKind.Object, required);

    public JsonElement Array(JsonElement parent, string name, string path, bool required = true) =>
        Of(parent, name, path, JsonValueKind.Array, required);

    public string? Text(JsonElement parent, string name, string path, int max, bool required = true)
    {
        var found = Of(parent, name, path, JsonValueKind.String, required);
        if (found.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = found.GetString()!;
        if (required && text.Length == 0)
        {
            Refuse(_missing, $"The parameter {path}['{name}'] is required.");
        }

        if (text.Length > max)
        {
            Refuse(100, $"Param {path}['{name}'] must be at most {max} characters long.");
        }

        return text;
    }

    /// <summary>Ids and indexes come as text or as a number.</summary>
    public string? TextOrNumber(JsonElement parent, string name, string path, bool required = true)
    {
        var found = Member(parent, name);
        switch (found.ValueKind)
        {
            case JsonValueKind.String:
                return found.GetString();
            case JsonValueKind.Number:
                return found.GetRawText();
            case JsonValueKind.Undefined or JsonValueKind.Null:
                if (required)
                {
                    Refuse(_missing, $"The parameter {path}['{name}'] is required.");
                }

                return null;
            default:
                Refuse(100, $"Param {path}['{name}'] must be a string.");
                return null;
        }
    }

    public bool Flag(JsonElement parent, string name, string path)
    {
        var found = Member(parent, name);
        if (management && found.ValueKind == JsonValueKind.String && bool.TryParse(found.GetString(), out var written))
        {
            return written;
        }

        if (found.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(100, $"Param {path}['{name}'] must be a boolean.");
        }

        return found.ValueKind == JsonValueKind.True;
    }

    public static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : default;

    /// <summary>The items of an array, or nothing when there is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>Whether a member is this text, in any case.</summary>
    public static bool Is(JsonElement parent, string name, string text) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } found && string.Equals(found.GetString(), text, StringComparison.OrdinalIgnoreCase);

    private JsonElement Of(JsonElement parent, string name, string path, JsonValueKind kind, bool required)
    {
        var found = Member(parent, name);
        if (found.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            if (required)
            {
                Refuse(_missing, $"The parameter {path}['{name}'] is required.");
            }

            return default;
        }

        if (found.ValueKind != kind)
        {
            Refuse(100, $"Param {path}['{name}'] must be of type {kind.ToString().ToLowerInvariant()}.");
            return default;
        }

        return found;
    }

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60];
}
