using System.Globalization;
using System.Text.Json;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates;

/// <summary>
/// Pure: whether everything is filled in and legal. WhatsApp refuses blank values, line breaks, tabs and more than four spaces in a
/// row (Meta, Template messages, 2026: 132000, 132007, 132018), and texts too long after filling in (132005).
/// </summary>
internal static class TemplateValueRules
{
    private const int MostProducts = 30;
    private const int MostSections = 10;
    private const int TitleLimit = 24;
    private const int LongestCall = 43_200;
    private const int ReferenceLimit = 35;

    /// <param name="nowUtc">An offer that has ended is refused; null leaves that open, for a preview.</param>
    /// <returns>The first thing to mend, in words, or null.</returns>
    public static string? Problem(TemplateView template, TemplateValues values, DateTime? nowUtc = null)
    {
        if (template.CardsMayGrow && values.Cards is { } cards && (cards < TemplateCards.Fewest || cards > TemplateCards.Most))
        {
            return Texts.Templates.Of("CardsCount", TemplateCards.Fewest, TemplateCards.Most);
        }

        return template.FieldsFor(values.Cards).Select(field => Problem(field, values, nowUtc)).FirstOrDefault(problem => problem is not null)
            ?? LengthProblem(template, values);
    }

    /// <returns>What is wrong with one field, in words, or null.</returns>
    public static string? Problem(TemplateField field, TemplateValues values, DateTime? nowUtc) => field.Kind switch
    {
        _ when field.IsFile => values.FileOf(field.Key) is null ? Missing(field) : null,
        TemplateFieldKind.Location => values.HeaderLocation switch
        {
            null => Missing(field),
            { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 } => null,
            _ => Texts.Templates.Of("LocationRange"),
        },
        TemplateFieldKind.Products => ProductsProblem(field, values.Sections ?? []),
        _ => ValueProblem(field, values.Texts.GetValueOrDefault(field.Key), nowUtc),
    };

    public static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    /// <returns>Which text is too long once it is filled in, in words, or null.</returns>
    public static string? LengthProblem(TemplateView template, TemplateValues values)
    {
        var shown = RenderTemplate.Run(template, values);
        if (shown.HeaderText?.Length > TemplateDefinition.HeaderLimit)
        {
            return Texts.Templates.Of("HeaderTooLong", shown.HeaderText.Length, TemplateDefinition.HeaderLimit);
        }

        if (shown.Body.Length > template.BodyLimit)
        {
            return Texts.Templates.Of("BodyTooLong", shown.Body.Length, template.BodyLimit);
        }

        var cards = shown.Cards ?? [];
        for (var index = 0; index < cards.Count; index++)
        {
            if (cards[index].Body.Length > TemplateDefinition.ShortBodyLimit)
            {
                return Texts.Templates.Of("CardTooLong", index + 1, cards[index].Body.Length, TemplateDefinition.ShortBodyLimit);
            }
        }

        return null;
    }

    private static string? ValueProblem(TemplateField field, string? value, DateTime? nowUtc)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return field.Required ? Missing(field) : null;
        }

        if (field.Kind is TemplateFieldKind.FormData or TemplateFieldKind.OrderDetails)
        {
            return JsonProblem(field, value);
        }

        if (value.AsSpan().ContainsAny("\r\n\t\v\f\u0085\u2028\u2029") || value.Contains("     ", StringComparison.Ordinal))
        {
            return Texts.Templates.Of("LineBreaks", field.Label);
        }

        if (value.Length > field.MaxLength)
        {
            return Texts.Templates.Of("TooLong", field.Label, value.Length, field.MaxLength);
        }

        return field.Kind switch
        {
            TemplateFieldKind.CopyCode when !value.All(char.IsAsciiLetterOrDigit) => Texts.Templates.Of("CodeFormat"),
            TemplateFieldKind.UrlSuffix when value.Any(char.IsWhiteSpace) => Texts.Templates.Of("UrlFormat", field.Label),
            TemplateFieldKind.Minutes when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                || minutes is < 1 or > LongestCall => Texts.Templates.Of("MinutesRange", field.Label, LongestCall),
            TemplateFieldKind.Moment => MomentOf(value) switch
            {
                null => Texts.Templates.Of("OfferEndFormat"),
                { } end when end.UtcDateTime <= nowUtc => Texts.Templates.Of("OfferPast"),
                _ => null,
            },
            _ => null,
        };
    }

    private static string? ProductsProblem(TemplateField field, IReadOnlyList<TemplateProducts> sections)
    {
        var count = sections.Sum(section => section.ProductIds.Count);
        if (count == 0)
        {
            return Missing(field);
        }

        if (count > MostProducts || sections.Count > MostSections || sections.Any(section => section.ProductIds.Count == 0
            || section.ProductIds.Any(id => string.IsNullOrWhiteSpace(id) || id.Length > field.MaxLength)))
        {
            return Texts.Templates.Of("ProductsCount", MostProducts, MostSections);
        }

        return sections.Any(section => section.Title?.Length > TitleLimit || (sections.Count > 1 && string.IsNullOrWhiteSpace(section.Title)))
            ? Texts.Templates.Of("SectionTitle", TitleLimit)
            : null;
    }

    private static string? JsonProblem(TemplateField field, string value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            if (value.Length > field.MaxLength || json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Texts.Templates.Of("JsonFormat", field.Label);
            }

            return field.Kind == TemplateFieldKind.OrderDetails && TemplateJson.Text(json.RootElement, "reference_id") is not { Length: > 0 and <= ReferenceLimit }
                ? Texts.Templates.Of("OrderReference", ReferenceLimit)
                : null;
        }
        catch (JsonException)
        {
            return Texts.Templates.Of("JsonFormat", field.Label);
        }
    }

    private static string Missing(TemplateField field) => Texts.Templates.Of("Missing", field.Label);
}
