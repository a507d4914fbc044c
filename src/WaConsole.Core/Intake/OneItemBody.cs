using System.Buffers;
using System.Text.Json;
using WaConsole.CloudApi;

namespace WaConsole.Core.Intake;

/// <summary>Pure: a webhook body that holds only this item, so that what waits is read by the same code as what arrives.</summary>
internal static class OneItemBody
{
    private const int MaxDepth = 512;

    public static byte[] Of(WebhookItem item)
    {
        using var raw = JsonDocument.Parse(item.RawJson, new JsonDocumentOptions { MaxDepth = MaxDepth });
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            json.WriteStartObject();
            json.WriteString("object", "whatsapp_business_account");
            json.WriteStartArray("entry");
            WriteEntry(json, item, raw.RootElement);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, WebhookItem item, JsonElement raw)
    {
        if (item is WebhookItem.Unreadable && item.Field.Length == 0 && !Has(raw, "field") && !Has(raw, "value"))
        {
            WriteRaw(json, raw);
            return;
        }

        json.WriteStartObject();
        json.WriteString("id", item.BusinessAccountId);
        if (item.EntryTime is { } time)
        {
            json.WriteNumber("time", new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds());
        }

        json.WriteStartArray("changes");
        if (item is WebhookItem.Unreadable && Has(raw, "field"))
        {
            WriteRaw(json, raw);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("field", item.Field);
            json.WritePropertyName("value");
            WriteValue(json, item, raw);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, WebhookItem item, JsonElement raw)
    {
        if (PartOf(item, raw) is not { } part)
        {
            WriteRaw(json, raw);
            return;
        }

        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        if (item.PhoneNumberId is not null)
        {
            json.WriteStartObject("metadata");
            json.WriteString("display_phone_number", item.DisplayPhoneNumber);
            json.WriteString("phone_number_id", item.PhoneNumberId);
            json.WriteEndObject();
        }

        var (content, contact) = Unwrap(item, raw);
        if (contact is { } known)
        {
            json.WriteStartArray("contacts");
            WriteRaw(json, known);
            json.WriteEndArray();
        }

        json.WritePropertyName(part);
        if (item is OtherItem)
        {
            WriteRaw(json, raw);
        }
        else
        {
            json.WriteStartArray();
            WriteRaw(json, content);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The list the item stands in; null when the value is the item.</summary>
    private static string? PartOf(WebhookItem item, JsonElement raw) => item switch
    {
        InboundMessageItem => "messages",
        EchoItem => "message_echoes",
        StatusItem => "statuses",
        CallItem { Event: null } => "statuses",
        CallItem => "calls",
        UserPreferenceItem => "user_preferences",
        UserIdUpdateItem => "user_id_update",
        OtherItem other => other.Part,
        WebhookItem.Unreadable => item.Field switch
        {
            "smb_message_echoes" => "message_echoes",
            "calls" => "calls",
            "user_preferences" => "user_preferences",
            "user_id_update" => "user_id_update",
            "messages" => Has(raw, "status") || Has(raw, "recipient_id") ? "statuses" : "messages",
            _ => null,
        },
        _ => null,
    };

    /// <summary>The reader keeps an item together with its contact, under the singular name of the list.</summary>
    private static (JsonElement Content, JsonElement? Contact) Unwrap(WebhookItem item, JsonElement raw)
    {
        var name = item is StatusItem ? "status" : "message";
        return item is MessageItem or StatusItem && raw.TryGetProperty("contact", out var contact) && !Has(raw, "id")
            && raw.TryGetProperty(name, out var content)
            ? (content, contact)
            : (raw, null);
    }

    /// <summary>Letter by letter as it came, so that it keeps its hash.</summary>
    private static void WriteRaw(Utf8JsonWriter json, JsonElement raw) => json.WriteRawValue(raw.GetRawText(), skipInputValidation: true);

    private static bool Has(JsonElement raw, string name) => raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty(name, out _);
}
