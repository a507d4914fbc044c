namespace WaConsole.Web.Components.Diagnostics;

/// <summary>Names the resource file with the texts of diagnostics.</summary>
public sealed class DiagnosticsTexts;
