using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>The <c>interactive</c> object of a message, property by property.</summary>
internal sealed record WireInteractive
{
    public required string Type { get; init; }

    public WireHeader? Header { get; init; }

    public WireBody? Body { get; init; }

    public WireBody? Footer { get; init; }

    public required WireAction Action { get; init; }

    public static WireInteractive From(InteractiveContent content) => content switch
    {
        InteractiveContent.Buttons it => Of(it, it.Body, it.Header, it.Footer, new()
        {
            Buttons = [.. it.Choices.Select(choice => new WireButton("reply") { Reply = new(choice.Id, choice.Title) })],
        }),
        InteractiveContent.List it => Of(it, it.Body, TextHeader(it.Header), it.Footer, new()
        {
            Button = it.Button,
            Sections = [.. it.Sections.Select(section => new WireSection(section.Title)
            {
                Rows = [.. section.Rows.Select(row => new WireRow(row.Id, row.Title, row.Description))],
            })],
        }),
        InteractiveContent.Link it => Of(it, it.Body, it.Header, it.Footer, WireAction.Link(it.Label, it.Url)),
        InteractiveContent.LocationRequest it => Of(it, it.Body, new() { Name = "send_location" }),
        InteractiveContent.ContactInfoRequest it => Of(it, it.Body, new() { Name = "request_contact_info" }),
        InteractiveContent.Flow it => Of(it, it.Body, it.Header, it.Footer, new()
        {
            Name = "flow",
            Parameters = WireFlow.From(it.Call),
        }),
        InteractiveContent.VoiceCall it => Of(it, it.Body, new()
        {
            Name = "voice_call",
            Parameters = new WireVoiceCall(it.Label, it.TtlMinutes, it.Payload),
        }),
        InteractiveContent.CallPermissionRequest it => Of(it, it.Body, new() { Name = "call_permission_request" }),
        InteractiveContent.AddressRequest it => Of(it, it.Body, new()
        {
            Name = "address_message",
            Parameters = new WireAddressRequest(it.Country, it.Values, it.SavedAddresses, it.ValidationErrors),
        }),
        InteractiveContent.Product it => Of(it, it.Body, header: null, it.Footer, new()
        {
            CatalogId = it.CatalogId,
            ProductRetailerId = it.ProductRetailerId,
        }),
        InteractiveContent.ProductList it => Of(it, it.Body, TextHeader(it.Header), it.Footer, new()
        {
            CatalogId = it.CatalogId,
            Sections = [.. it.Sections.Select(WireSection.From)],
        }),
        InteractiveContent.Catalog it => Of(it, it.Body, header: null, it.Footer, new()
        {
            Name = "catalog_message",
            Parameters = it.ThumbnailProductRetailerId is { } product ? new WireThumbnail(product) : null,
        }),
        InteractiveContent.MediaCarousel it => Of(it, it.Body, new() { Cards = [.. it.Cards.Select(WireCard.From)] }),
        InteractiveContent.ProductCarousel it => Of(it, it.Body, new()
        {
            Cards = [.. it.ProductRetailerIds.Select((product, index) => new WireCard(index, "product")
            {
                Action = new() { CatalogId = it.CatalogId, ProductRetailerId = product },
            })],
        }),
        InteractiveContent.OrderDetails it => Of(it, it.Body, it.Header, it.Footer, new()
        {
            Name = "review_and_pay",
            Parameters = it.Parameters,
        }),
        InteractiveContent.OrderStatus it => Of(it, it.Body, header: null, it.Footer, new()
        {
            Name = "review_order",
            Parameters = it.Parameters,
        }),
        _ => throw new NotSupportedException($"No wire form for {content.Type}."),
    };

    private static WireInteractive Of(InteractiveContent content, string? body, WireAction action) =>
        Of(content, body, header: null, footer: null, action);

    private static WireInteractive Of(
        InteractiveContent content, string? body, InteractiveHeader? header, string? footer, WireAction action) => new()
        {
            Type = content.Type,
            Header = header is null ? null : WireHeader.From(header),
            Body = body is null ? null : new(body),
            Footer = footer is null ? null : new(footer),
            Action = action,
        };

    private static InteractiveHeader.Text? TextHeader(string? text) => text is null ? null : new(text);
}

internal sealed record WireBody(string Text);

internal sealed record WireHeader(string Type)
{
    public string? Text { get; init; }

    public WireMedia? Image { get; init; }

    public WireMedia? Video { get; init; }

    public WireMedia? Document { get; init; }

    public static WireHeader From(InteractiveHeader header) => header switch
    {
        InteractiveHeader.Text text => new("text") { Text = text.Value },
        InteractiveHeader.Image image => new("image") { Image = WireMedia.From(image.Media) },
        InteractiveHeader.Video video => new("video") { Video = WireMedia.From(video.Media) },
        InteractiveHeader.Document file => new("document")
        {
            Document = WireMedia.From(file.Media) with { Filename = file.FileName },
        },
        _ => throw new NotSupportedException($"No wire form for {header.GetType().Name}."),
    };
}

/// <summary>What the tap does: which properties are set depends on the kind.</summary>
internal sealed record WireAction
{
    public string? Name { get; init; }

    public string? Button { get; init; }

    public IReadOnlyList<WireButton>? Buttons { get; init; }

    public string? CatalogId { get; init; }

    public string? ProductRetailerId { get; init; }

    public IReadOnlyList<WireSection>? Sections { get; init; }

    public IReadOnlyList<WireCard>? Cards { get; init; }

    /// <summary>One of the records below, or an object of Meta's as given.</summary>
    public object? Parameters { get; init; }

    public static WireAction Link(string label, Uri url) => new()
    {
        Name = "cta_url",
        Parameters = new WireLink(label, url.AbsoluteUri),
    };
}

internal sealed record WireButton(string Type)
{
    public WireReply? Reply { get; init; }

    public WireReply? QuickReply { get; init; }
}

internal sealed record WireReply(string Id, string Title);

internal sealed record WireSection(string? Title)
{
    public IReadOnlyList<WireRow>? Rows { get; init; }

    public IReadOnlyList<WireProduct>? ProductItems { get; init; }

    public static WireSection From(ProductSection section) => new(section.Title)
    {
        ProductItems = [.. section.ProductRetailerIds.Select(product => new WireProduct(product))],
    };
}

internal sealed record WireRow(string Id, string Title, string? Description);

internal sealed record WireProduct(string ProductRetailerId, string? CatalogId = null);

internal sealed record WireLink(string DisplayText, string Url);

internal sealed record WireThumbnail(string ThumbnailProductRetailerId);

internal sealed record WireVoiceCall(string? DisplayText, int? TtlMinutes, string? Payload);

internal sealed record WireAddressRequest(
    string Country,
    IReadOnlyDictionary<string, string>? Values,
    IReadOnlyList<SavedAddress>? SavedAddresses,
    IReadOnlyDictionary<string, string>? ValidationErrors);

internal sealed record WireFlow
{
    public string FlowMessageVersion => "3";

    public string? FlowToken { get; init; }

    public string? FlowId { get; init; }

    public string? FlowName { get; init; }

    public required string FlowCta { get; init; }

    public string? Mode { get; init; }

    public required string FlowAction { get; init; }

    public WireFlowPayload? FlowActionPayload { get; init; }

    public static WireFlow From(FlowCall call) => new()
    {
        FlowToken = call.Token,
        FlowId = call.Id,
        FlowName = call.Id is null ? call.Name : null,
        FlowCta = call.Label,
        Mode = call.IsDraft ? "draft" : null,
        FlowAction = call.Screen is null ? "data_exchange" : "navigate",
        FlowActionPayload = call.Screen is { } screen ? new(screen, call.Data) : null,
    };
}

internal sealed record WireFlowPayload(string Screen, JsonElement? Data);

internal sealed record WireCard(int CardIndex, string Type)
{
    public WireHeader? Header { get; init; }

    public WireBody? Body { get; init; }

    public required WireAction Action { get; init; }

    public static WireCard From(MediaCard card, int index) => new(index, "cta_url")
    {
        Header = WireHeader.From(card.Media),
        Body = card.Body is { } body ? new(body) : null,
        Action = card switch
        {
            MediaCard.Link link => WireAction.Link(link.Label, link.Url),
            MediaCard.QuickReplies replies => new()
            {
                Buttons = [.. replies.Choices.Select(
                    choice => new WireButton("quick_reply") { QuickReply = new(choice.Id, choice.Title) })],
            },
            _ => throw new NotSupportedException($"No wire form for {card.GetType().Name}."),
        },
    };
}
