using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Reads what Meta posts to a webhook. Verify the signature first.</summary>
public static class WebhookReader
{
    private const int MaxDepth = 256;

    /// <summary>What can stand in the value of the fields that bring lists; another list becomes one item.</summary>
    private static readonly (string Name, ReadItem Read)[] KnownLists =
    [
        ("messages", MessageReading.Inbound),
        ("statuses", StatusReading.Read),
        ("message_echoes", MessageReading.Echo),
        ("calls", (here, item, _) => CallReading.Event(here, item)),
        ("user_preferences", (here, item, _) => ContactItemReading.Preference(here, item)),
        ("user_id_update", (here, item, _) => ContactItemReading.UserIdUpdate(here, item)),
    ];

    private delegate WebhookItem ReadItem(ItemPlace place, JsonElement item, ContactBook contacts);

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
                ReadLists(place, value, items);
                break;
            case "message_template_status_update" or "message_template_quality_update":
                items.Add(TemplateItemReading.StatusOrQuality(items.Here(place), value));
                break;
            case "template_category_update":
                items.Add(TemplateItemReading.Category(items.Here(place), value));
                break;
            default:
                items.Add(items.Here(place).Other(part: null, value));
                break;
        }
    }

    private static void ReadLists(ItemPlace place, JsonElement value, ItemList items)
    {
        var contacts = ContactBook.Read(value);
        var before = items.Count;
        foreach (var part in value.EnumerateObject())
        {
            ReadPart(place, part, contacts, items);
        }

        if (items.Count == before)
        {
            items.Add(items.Here(place).Other(part: null, value));
        }
    }

    private static void ReadPart(ItemPlace place, JsonProperty part, ContactBook contacts, ItemList items)
    {
        if (part.NameEquals("messaging_product"u8) || part.NameEquals("metadata"u8) || part.NameEquals("contacts"u8))
        {
            return;
        }

        if (ReaderOf(part) is { } read)
        {
            foreach (var item in part.Value.EnumerateArray())
            {
                var here = items.Here(place);
                items.Add(item.ValueKind == JsonValueKind.Object
                    ? read(here, item, contacts)
                    : here.Unreadable("The item is not an object.", item));
            }
        }
        else if (!IsEmpty(part.Value))
        {
            items.Add(items.Here(place).Other(part.Name, part.Value));
        }
    }

    private static ReadItem? ReaderOf(JsonProperty part)
    {
        if (part.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (name, read) in KnownLists)
            {
                if (part.NameEquals(name))
                {
                    return read;
                }
            }
        }

        return null;
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
