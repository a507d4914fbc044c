using System.Text.Json;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Pure: what a bubble draws of a received message beyond text and file. Whatever cannot be read is left out; the raw item keeps it.
/// </summary>
internal static class ReceivedContent
{
    private const int MaxList = 200;

    /// <summary>A cart is the customer's to write: past this its sums would overflow when they are drawn.</summary>
    private const decimal MaxAmount = 1_000_000_000_000m;

    public static MessageKind KindOf(MessageItem item) => item.Kind switch
    {
        CloudApi.MessageKind.Text => MessageKind.Text,
        CloudApi.MessageKind.Image => MessageKind.Image,
        CloudApi.MessageKind.Video => MessageKind.Video,
        CloudApi.MessageKind.Audio => MessageKind.Audio,
        CloudApi.MessageKind.Document => MessageKind.Document,
        CloudApi.MessageKind.Sticker => MessageKind.Sticker,
        CloudApi.MessageKind.Location => MessageKind.Location,
        CloudApi.MessageKind.Contacts => MessageKind.Contacts,
        CloudApi.MessageKind.Interactive => MessageKind.Interactive,
        CloudApi.MessageKind.Button => MessageKind.Button,
        CloudApi.MessageKind.Order => MessageKind.Order,
        CloudApi.MessageKind.System => MessageKind.System,
        CloudApi.MessageKind.Unsupported => MessageKind.Unsupported,
        _ when item is EchoItem { Type: "template" } => MessageKind.Template,
        _ => MessageKind.Unknown,
    };

    public static MessageContent? Of(MessageItem item)
    {
        try
        {
            return OfEcho(item) ?? OfKind(item) ?? OfContext(item);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>What our people sent from elsewhere carries interactive messages and templates as they are sent.</summary>
    private static MessageContent? OfEcho(MessageItem item)
    {
        if (item is not EchoItem { Type: "interactive" or "template", RawJson: { } raw })
        {
            return null;
        }

        using var document = JsonDocument.Parse(raw);
        return SentContent.Of(Member(document.RootElement, "message") ?? document.RootElement);
    }

    private static MessageContent? OfKind(MessageItem item) => item switch
    {
        { Location: { } spot } => new MessageContent.Location(
            spot.Latitude, spot.Longitude, StoredText.CleanOrNull(spot.Name), StoredText.CleanOrNull(spot.Address)),
        { ContactsJson: { } cards } => new MessageContent.ContactCards(ReadCards(cards), item.ContactsOrigin),
        { Interactive.ResponseJson: { } answers, Interactive.Kind: "nfm_reply" } => new MessageContent.FormAnswers(ReadAnswers(answers)),
        { Interactive: { Kind: "call_permission_reply", ResponseJson: { } permission } } => ReadPermission(permission),
        { Interactive: { Title: null, Id: null } unknown } => new MessageContent.Unsupported(unknown.Kind, null, null),
        { Interactive: { } reply } => new MessageContent.Choice(reply.Id ?? "", reply.Title ?? "", reply.Description),
        { Button: { } button } => new MessageContent.Choice(button.Payload ?? "", button.Text ?? "", null),
        { OrderJson: { } order } => ReadOrder(order),
        { System: { } notice } => new MessageContent.Notice(notice.Type ?? "", StoredText.CleanOrNull(notice.Body)),
        { Kind: CloudApi.MessageKind.Audio, Media: { } audio } => new MessageContent.Voice(audio.Voice, null),
        { Kind: CloudApi.MessageKind.Sticker, Media: { } sticker } => new MessageContent.StickerInfo(sticker.Animated),
        { Kind: CloudApi.MessageKind.Unsupported or CloudApi.MessageKind.Unknown or CloudApi.MessageKind.MediaPlaceholder } =>
            Unsupported(item),
        _ => null,
    };

    private static MessageContent.Unsupported Unsupported(MessageItem item)
    {
        var error = item.Errors.Count > 0 ? item.Errors[0] : null;
        return new MessageContent.Unsupported(
            item.UnsupportedType ?? item.Type,
            error?.Code,
            StoredText.CleanOrNull(error?.Details ?? error?.Message ?? error?.Title));
    }

    private static MessageContent? OfContext(MessageItem item) => item switch
    {
        { Context.ReferredProduct: { } product } =>
            new MessageContent.ProductQuestion(product.CatalogId ?? "", product.ProductRetailerId ?? ""),
        { ReferralJson: { } referral } => ReadReferral(referral),
        _ => null,
    };

    public static MessageContent.Referral? ReadReferral(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new MessageContent.Referral(
            Text(root, "headline"), Text(root, "body"), Text(root, "source_url"), Text(root, "source_type"));
    }

    private static MessageContent.CallPermission ReadPermission(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var end = Number(root, "expiration_timestamp");
        return new MessageContent.CallPermission(
            Text(root, "response") == "accept",
            Member(root, "is_permanent") is { ValueKind: JsonValueKind.True },
            end is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds((long)end).UtcDateTime : null);
    }

    private static List<ContactCard> ReadCards(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateArray().Take(MaxList).Select(card => new ContactCard(
            (Member(card, "name") is { } name ? Text(name, "formatted_name") ?? Text(name, "first_name") : null) ?? NameOnVCard(card) ?? "",
            Texts(card, "phones", "phone"),
            Texts(card, "emails", "email"),
            Member(card, "org") is { } org ? Text(org, "company") : null)).ToList();
    }

    /// <summary>A card sent on request may hold nothing but a vCard (Meta, "Contact info request", July 2026). Its name is the line FN.</summary>
    private static string? NameOnVCard(JsonElement card) => Text(card, "vcard")?
        .Split('\n', StringSplitOptions.TrimEntries)
        .FirstOrDefault(line => line.StartsWith("FN:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("FN;", StringComparison.OrdinalIgnoreCase)) is { } line
        && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            ? StoredText.CleanOrNull(line[(colon + 1)..])
            : null;

    private static List<FormAnswer> ReadAnswers(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = Member(document.RootElement, "values") is { ValueKind: JsonValueKind.Object } address ? address : document.RootElement;
        return root.EnumerateObject()
            .Where(answer => answer.Name is not ("flow_token" or "saved_address_id"))
            .Take(MaxList)
            .Select(answer => new FormAnswer(StoredText.Clean(answer.Name), StoredText.Clean(AsText(answer.Value))))
            .ToList();
    }

    private static MessageContent.Order ReadOrder(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var lines = Member(root, "product_items") is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Take(MaxList).Select(line => new OrderLine(
                Text(line, "product_retailer_id") ?? "",
                (int)Math.Clamp(Number(line, "quantity"), 0, int.MaxValue),
                Math.Clamp(Number(line, "item_price"), -MaxAmount, MaxAmount),
                Text(line, "currency") ?? "")).ToList()
            : [];
        return new MessageContent.Order(Text(root, "catalog_id") ?? "", Text(root, "text"), lines);
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is { } value ? StoredText.CleanOrNull(AsText(value)) : null;

    private static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(AsText)),
        _ => value.GetRawText(),
    };

    /// <summary>WhatsApp writes numbers as numbers or as texts.</summary>
    private static decimal Number(JsonElement owner, string name) =>
        decimal.TryParse(Text(owner, name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static List<string> Texts(JsonElement owner, string list, string name) =>
        Member(owner, list) is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Take(MaxList).Select(item => Text(item, name)).OfType<string>().ToList()
            : [];
}
