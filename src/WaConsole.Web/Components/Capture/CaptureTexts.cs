namespace WaConsole.Web.Components.Capture;

/// <summary>Names the resource file with the texts of how consent is captured.</summary>
public sealed class CaptureTexts;
