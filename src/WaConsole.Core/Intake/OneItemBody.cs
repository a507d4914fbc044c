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
        if (item.Part is not { } part)
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

        // Copies of other responders' threads are the one kind that lies a level deeper.
        const string Standby = "standby";
        var isNested = item.Field == Standby && part.StartsWith(Standby + ".", StringComparison.Ordinal);
        if (isNested)
        {
            json.WriteStartObject(Standby);
            part = part[(Standby.Length + 1)..];
        }

        WritePart(json, item, part, raw);
        if (isNested)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, WebhookItem item, string part, JsonElement raw)
    {
        var (content, contact) = Unwrap(item, raw);
        if (contact is { } known)
        {
            json.WriteStartArray("contacts");
            WriteRaw(json, known);
            json.WriteEndArray();
        }

        json.WritePropertyName(part);
        if (item.IsListed)
        {
            json.WriteStartArray();
            WriteRaw(json, content);
            json.WriteEndArray();
        }
        else
        {
            WriteRaw(json, content);
        }
    }

    /// <summary>The reader keeps an item together with its contact, under the singular name of the list.</summary>
    private static (JsonElement Content, JsonElement? Contact) Unwrap(WebhookItem item, JsonElement raw)
    {
        var inner = (item as StandbyItem)?.Content ?? (item as HistoryMediaItem)?.Message ?? item;
        var name = inner switch
        {
            StatusItem => "status",
            CallItem => "call",
            _ => "message",
        };
        return inner is MessageItem or StatusItem or CallItem && !Has(raw, "id") && raw.TryGetProperty("contact", out var contact)
            && raw.TryGetProperty(name, out var content)
            ? (content, contact)
            : (raw, null);
    }

    /// <summary>Letter by letter as it came, so that it keeps its hash.</summary>
    private static void WriteRaw(Utf8JsonWriter json, JsonElement raw) => json.WriteRawValue(raw.GetRawText(), skipInputValidation: true);

    private static bool Has(JsonElement raw, string name) => raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty(name, out _);
}
