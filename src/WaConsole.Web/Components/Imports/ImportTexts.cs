namespace WaConsole.Web.Components.Imports;

/// <summary>Names the resource file with the texts of imports.</summary>
public sealed class ImportTexts;
