namespace WaConsole.Web.Components.Layout;

/// <summary>Names the resource file with the frame's texts.</summary>
public sealed class LayoutTexts;
