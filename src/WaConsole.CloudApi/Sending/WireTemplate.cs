using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.CloudApi;

internal sealed record WireTemplate(string Name, WireLanguage Language, IReadOnlyList<JsonElement>? Components)
{
    public static WireTemplate From(OutboundContent.Template template) => new(
        template.Name,
        new(template.Language),
        template.Components is { Count: > 0 } components ? [.. components.Select(ToElement)] : null);

    public static JsonElement ToElement(TemplateComponent component) => component is TemplateComponent.Raw raw
        ? raw.Value
        : JsonSerializer.SerializeToElement(WireComponent.From(component), WireJson.Readable.WireComponent);
}

internal sealed record WireLanguage(string Code);

internal sealed record WireComponent
{
    public required string Type { get; init; }

    public string? SubType { get; init; }

    public string? Index { get; init; }

    public IReadOnlyList<WireParameter>? Parameters { get; init; }

    public IReadOnlyList<WireTemplateCard>? Cards { get; init; }

    public static WireComponent From(TemplateComponent component) => component switch
    {
        TemplateComponent.Header header => new()
        {
            Type = "header",
            Parameters = [WireParameter.From(header.Parameter)],
        },
        TemplateComponent.Body body => new()
        {
            Type = "body",
            Parameters = [.. body.Parameters.Select(WireParameter.From)],
        },
        TemplateComponent.QuickReplyButton button =>
            Button("quick_reply", button.Index, new WireParameter { Type = "payload", Payload = button.Payload }),
        TemplateComponent.UrlButton button =>
            Button("url", button.Index, new WireParameter { Type = "text", Text = button.Suffix }),
        TemplateComponent.CopyCodeButton button =>
            Button("copy_code", button.Index, new WireParameter { Type = "coupon_code", CouponCode = button.Code }),
        TemplateComponent.FlowButton button => Button(
            "flow", button.Index, Act(new() { FlowToken = button.Token, FlowActionData = button.Data })),
        TemplateComponent.CatalogButton button => Button(
            "catalog", button.Index, Act(new() { ThumbnailProductRetailerId = button.ThumbnailProductRetailerId })),
        TemplateComponent.ProductsButton button => Button("mpm", button.Index, Act(new()
        {
            ThumbnailProductRetailerId = button.ThumbnailProductRetailerId,
            Sections = [.. button.Sections.Select(WireSection.From)],
        })),
        TemplateComponent.OrderDetailsButton button =>
            Button("order_details", button.Index, Act(new() { OrderDetails = button.Order })),
        TemplateComponent.VoiceCallButton button => Button("voice_call", button.Index, [.. CallParameters(button)]),
        TemplateComponent.LimitedTimeOffer offer => Single("limited_time_offer", new()
        {
            Type = "limited_time_offer",
            LimitedTimeOffer = new(offer.Expires.ToUnixTimeMilliseconds()),
        }),
        TemplateComponent.LinkPreview preview => Single("tap_target_configuration", new()
        {
            Type = "tap_target_configuration",
            TapTargetConfiguration = [new(preview.Url.AbsoluteUri, preview.Title)],
        }),
        TemplateComponent.Carousel carousel => new()
        {
            Type = "carousel",
            Cards = [.. carousel.Cards.Select(
                (parts, index) => new WireTemplateCard(index, [.. parts.Select(WireTemplate.ToElement)]))],
        },
        _ => throw new NotSupportedException($"No wire form for {component.GetType().Name}."),
    };

    private static WireComponent Single(string type, WireParameter parameter) =>
        new() { Type = type, Parameters = [parameter] };

    private static WireComponent Button(string subType, int index, params WireParameter[] parameters) =>
        new()
        {
            Type = "button",
            SubType = subType,
            Index = index.ToString(CultureInfo.InvariantCulture),
            Parameters = parameters,
        };

    private static WireParameter Act(WireTemplateAction action) => new() { Type = "action", Action = action };

    private static IEnumerable<WireParameter> CallParameters(TemplateComponent.VoiceCallButton button)
    {
        if (button.TtlMinutes is { } minutes)
        {
            yield return new() { Type = "ttl_minutes", TtlMinutes = minutes };
        }

        if (button.Payload is { } payload)
        {
            yield return new() { Type = "payload", Payload = payload };
        }
    }
}

internal sealed record WireParameter
{
    public required string Type { get; init; }

    public string? ParameterName { get; init; }

    public string? Text { get; init; }

    public WireMedia? Image { get; init; }

    public WireMedia? Video { get; init; }

    public WireMedia? Document { get; init; }

    public WireLocation? Location { get; init; }

    public WireCurrency? Currency { get; init; }

    public WireDateTime? DateTime { get; init; }

    public string? Payload { get; init; }

    public string? CouponCode { get; init; }

    public WireMedia? Gif { get; init; }

    public WireProduct? Product { get; init; }

    public WireTemplateAction? Action { get; init; }

    public int? TtlMinutes { get; init; }

    public WireOffer? LimitedTimeOffer { get; init; }

    public IReadOnlyList<WireTapTarget>? TapTargetConfiguration { get; init; }

    public static WireParameter From(TemplateParameter parameter) => parameter switch
    {
        TemplateParameter.Text text => new() { Type = "text", ParameterName = text.Name, Text = text.Value },
        TemplateParameter.Image image => new() { Type = "image", Image = WireMedia.From(image.Media) },
        TemplateParameter.Video video => new() { Type = "video", Video = WireMedia.From(video.Media) },
        TemplateParameter.Document file => new()
        {
            Type = "document",
            Document = WireMedia.From(file.Media) with { Filename = file.FileName },
        },
        TemplateParameter.Gif gif => new() { Type = "gif", Gif = WireMedia.From(gif.Media) },
        TemplateParameter.Product product => new()
        {
            Type = "product",
            Product = new(product.ProductRetailerId, product.CatalogId),
        },
        TemplateParameter.Location place => new()
        {
            Type = "location",
            Location = WireLocation.From(place.Latitude, place.Longitude, place.Name, place.Address),
        },
        TemplateParameter.Currency money => new()
        {
            Type = "currency",
            ParameterName = money.Name,
            Currency = new(money.Fallback, money.Code, money.Amount1000),
        },
        TemplateParameter.DateTimeText date => new()
        {
            Type = "date_time",
            ParameterName = date.Name,
            DateTime = new(date.Fallback),
        },
        _ => throw new NotSupportedException($"No wire form for {parameter.GetType().Name}."),
    };
}

internal sealed record WireCurrency(
    string FallbackValue,
    string Code,
    [property: JsonPropertyName("amount_1000")] long Amount1000);

internal sealed record WireDateTime(string FallbackValue);

internal sealed record WireTemplateAction
{
    public string? FlowToken { get; init; }

    public JsonElement? FlowActionData { get; init; }

    public string? ThumbnailProductRetailerId { get; init; }

    public IReadOnlyList<WireSection>? Sections { get; init; }

    public JsonElement? OrderDetails { get; init; }
}

internal sealed record WireTemplateCard(int CardIndex, IReadOnlyList<JsonElement> Components);

internal sealed record WireOffer(long ExpirationTimeMs);

internal sealed record WireTapTarget(string Url, string Title);
