namespace WaConsole.Web.Components.Account;

/// <summary>Names the resource file with the words of choosing a language.</summary>
public sealed class LanguageTexts;
