namespace WaConsole.Web.Components.Public;

/// <summary>Names the resource file with the texts of pages that anybody may open.</summary>
public sealed class PublicTexts;
