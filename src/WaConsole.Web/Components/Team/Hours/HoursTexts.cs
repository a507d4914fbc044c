namespace WaConsole.Web.Components.Team.Hours;

/// <summary>Names the resource file with the words of business hours and the away message.</summary>
public sealed class HoursTexts;
