namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>Names the resource file with the texts of the studio.</summary>
public sealed class StudioTexts;
