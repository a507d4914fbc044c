namespace WaConsole.Web.Components.Labels;

/// <summary>Names the resource file with the texts of labels.</summary>
public sealed class LabelTexts;
