using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

/// <summary>Pure: what the customer will see, for the preview and for the bubble.</summary>
public static class RenderTemplate
{
    /// <summary>Fields not filled in yet show as their placeholder.</summary>
    public static MessageContent.SentTemplate Run(TemplateView template, TemplateValues values) => new(
        template.Name,
        template.Language,
        template.Category,
        template.HeaderText is { } header ? Fill(header, "header", values) : null,
        Fill(template.Body, "body", values),
        template.Footer,
        [.. template.Buttons.Select((button, index) => button with { Target = Target(button, index, values) })],
        template.HeaderKind == "LOCATION" ? values.HeaderLocation : null);

    private static string Fill(string text, string place, TemplateValues values) =>
        TemplateDefinition.Fill(text, name => values.Texts.GetValueOrDefault($"{place}.{name}"));

    private static string? Target(TemplateButton button, int index, TemplateValues values)
    {
        var value = values.Texts.GetValueOrDefault($"button.{index}");
        return button.Kind switch
        {
            "URL" when button.Target is { } url => TemplateDefinition.Fill(url, _ => value),
            "COPY_CODE" => value,
            _ => button.Target,
        };
    }
}
