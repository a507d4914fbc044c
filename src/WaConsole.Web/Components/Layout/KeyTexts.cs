namespace WaConsole.Web.Components.Layout;

/// <summary>Names the resource file with the texts of keys and commands.</summary>
public sealed class KeyTexts;
