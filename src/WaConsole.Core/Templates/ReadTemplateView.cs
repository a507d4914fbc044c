namespace WaConsole.Core.Templates;

/// <summary>Pure: components that are not (or not yet) a template of WhatsApp's, seen as one, for a preview. It cannot be sent.</summary>
public static class ReadTemplateView
{
    /// <param name="componentsJson">The components array as WhatsApp writes it.</param>
    public static TemplateView Of(string name, string language, string category, string componentsJson) => TemplateDefinition.Read(
        new Template { Name = name, Language = language, Category = category, ComponentsJson = componentsJson });

    /// <summary>Every variable filled with the sample the definition gives it.</summary>
    public static TemplateValues SamplesOf(TemplateView template) => new(
        template.Fields.Where(field => !string.IsNullOrEmpty(field.Sample)).ToDictionary(field => field.Key, field => field.Sample!));
}
