namespace WaConsole.Web.Components.Templates.Insight;

/// <summary>Names the resource file with the words around a template's figures.</summary>
public sealed class InsightTexts;
