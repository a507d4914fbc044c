using System.Globalization;
using System.Text.Json;
using WaConsole.CloudApi;

namespace WaConsole.Core.Templates;

/// <summary>A file as WhatsApp knows it, with the name a document shows.</summary>
internal sealed record WhatsAppFile(string WhatsAppMediaId, string? FileName);

/// <summary>
/// Pure: definition and values to the wire's template. Every field that must be filled in becomes a parameter; what is optional and
/// empty stays out. Files by our own id.
/// </summary>
internal static class BuildTemplateMessage
{
    public static OutboundContent.Template Run(TemplateView template, TemplateValues values, IReadOnlyDictionary<long, WhatsAppFile> files)
    {
        var filled = new Filled(template.FieldsFor(values.Cards), values, files);
        List<TemplateComponent> components = [.. Head(filled, template.HeaderKind, prefix: "")];
        if (values.Texts.GetValueOrDefault(ReadTemplateParts.OfferEnd) is { } end && template.Offer is { Ends: true })
        {
            components.Add(new TemplateComponent.LimitedTimeOffer(
                TemplateValueRules.MomentOf(end) ?? throw new InvalidOperationException("The end of the offer cannot be read.")));
        }

        components.AddRange(Buttons(filled, template.Buttons, prefix: ""));
        if (template.Cards.Count > 0)
        {
            components.Add(new TemplateComponent.Carousel([.. Enumerable.Range(0, TemplateCards.Count(template, values.Cards)).Select(index =>
            {
                var card = TemplateCards.At(template, index);
                var prefix = TemplateCards.Prefix(index);
                return (IReadOnlyList<TemplateComponent>)[.. Head(filled, card.HeaderKind, prefix), .. Buttons(filled, card.Buttons, prefix)];
            })]));
        }

        return new OutboundContent.Template(template.Name, template.Language, components);
    }

    private static IEnumerable<TemplateComponent> Head(Filled filled, string? headerKind, string prefix)
    {
        if (Header(filled, headerKind, prefix) is { } header)
        {
            yield return new TemplateComponent.Header(header);
        }

        var body = filled.Texts(prefix + "body.");
        if (body.Count > 0)
        {
            yield return new TemplateComponent.Body(body);
        }
    }

    private static TemplateParameter? Header(Filled filled, string? kind, string prefix) => kind switch
    {
        "TEXT" => filled.Texts(prefix + "header.") is [var text] ? text : null,
        "IMAGE" => new TemplateParameter.Image(filled.File(prefix).Media),
        "VIDEO" => new TemplateParameter.Video(filled.File(prefix).Media),
        "DOCUMENT" => filled.File(prefix) is var (media, name) ? new TemplateParameter.Document(media, name) : null,
        "LOCATION" => filled.Place(),
        "PRODUCT" => new TemplateParameter.Product(filled.Value(prefix + "header.product"), filled.Value(ReadTemplateParts.Catalogue)),
        _ => null,
    };

    private static IEnumerable<TemplateComponent> Buttons(
        Filled filled, IReadOnlyList<Conversations.TemplateButton> buttons, string prefix)
    {
        for (var index = 0; index < buttons.Count; index++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}button.{index}");
            if (Button(filled, buttons[index], index, key) is { } component)
            {
                yield return component;
            }
        }
    }

    private static TemplateComponent? Button(Filled filled, Conversations.TemplateButton button, int index, string key) => button.Kind switch
    {
        "QUICK_REPLY" => filled.Optional(key) is { } payload ? new TemplateComponent.QuickReplyButton(index, payload) : null,
        "URL" => filled.Has(key) ? new TemplateComponent.UrlButton(index, filled.Value(key)) : null,
        "OTP" => filled.Code() is { } code ? new TemplateComponent.UrlButton(index, code) : null,
        "COPY_CODE" => new TemplateComponent.CopyCodeButton(index, filled.Value(key)),
        "FLOW" => (filled.Optional(key + ".token"), filled.Json(key + ".data")) is var (token, data) && (token is not null || data is not null)
            ? new TemplateComponent.FlowButton(index, token, data)
            : null,
        "CATALOG" => filled.Optional(key) is { } product ? new TemplateComponent.CatalogButton(index, product) : null,
        "MPM" => Products(filled, index),
        "VOICE_CALL" => (filled.Optional(key + ".minutes"), filled.Optional(key)) is var (minutes, payload) && (minutes is not null || payload is not null)
            ? new TemplateComponent.VoiceCallButton(index, minutes is null ? null : int.Parse(minutes, CultureInfo.InvariantCulture), payload)
            : null,
        "ORDER_DETAILS" => new TemplateComponent.OrderDetailsButton(
            index, filled.Json(key) ?? throw new InvalidOperationException("The order details are missing.")),
        _ => null,
    };

    /// <summary>The first product lends the picture.</summary>
    private static TemplateComponent.ProductsButton Products(Filled filled, int index)
    {
        var sections = filled.Sections();
        return new TemplateComponent.ProductsButton(
            index, sections[0].ProductIds[0], [.. sections.Select(section => new ProductSection(section.Title, section.ProductIds))]);
    }

    private sealed class Filled(IReadOnlyList<TemplateField> fields, TemplateValues values, IReadOnlyDictionary<long, WhatsAppFile> files)
    {
        public bool Has(string key) => fields.Any(field => field.Key == key);

        public string Value(string key) => Optional(key) ?? throw new InvalidOperationException("A template value is missing.");

        public string? Optional(string key) => values.Texts.GetValueOrDefault(key) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

        public string? Code() =>
            fields.FirstOrDefault(field => field.Kind == TemplateFieldKind.OneTimeCode) is { } field ? Value(field.Key) : null;

        public JsonElement? Json(string key)
        {
            if (Optional(key) is not { } text)
            {
                return null;
            }

            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }

        public IReadOnlyList<TemplateParameter> Texts(string prefix) =>
        [
            .. fields
                .Where(field => field.Kind is TemplateFieldKind.Text or TemplateFieldKind.OneTimeCode && field.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(field => (Field: field, Name: field.Key[prefix.Length..]))
                .Select(pair => new TemplateParameter.Text(Value(pair.Field.Key), TemplateDefinition.IsPosition(pair.Name) ? null : pair.Name)),
        ];

        public (MediaRef Media, string? Name) File(string prefix)
        {
            var id = values.FileOf(prefix + TemplateField.HeaderMedia);
            return id is { } file && files.TryGetValue(file, out var known)
                ? (new MediaRef.Id(known.WhatsAppMediaId), known.FileName)
                : throw new InvalidOperationException("A header's file is missing.");
        }

        public TemplateParameter.Location Place()
        {
            var place = values.HeaderLocation ?? throw new InvalidOperationException("The header location is missing.");
            return new TemplateParameter.Location(place.Latitude, place.Longitude, place.Name, place.Address);
        }

        public IReadOnlyList<TemplateProducts> Sections() =>
            values.Sections is [{ ProductIds.Count: > 0 }, ..] sections ? sections : throw new InvalidOperationException("The products are missing.");
    }
}
