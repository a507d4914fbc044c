using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Sending;

/// <summary>The rules of every free-form message that is not interactive. Source: Meta, "Send messages" pages, November 2025.</summary>
internal static class MessageRules
{
    private const int TextMax = 4096;
    private const int CaptionMax = 1024;
    private const int CardsMax = 257;

    /// <summary>Reads the content of a message that is not a template.</summary>
    public static MessageContent Read(SendRequest request, SendChecks checks) => request.Type switch
    {
        "text" => Text(request.Body, checks),
        "location" => Location(request.Body, checks),
        "contacts" => Contacts(request.Body, checks),
        "reaction" => Reaction(request, checks),
        "interactive" => InteractiveRules.Read(request.Body, checks),
        "pin" => Pin(request.Body, checks),
        _ => Media(request.Type, request.Body, checks),
    };

    /// <summary>Reads a media object: an uploaded id or a public link, never both.</summary>
    public static MediaPart? MediaObject(JsonElement parent, string type, SendChecks checks, out string? caption)
    {
        caption = null;
        var media = checks.Object(parent, type, "message");
        if (media.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        checks.OnlyKeys(media, type, type switch
        {
            "document" => ["id", "link", "caption", "filename"],
            "audio" => ["id", "link", "voice"],
            "sticker" => ["id", "link"],
            _ => ["id", "link", "caption"],
        });
        var id = checks.TextOrNumber(media, "id", type, required: false);
        var link = checks.Text(media, "link", type, 2048, required: false);
        if (id is null == link is null)
        {
            checks.Refuse(id is null ? 131008 : 100, $"Param {type} needs exactly one of id and link.");
        }

        if (link is not null && !IsWebAddress(link))
        {
            checks.Refuse(131009, $"Param {type}['link'] is not a valid http or https address.");
        }

        caption = checks.Text(media, "caption", type, CaptionMax, required: false);
        var fileName = checks.Text(media, "filename", type, 240, required: false);
        return new MediaPart(id, "", fileName, checks.Flag(media, "voice", type), link) { Kind = type };
    }

    public static bool IsWebAddress(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Reads a location; coordinates come as text or as numbers.</summary>
    public static LocationPart? LocationObject(JsonElement location, SendChecks checks)
    {
        checks.OnlyKeys(location, "location", "latitude", "longitude", "name", "address");
        var latitude = Degrees(location, "latitude", 90, checks);
        var longitude = Degrees(location, "longitude", 180, checks);
        return new LocationPart(
            latitude,
            longitude,
            checks.Text(location, "name", "location", 1000, required: false),
            checks.Text(location, "address", "location", 1000, required: false));
    }

    private static MessageContent Text(JsonElement body, SendChecks checks)
    {
        var text = checks.Object(body, "text", "message");
        checks.OnlyKeys(text, "text", "body", "preview_url");
        if (text.ValueKind == JsonValueKind.Object)
        {
            checks.Flag(text, "preview_url", "text");
        }

        var words = checks.Text(text, "body", "text", TextMax) ?? "";
        if (words.Length > 0 && string.IsNullOrWhiteSpace(words))
        {
            checks.Refuse(131009, "Param text['body'] holds nothing but white space.");
        }

        return MessageContent.OfText(words);
    }

    private static MessageContent Media(string type, JsonElement body, SendChecks checks)
    {
        var media = MediaObject(body, type, checks, out var caption);
        return MessageContent.OfMedia(type, media ?? new MediaPart(null, ""), caption);
    }

    private static MessageContent Location(JsonElement body, SendChecks checks)
    {
        var location = checks.Object(body, "location", "message");
        return new MessageContent { Kind = "location", Location = LocationObject(location, checks) };
    }

    private static double Degrees(JsonElement location, string name, double limit, SendChecks checks)
    {
        var written = checks.TextOrNumber(location, name, "location");
        if (written is null)
        {
            return 0;
        }

        if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
            || !(Math.Abs(degrees) <= limit))
        {
            checks.Refuse(131009, $"Param location['{name}'] is not a valid coordinate.");
        }

        return degrees;
    }

    private static MessageContent Contacts(JsonElement body, SendChecks checks)
    {
        var contacts = checks.Array(body, "contacts", "message");
        List<ContactPart> cards = [];
        if (contacts.ValueKind == JsonValueKind.Array)
        {
            if (contacts.GetArrayLength() is 0 or > CardsMax)
            {
                checks.Refuse(131009, $"Param contacts must hold 1 to {CardsMax} cards.");
            }

            foreach (var card in contacts.EnumerateArray())
            {
                cards.Add(Card(card, checks));
            }
        }

        return new MessageContent { Kind = "contacts", Contacts = cards };
    }

    private static ContactPart Card(JsonElement card, SendChecks checks)
    {
        checks.OnlyKeys(card, "contacts", "name", "phones", "emails", "addresses", "org", "birthday", "urls");
        var name = checks.Object(card, "name", "contacts");
        var formatted = checks.Text(name, "formatted_name", "contacts['name']", 1000) ?? "";
        string[] parts = ["first_name", "last_name", "middle_name", "prefix", "suffix"];
        checks.OnlyKeys(name, "contacts['name']", ["formatted_name", .. parts]);
        if (!parts.Any(part => SendChecks.Member(name, part) is { ValueKind: JsonValueKind.String } p && p.GetString() != ""))
        {
            checks.Refuse(131009, "A contact card needs formatted_name and one other part of the name.");
        }

        var phones = List(card, "phones", checks, "phone", "type", "wa_id");
        List(card, "emails", checks, "email", "type");
        List(card, "urls", checks, "url", "type");
        List(card, "addresses", checks, "street", "city", "state", "zip", "country", "country_code", "type");
        var org = checks.Object(card, "org", "contacts", required: false);
        checks.OnlyKeys(org, "contacts['org']", "company", "department", "title");
        if (checks.Text(card, "birthday", "contacts", 10, required: false) is { Length: > 0 } birthday
            && !DateOnly.TryParseExact(birthday, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            checks.Refuse(131009, "Param contacts['birthday'] must be written YYYY-MM-DD.");
        }

        var first = phones.FirstOrDefault();
        return new ContactPart(
            formatted,
            checks.Text(first, "phone", "contacts['phones']", 100, required: false),
            checks.Text(first, "wa_id", "contacts['phones']", 100, required: false));
    }

    private static List<JsonElement> List(JsonElement card, string name, SendChecks checks, params ReadOnlySpan<string> keys)
    {
        var list = checks.Array(card, name, "contacts", required: false);
        if (list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        List<JsonElement> items = [.. list.EnumerateArray()];
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                checks.Refuse(100, $"Param contacts['{name}'] must hold objects.");
            }

            checks.OnlyKeys(item, $"contacts['{name}']", keys);
        }

        return items;
    }

    private static MessageContent Pin(JsonElement body, SendChecks checks)
    {
        var pin = checks.Object(body, "pin", "message");
        checks.OnlyKeys(pin, "pin", "type", "message_id", "expiration_days");
        var type = checks.Text(pin, "type", "pin", 16);
        var target = checks.Text(pin, "message_id", "pin", 512);
        var days = SendChecks.Member(pin, "expiration_days");
        if (type is not (null or "pin" or "unpin"))
        {
            checks.Refuse(131009, "Param pin['type'] must be pin or unpin.");
        }

        if (type == "pin" && !(days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out var count) && count is >= 1 and <= 30))
        {
            checks.Refuse(131009, "Param pin['expiration_days'] must be 1 to 30.");
        }

        return new MessageContent { Kind = "pin", SubKind = type, TargetId = target };
    }

    private static MessageContent Reaction(SendRequest request, SendChecks checks)
    {
        var reaction = checks.Object(request.Body, "reaction", "message");
        checks.OnlyKeys(reaction, "reaction", "message_id", "emoji");
        var target = checks.Text(reaction, "message_id", "reaction", 512) ?? "";
        var emoji = SendChecks.Member(reaction, "emoji") is { ValueKind: JsonValueKind.String } found
            ? found.GetString()!
            : null;
        if (emoji is null)
        {
            checks.Refuse(131008, "The parameter reaction['emoji'] is required.");
        }
        else if (emoji.Length > 0 && (new StringInfo(emoji).LengthInTextElements != 1 || char.IsAsciiLetterOrDigit(emoji[0])))
        {
            checks.Refuse(131009, "Param reaction['emoji'] must be one emoji.");
        }

        if (request.ReplyTo is not null)
        {
            checks.Refuse(131009, "A reaction takes no context.");
        }

        return new MessageContent { Kind = "reaction", Reaction = new ReactionPart(target, emoji ?? "") };
    }
}
