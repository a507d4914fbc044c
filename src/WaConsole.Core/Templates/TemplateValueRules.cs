using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates;

/// <summary>
/// Pure: whether everything is filled in and legal. WhatsApp refuses blank values, line breaks, tabs and more than four spaces in a
/// row (Meta, Template messages, 2026: 132000, 132007, 132018), and texts too long after filling in (132005).
/// </summary>
internal static class TemplateValueRules
{
    /// <returns>The first thing to mend, in words, or null.</returns>
    public static string? Problem(TemplateView template, TemplateValues values)
    {
        foreach (var field in template.Fields)
        {
            if (FieldProblem(field, values) is { } problem)
            {
                return problem;
            }
        }

        var shown = RenderTemplate.Run(template, values);
        if (shown.HeaderText?.Length > TemplateDefinition.HeaderLimit)
        {
            return Texts.Templates.Of("HeaderTooLong", shown.HeaderText.Length, TemplateDefinition.HeaderLimit);
        }

        return shown.Body.Length > TemplateDefinition.BodyLimit
            ? Texts.Templates.Of("BodyTooLong", shown.Body.Length, TemplateDefinition.BodyLimit)
            : null;
    }

    private static string? FieldProblem(TemplateField field, TemplateValues values) => field.Kind switch
    {
        TemplateFieldKind.Image or TemplateFieldKind.Video or TemplateFieldKind.Document =>
            values.HeaderMediaFileId is null ? Missing(field) : null,
        TemplateFieldKind.Location => values.HeaderLocation switch
        {
            null => Missing(field),
            { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 } => null,
            _ => Texts.Templates.Of("LocationRange"),
        },
        _ => TextProblem(field, values.Texts.GetValueOrDefault(field.Key)),
    };

    private static string? TextProblem(TemplateField field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return Missing(field);
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
            _ => null,
        };
    }

    private static string Missing(TemplateField field) => Texts.Templates.Of("Missing", field.Label);
}
