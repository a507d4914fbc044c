namespace WaConsole.Web.Components.Templates;

/// <summary>Names the resource file with the texts of the template list.</summary>
public sealed class TemplateTexts;
