using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Reads what Meta posts to a webhook. Verify the signature first.</summary>
public static class WebhookReader
{
    private const int MaxDepth = 256;

    /// <summary>Every item of every change of every entry, in order of appearance.</summary>
    /// <exception cref="WebhookFormatException">The body as a whole is no webhook. Nothing else is thrown.</exception>
    public static IReadOnlyList<WebhookItem> Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(ReadableBytes.MakeReadable(body));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new WebhookFormatException("The body is not a JSON object.");
        }

        if (root.Member("entry"u8) is not { ValueKind: JsonValueKind.Array } entries)
        {
            throw new WebhookFormatException("The body has no list of entries.");
        }

        var items = new ItemList();
        foreach (var entry in entries.EnumerateArray())
        {
            ReadEntry(entry, items);
        }

        return items.All;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException cause)
        {
            // The parser's own message can quote the body.
            throw new WebhookFormatException(
                $"The body is not JSON (line {cause.LineNumber}, byte {cause.BytePositionInLine}).");
        }
    }

    private static void ReadEntry(JsonElement entry, ItemList items)
    {
        var place = new ItemPlace(entry.Text("id"u8) ?? "", "", null, null, entry.UnixTime("time"u8));
        if (entry.Member("changes"u8) is not { ValueKind: JsonValueKind.Array } changes)
        {
            items.Add(items.Here(place).Unreadable("The entry has no list of changes.", entry));
            return;
        }

        foreach (var change in changes.EnumerateArray())
        {
            ReadChange(place, change, items);
        }
    }

    private static void ReadChange(ItemPlace entry, JsonElement change, ItemList items)
    {
        var place = entry with { Field = change.Text("field"u8) ?? "" };
        if (change.Object("value"u8) is not { } value)
        {
            items.Add(items.Here(place).Unreadable("The change has no value object.", change));
            return;
        }

        var metadata = value.Object("metadata"u8);
        place = place with
        {
            PhoneNumberId = metadata?.Text("phone_number_id"u8),
            DisplayPhoneNumber = metadata?.Text("display_phone_number"u8),
        };

        switch (place.Field)
        {
            case "messages" or "smb_message_echoes" or "calls" or "user_preferences" or "user_id_update":
                ReadParts(place, value, WebhookParts.Conversation, items);
                break;
            case "message_template_status_update" or "message_template_quality_update":
                items.Add(TemplateItemReading.StatusOrQuality(items.Here(place), value));
                break;
            case "template_category_update":
                items.Add(TemplateItemReading.Category(items.Here(place), value));
                break;
            case "message_template_components_update":
                items.Add(TemplateItemReading.Components(items.Here(place), value));
                break;
            case "template_correct_category_detection":
                items.Add(TemplateItemReading.Miscategorised(items.Here(place), value));
                break;
            case "group_lifecycle_update" or "group_participants_update" or "group_settings_update"
                or "group_status_update":
                ReadParts(place, value, WebhookParts.Group, items);
                break;
            case "history":
                ReadParts(place, value, WebhookParts.History, items);
                break;
            case "smb_app_state_sync":
                ReadParts(place, value, WebhookParts.AppState, items);
                break;
            case "standby" when value.Object("standby"u8) is { } standby:
                ReadParts(place, standby, WebhookParts.Standby, items);
                break;
            case "messaging_handovers":
                items.Add(RoutingReading.Handover(items.Here(place), value));
                break;
            case "automatic_events":
                ReadParts(place, value, WebhookParts.Automatic, items);
                break;
            case "tracking_events":
                ReadParts(place, value, WebhookParts.Tracking, items);
                break;
            default:
                var here = items.Here(place);
                items.Add(AccountItemReading.Read(here, value) ?? here.Other(value));
                break;
        }
    }

    private static void ReadParts(ItemPlace place, JsonElement value, KnownParts known, ItemList items)
    {
        var contacts = ContactBook.Read(value);
        var before = items.Count;
        foreach (var part in value.EnumerateObject())
        {
            ReadPart(place, part, known, contacts, items);
        }

        if (items.Count == before)
        {
            items.Add((items.Here(place) with { Part = known.Whole }).Other(value));
        }
    }

    private static void ReadPart(
        ItemPlace place, JsonProperty part, KnownParts known, ContactBook contacts, ItemList items)
    {
        if (part.NameEquals("messaging_product"u8) || part.NameEquals("metadata"u8) || part.NameEquals("contacts"u8))
        {
            return;
        }

        if (known.Find(part) is not { } found)
        {
            if (!IsEmpty(part.Value))
            {
                items.Add((items.Here(place) with { Part = known.Prefix + part.Name }).Other(part.Value));
            }
        }
        else if (!found.IsList)
        {
            items.Add(found.Read(items.Here(place) with { Part = found.Path }, part.Value, contacts));
        }
        else
        {
            place = place with { Part = found.Path, IsListed = true };
            foreach (var item in part.Value.EnumerateArray())
            {
                var here = items.Here(place);
                items.Add(item.ValueKind == JsonValueKind.Object
                    ? found.Read(here, item, contacts)
                    : here.Unreadable("The item is not an object.", item));
            }
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private sealed class ItemList
    {
        private readonly List<WebhookItem> _items = [];

        public IReadOnlyList<WebhookItem> All => _items;

        public int Count => _items.Count;

        /// <summary>The place of the next item.</summary>
        public ItemPlace Here(ItemPlace place) => place with { Index = _items.Count };

        public void Add(WebhookItem item) => _items.Add(item);
    }
}
