namespace WaConsole.Web.Components.Contacts;

/// <summary>Names the resource file with the texts of contacts.</summary>
public sealed class ContactTexts;
