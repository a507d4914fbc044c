namespace WaConsole.Web.Components.Conversations;

/// <summary>Names the resource file with the words around choosing a template.</summary>
public sealed class PickerTexts;
