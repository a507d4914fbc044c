using System.Text.Json;

namespace WaConsole.Core.Templates;

/// <summary>Pure: reading a definition, which is WhatsApp's and may hold anything.</summary>
internal static class TemplateJson
{
    public static string? Sample(JsonElement component, string place, string name, int index)
    {
        if (!component.TryGetProperty("example", out var example) || example.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (example.TryGetProperty($"{place}_text_named_params", out var named) && named.ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in named.EnumerateArray())
            {
                if (Text(pair, "param_name") == name)
                {
                    return Text(pair, "example");
                }
            }
        }

        return example.TryGetProperty($"{place}_text", out var list) ? At(list, index) : null;
    }

    public static string? FirstExample(JsonElement button) => button.TryGetProperty("example", out var example) ? At(example, 0) : null;

    public static string Word(JsonElement element, string name) => (Text(element, name) ?? "").ToUpperInvariant();

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Body samples are an array in an array, header samples a flat one; single values also come as bare texts.</summary>
    private static string? At(JsonElement list, int index) => list.ValueKind switch
    {
        JsonValueKind.String => index == 0 ? list.GetString() : null,
        JsonValueKind.Array when list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Array => At(list[0], index),
        JsonValueKind.Array when index < list.GetArrayLength() && list[index].ValueKind == JsonValueKind.String => list[index].GetString(),
        _ => null,
    };
}
