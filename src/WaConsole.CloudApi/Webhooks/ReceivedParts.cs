using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>A contact card as a customer sent it. Every part may be missing.</summary>
/// <param name="VCard">The card as text (RFC 6350); with it often nothing but phones.</param>
public sealed record ReceivedContact(
    string? FormattedName,
    string? FirstName,
    string? LastName,
    IReadOnlyList<ContactPhone> Phones,
    IReadOnlyList<ContactEmail> Emails,
    IReadOnlyList<ContactAddress> Addresses,
    ContactOrganisation? Org,
    string? Birthday,
    IReadOnlyList<ContactUrl> Urls,
    string? VCard);

/// <summary>Where a customer came from.</summary>
/// <param name="SourceType"><c>ad</c> or <c>post</c>.</param>
/// <param name="MediaUrl">Picture or video of the ad.</param>
/// <param name="CtwaClid">Meta's id of the click; missing for ads in Status.</param>
/// <param name="Welcome">What the ad greeted with.</param>
public sealed record MessageReferral(
    string? SourceType,
    string? SourceId,
    string? SourceUrl,
    string? Headline,
    string? Body,
    string? MediaType,
    string? MediaUrl,
    string? ThumbnailUrl,
    string? CtwaClid,
    string? Welcome,
    string? Ref);

/// <summary>A cart. It cannot change after it was sent.</summary>
/// <param name="Text">What the customer wrote beside it.</param>
public sealed record ReceivedOrder(string? CatalogId, string? Text, IReadOnlyList<OrderLine> Lines);

/// <param name="ItemPrice">As the customer saw it, in whole and parts of the currency.</param>
public sealed record OrderLine(string? ProductRetailerId, decimal? Quantity, decimal? ItemPrice, string? Currency);

internal static class OrderReading
{
    public static ReceivedOrder Read(JsonElement order)
    {
        var lines = new List<OrderLine>();
        foreach (var line in order.Items("product_items"u8))
        {
            lines.Add(new(
                line.Text("product_retailer_id"u8),
                line.Decimal("quantity"u8),
                line.Decimal("item_price"u8),
                line.Text("currency"u8)));
        }

        return new(order.Text("catalog_id"u8), order.Text("text"u8), lines);
    }
}

internal static class ReferralReading
{
    public static MessageReferral Read(JsonElement referral) => new(
        referral.Text("source_type"u8),
        referral.Text("source_id"u8),
        referral.Text("source_url"u8),
        referral.Text("headline"u8),
        referral.Text("body"u8),
        referral.Text("media_type"u8),
        referral.Text("image_url"u8) ?? referral.Text("video_url"u8),
        referral.Text("thumbnail_url"u8),
        referral.Text("ctwa_clid"u8),
        referral.Object("welcome_message"u8)?.Text("text"u8),
        referral.Text("ref"u8));
}

internal static class ContactCardReading
{
    public static IReadOnlyList<ReceivedContact> Read(JsonElement message)
    {
        var cards = new List<ReceivedContact>();
        foreach (var card in message.Items("contacts"u8))
        {
            cards.Add(Card(card));
        }

        return cards;
    }

    private static ReceivedContact Card(JsonElement card)
    {
        var name = card.Object("name"u8);
        return new(
            name?.Text("formatted_name"u8),
            name?.Text("first_name"u8),
            name?.Text("last_name"u8),
            List(card, "phones"u8, phone => phone.Text("phone"u8) is { } number
                ? new ContactPhone(number, phone.Text("type"u8), phone.Text("wa_id"u8))
                : null),
            List(card, "emails"u8, email => email.Text("email"u8) is { } address
                ? new ContactEmail(address, email.Text("type"u8))
                : null),
            List(card, "addresses"u8, address => new ContactAddress(
                address.Text("street"u8),
                address.Text("city"u8),
                address.Text("state"u8),
                address.Text("zip"u8),
                address.Text("country"u8),
                address.Text("country_code"u8),
                address.Text("type"u8))),
            card.Object("org"u8) is { } org
                ? new(org.Text("company"u8), org.Text("department"u8), org.Text("title"u8))
                : null,
            card.Text("birthday"u8),
            List(card, "urls"u8, url => url.Text("url"u8) is { } address
                ? new ContactUrl(address, url.Text("type"u8))
                : null),
            card.Text("vcard"u8));
    }

    private static List<T> List<T>(JsonElement card, ReadOnlySpan<byte> name, Func<JsonElement, T?> read)
        where T : class
    {
        var list = new List<T>();
        foreach (var item in card.Items(name))
        {
            if (read(item) is { } found)
            {
                list.Add(found);
            }
        }

        return list;
    }
}
