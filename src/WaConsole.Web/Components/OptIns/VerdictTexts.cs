namespace WaConsole.Web.Components.OptIns;

/// <summary>Names the resource file with the texts of what reading the whole registry found.</summary>
public sealed class VerdictTexts;
