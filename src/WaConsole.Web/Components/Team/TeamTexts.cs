namespace WaConsole.Web.Components.Team;

/// <summary>Names the resource file with the texts of team, keys and numbers.</summary>
public sealed class TeamTexts;
