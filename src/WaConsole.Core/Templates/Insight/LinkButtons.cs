namespace WaConsole.Core.Templates.Insight;

/// <summary>Pure: the texts of a template's link buttons, those of its cards too, each once.</summary>
internal static class LinkButtons
{
    public static IReadOnlyList<string> Of(Template template)
    {
        var view = TemplateDefinition.Read(template);
        return
        [
            .. view.Buttons.Concat(view.Cards.SelectMany(card => card.Buttons))
                .Where(button => button.Kind == "URL" && button.Text.Length > 0).Select(button => button.Text).Distinct(StringComparer.Ordinal),
        ];
    }
}
