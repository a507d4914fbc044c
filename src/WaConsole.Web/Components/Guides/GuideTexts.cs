namespace WaConsole.Web.Components.Guides;

/// <summary>Names the resource file with the words around the guides.</summary>
public sealed class GuideTexts;
