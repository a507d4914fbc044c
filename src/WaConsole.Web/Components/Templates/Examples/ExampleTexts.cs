namespace WaConsole.Web.Components.Templates.Examples;

/// <summary>Names the resource file with the words around examples and WhatsApp's library.</summary>
public sealed class ExampleTexts;
