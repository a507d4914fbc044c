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

    private static JsonElement ToElement(TemplateComponent component) => component is TemplateComponent.Raw raw
        ? raw.Value
        : JsonSerializer.SerializeToElement(WireComponent.From(component), WireJson.Readable.WireComponent);
}

internal sealed record WireLanguage(string Code);

internal sealed record WireComponent
{
    public required string Type { get; init; }

    public string? SubType { get; init; }

    public string? Index { get; init; }

    public required IReadOnlyList<WireParameter> Parameters { get; init; }

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
            Button("quick_reply", button.Index, new() { Type = "payload", Payload = button.Payload }),
        TemplateComponent.UrlButton button =>
            Button("url", button.Index, new() { Type = "text", Text = button.Suffix }),
        TemplateComponent.CopyCodeButton button =>
            Button("copy_code", button.Index, new() { Type = "coupon_code", CouponCode = button.Code }),
        _ => throw new NotSupportedException($"No wire form for {component.GetType().Name}."),
    };

    private static WireComponent Button(string subType, int index, WireParameter parameter) => new()
    {
        Type = "button",
        SubType = subType,
        Index = index.ToString(CultureInfo.InvariantCulture),
        Parameters = [parameter],
    };
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
