namespace WaConsole.Web.Components.OptIns;

/// <summary>Names the resource file with the texts of the opt-in registry.</summary>
public sealed class OptInTexts;
