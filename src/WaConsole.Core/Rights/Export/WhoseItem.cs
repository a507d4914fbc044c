using System.Text.Json;

namespace WaConsole.Core.Rights.Export;

/// <summary>
/// Pure: whose a webhook body of one item is, by the fields in which WhatsApp names the customer an item is from, to or about. A number in a
/// shared contact card or in a text is not among them. Of a body with several items, or one that is no JSON, nobody is told.
/// </summary>
internal static class WhoseItem
{
    private const int MaxDepth = 512;

    /// <summary>Names of the customer (Meta, Webhooks reference, September 2026).</summary>
    private static readonly HashSet<string> Fields =
    [
        "wa_id", "user_id", "parent_user_id", "from", "from_user_id", "from_parent_user_id", "to", "to_user_id", "to_parent_user_id",
        "recipient_id", "recipient_user_id", "recipient_parent_user_id",
    ];

    public static IReadOnlySet<string> Read(byte[] body)
    {
        HashSet<string> whose = [];
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return OnlyOne(json.RootElement, "entry") is { } entry && OnlyOne(entry, "changes") is { } change
                && change.TryGetProperty("value", out var value) && IsOne(value, whose)
                    ? whose
                    : new HashSet<string>();
        }
        catch (JsonException)
        {
            return new HashSet<string>();
        }
    }

    private static JsonElement? OnlyOne(JsonElement holder, string list) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(list, out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 1
        && all[0].ValueKind == JsonValueKind.Object
            ? all[0]
            : null;

    /// <returns>False when a list holds more than one item.</returns>
    private static bool IsOne(JsonElement value, HashSet<string> whose)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (var part in value.EnumerateObject())
        {
            switch (part.Value.ValueKind)
            {
                case JsonValueKind.Array when part.Value.GetArrayLength() > 1:
                    return false;
                case JsonValueKind.Array when part.Value.GetArrayLength() == 1:
                    Add(part.Value[0], whose);
                    break;
                case JsonValueKind.Object when part.NameEquals("standby"u8):
                    if (!IsOne(part.Value, whose))
                    {
                        return false;
                    }

                    break;
                case JsonValueKind.Object:
                    Add(part.Value, whose);
                    break;
            }
        }

        return true;
    }

    /// <summary>An id that changed is told as before and after.</summary>
    private static void Add(JsonElement item, HashSet<string> whose)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var field in item.EnumerateObject().Where(field => Fields.Contains(field.Name)))
        {
            var values = field.Value.ValueKind == JsonValueKind.Object ? field.Value.EnumerateObject().Select(inner => inner.Value) : [field.Value];
            whose.UnionWith(values.Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!));
        }
    }
}
