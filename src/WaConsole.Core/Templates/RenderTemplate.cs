using System.Globalization;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

/// <summary>Pure: what the customer will see, for the preview and for the bubble.</summary>
public static class RenderTemplate
{
    /// <summary>Fields not filled in yet show as their placeholder.</summary>
    /// <param name="files">The files of cards, by their id; one that is not there shows as its kind.</param>
    public static MessageContent.SentTemplate Run(
        TemplateView template, TemplateValues values, IReadOnlyDictionary<long, SentFile>? files = null) => new(
        template.Name,
        template.Language,
        template.Category,
        template.HeaderText is { } header ? Fill(header, "header.", values) : null,
        Fill(template.Body, "body.", values),
        template.Footer,
        [.. template.Buttons.Select((button, index) => button with { Target = Target(template, button, index, "", values) })],
        template.HeaderKind == "LOCATION" ? values.HeaderLocation : null)
        {
            HeaderKind = template.HeaderKind,
            Product = template.HeaderKind == "PRODUCT" ? Product("", values) : null,
            Offer = template.Offer is { } offer ? new SentOffer(offer.Text, EndOf(offer, values)) : null,
            Cards = template.Cards.Count == 0
            ? null
            : [.. Enumerable.Range(0, TemplateCards.Count(template, values.Cards)).Select(index => Card(template, index, values, files))],
            Sections = values.Sections is { Count: > 0 } sections && template.Buttons.Any(button => button.Kind == "MPM")
            ? [.. sections.Select(section => new ChoiceSection(section.Title, [.. section.ProductIds.Select(id => new ChoiceRow(id, null))]))]
            : null,
        };

    private static SentTemplateCard Card(TemplateView template, int index, TemplateValues values, IReadOnlyDictionary<long, SentFile>? files)
    {
        var card = TemplateCards.At(template, index);
        var prefix = TemplateCards.Prefix(index);
        return new SentTemplateCard(
            card.HeaderKind,
            card.HeaderKind == "PRODUCT" ? Product(prefix, values) : null,
            values.FileOf(prefix + TemplateField.HeaderMedia) is { } file ? files?.GetValueOrDefault(file) : null,
            Fill(card.Body, prefix + "body.", values),
            [.. card.Buttons.Select((button, at) => button with { Target = Target(template, button, at, prefix, values) })]);
    }

    private static SentProduct? Product(string prefix, TemplateValues values) =>
        values.Texts.GetValueOrDefault(prefix + "header.product") is { Length: > 0 } id
            ? new SentProduct(values.Texts.GetValueOrDefault(ReadTemplateParts.Catalogue) ?? "", id)
            : null;

    private static DateTime? EndOf(TemplateOfferView offer, TemplateValues values) =>
        offer.Ends && TemplateValueRules.MomentOf(values.Texts.GetValueOrDefault(ReadTemplateParts.OfferEnd)) is { } end ? end.UtcDateTime : null;

    private static string Fill(string text, string place, TemplateValues values) =>
        TemplateDefinition.Fill(text, name => values.Texts.GetValueOrDefault(place + name));

    private static string? Target(TemplateView template, TemplateButton button, int index, string prefix, TemplateValues values)
    {
        var value = values.Texts.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{prefix}button.{index}"));
        return button.Kind switch
        {
            "URL" when button.Target is { } url => TemplateDefinition.Fill(url, _ => value),
            "COPY_CODE" => value,
            "OTP" => template.Fields.FirstOrDefault(field => field.Kind == TemplateFieldKind.OneTimeCode) is { } code
                ? values.Texts.GetValueOrDefault(code.Key)
                : null,
            _ => button.Target,
        };
    }
}
