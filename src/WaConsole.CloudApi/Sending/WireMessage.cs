using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.CloudApi;

/// <summary>The body of <c>POST /{phone-number-id}/messages</c>, property by property.</summary>
internal sealed record WireMessage
{
    public string MessagingProduct => "whatsapp";

    public required string RecipientType { get; init; }

    public string? To { get; init; }

    public string? Recipient { get; init; }

    public WireContext? Context { get; init; }

    public string? BizOpaqueCallbackData { get; init; }

    public string? RecipientIdentityKeyHash { get; init; }

    public string? MessagingAccountId { get; init; }

    public string? Category { get; init; }

    public int? TtlSeconds { get; init; }

    public WireDirectSend? DirectSendConfig { get; init; }

    public required string Type { get; init; }

    public WireText? Text { get; init; }

    public WireMedia? Image { get; init; }

    public WireMedia? Video { get; init; }

    public WireMedia? Audio { get; init; }

    public WireMedia? Document { get; init; }

    public WireMedia? Sticker { get; init; }

    public WireLocation? Location { get; init; }

    public IReadOnlyList<ContactCard>? Contacts { get; init; }

    public WireReaction? Reaction { get; init; }

    public WireInteractive? Interactive { get; init; }

    public WireTemplate? Template { get; init; }

    public WirePin? Pin { get; init; }

    /// <summary>Marketing messages only.</summary>
    public string? ProductPolicy { get; init; }

    /// <summary>Marketing messages only.</summary>
    public bool? MessageActivitySharing { get; init; }

    /// <summary>Marketing messages only.</summary>
    public WireBid? BidSpec { get; init; }

    /// <summary>Not <c>init</c>: the generator would want it in a constructor, which extension data refuses.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }

    public static WireMessage From(OutboundMessage message)
    {
        var envelope = new WireMessage
        {
            RecipientType = message.To is Recipient.Group ? "group" : "individual",
            To = message.To switch
            {
                Recipient.Phone phone => phone.E164,
                Recipient.Group group => group.Id,
                _ => null,
            },
            Recipient = (message.To as Recipient.UserId)?.Bsuid,
            Context = message is { ReplyToWamid: { } quoted, Content: not OutboundContent.Reaction }
                ? new(quoted)
                : null,
            BizOpaqueCallbackData = message.CallbackData,
            RecipientIdentityKeyHash = message.RecipientIdentityKeyHash,
            MessagingAccountId = message.MessagingAccountId,
            Category = message.DirectSend?.Category,
            TtlSeconds = message.DirectSend?.TtlSeconds,
            DirectSendConfig = message.DirectSend?.TemplateName is { } name ? new(name) : null,
            Type = message.Content.Type,
        };

        return message.Content switch
        {
            OutboundContent.Text text => envelope with { Text = new(text.Body, text.PreviewUrl ? true : null) },
            OutboundContent.Image image => envelope with { Image = WireMedia.From(image.Media, image.Caption) },
            OutboundContent.Video video => envelope with { Video = WireMedia.From(video.Media, video.Caption) },
            OutboundContent.Audio audio => envelope with
            {
                Audio = WireMedia.From(audio.Media) with { Voice = audio.Voice ? true : null },
            },
            OutboundContent.Document file => envelope with
            {
                Document = WireMedia.From(file.Media, file.Caption) with { Filename = file.FileName },
            },
            OutboundContent.Sticker sticker => envelope with { Sticker = WireMedia.From(sticker.Media) },
            OutboundContent.Location place => envelope with
            {
                Location = WireLocation.From(place.Latitude, place.Longitude, place.Name, place.Address),
            },
            OutboundContent.Contacts contacts => envelope with { Contacts = contacts.Cards },
            OutboundContent.Reaction reaction => envelope with { Reaction = new(reaction.Wamid, reaction.Emoji ?? "") },
            OutboundContent.Interactive interactive => envelope with
            {
                Interactive = WireInteractive.From(interactive.Content),
            },
            OutboundContent.Pin pin => envelope with { Pin = new("pin", pin.Wamid, pin.Days) },
            OutboundContent.Unpin pin => envelope with { Pin = new("unpin", pin.Wamid, null) },
            OutboundContent.Template template => envelope with { Template = WireTemplate.From(template) },
            OutboundContent.Raw raw => envelope with { Rest = new() { [raw.Type] = raw.Value } },
            _ => throw new NotSupportedException($"No wire form for {message.Content.Type}."),
        };
    }
}

internal sealed record WireContext(string MessageId);

internal sealed record WireText(string Body, bool? PreviewUrl);

internal sealed record WireReaction(string MessageId, string Emoji);

internal sealed record WirePin(string Type, string MessageId, int? ExpirationDays);

internal sealed record WireDirectSend(string TemplateName);

internal sealed record WireBid(decimal PerMessageBidMultiplier);

internal sealed record WireMedia
{
    public string? Id { get; init; }

    public string? Link { get; init; }

    public string? Caption { get; init; }

    public string? Filename { get; init; }

    public bool? Voice { get; init; }

    public static WireMedia From(MediaRef media, string? caption = null) => new()
    {
        Id = (media as MediaRef.Id)?.Value,
        Link = (media as MediaRef.Link)?.Value.AbsoluteUri,
        Caption = caption,
    };
}

/// <summary>Latitude and longitude go out as text: that is how Meta's page types them.</summary>
internal sealed record WireLocation(string Latitude, string Longitude, string? Name, string? Address)
{
    public static WireLocation From(double latitude, double longitude, string? name, string? address) =>
        new(Degrees(latitude), Degrees(longitude), name, address);

    private static string Degrees(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}

/// <summary>Marking as read goes to the same address as sending.</summary>
internal sealed record WireReadMark(string MessageId, WireTyping? TypingIndicator)
{
    public string MessagingProduct => "whatsapp";

    public string Status => "read";
}

internal sealed record WireTyping(string Type);
