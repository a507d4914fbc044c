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
        using var document = Parse(WebhookBytes.MakeReadable(body));
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
            items.Add(place, here => here.Unreadable("The entry has no list of changes.", entry));
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
            items.Add(place, here => here.Unreadable("The change has no value object.", change));
            return;
        }

        var metadata = value.Object("metadata"u8);
        place = place with
        {
            PhoneNumberId = metadata?.Text("phone_number_id"u8),
            DisplayPhoneNumber = metadata?.Text("display_phone_number"u8),
        };
        ReadValue(place, value, items);
    }

    private static void ReadValue(ItemPlace place, JsonElement value, ItemList items)
    {
        switch (place.Field)
        {
            case "messages" or "smb_message_echoes" or "calls" or "user_preferences" or "user_id_update":
                ReadLists(place, value, items);
                break;
            case "message_template_status_update" or "message_template_quality_update":
                items.Add(place, here => TemplateItemReading.StatusOrQuality(here, value));
                break;
            case "template_category_update":
                items.Add(place, here => TemplateItemReading.Category(here, value));
                break;
            default:
                items.Add(place, here => here.Other(part: null, value));
                break;
        }
    }

    /// <summary>Fields whose value holds lists of items. A list we do not know becomes an item of its own.</summary>
    private static void ReadLists(ItemPlace place, JsonElement value, ItemList items)
    {
        var contacts = ContactBook.Read(value);
        var before = items.Count;
        foreach (var part in value.EnumerateObject())
        {
            switch (part.Name)
            {
                case "messaging_product" or "metadata" or "contacts":
                    break;
                case "messages" when IsList(part):
                    items.AddEach(place, part.Value, (here, item) => MessageReading.Inbound(here, item, contacts));
                    break;
                case "message_echoes" when IsList(part):
                    items.AddEach(place, part.Value, (here, item) => MessageReading.Echo(here, item, contacts));
                    break;
                case "statuses" when IsList(part):
                    items.AddEach(place, part.Value, (here, item) => StatusReading.Read(here, item, contacts));
                    break;
                case "calls" when IsList(part):
                    items.AddEach(place, part.Value, CallReading.Event);
                    break;
                case "user_preferences" when IsList(part):
                    items.AddEach(place, part.Value, ContactItemReading.Preference);
                    break;
                case "user_id_update" when IsList(part):
                    items.AddEach(place, part.Value, ContactItemReading.UserIdUpdate);
                    break;
                case var _ when part.Value.ValueKind is JsonValueKind.Null || IsEmptyList(part):
                    break;
                default:
                    items.Add(place, here => here.Other(part.Name, part.Value));
                    break;
            }
        }

        if (items.Count == before)
        {
            items.Add(place, here => here.Other(part: null, value));
        }
    }

    private static bool IsList(JsonProperty part) => part.Value.ValueKind == JsonValueKind.Array;

    private static bool IsEmptyList(JsonProperty part) => IsList(part) && part.Value.GetArrayLength() == 0;

    private sealed class ItemList
    {
        private readonly List<WebhookItem> _items = [];

        public IReadOnlyList<WebhookItem> All => _items;

        public int Count => _items.Count;

        public void Add(ItemPlace place, Func<ItemPlace, WebhookItem> read) =>
            _items.Add(read(place with { Index = _items.Count }));

        public void AddEach(ItemPlace place, JsonElement list, Func<ItemPlace, JsonElement, WebhookItem> read)
        {
            foreach (var item in list.EnumerateArray())
            {
                var here = place with { Index = _items.Count };
                _items.Add(item.ValueKind == JsonValueKind.Object
                    ? read(here, item)
                    : here.Unreadable("The item is not an object.", item));
            }
        }
    }
}
