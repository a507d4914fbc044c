namespace WaConsole.Web.Components.Rights;

/// <summary>Names the resource file with the texts of people's rights: certificate, export, erasure, retention, audit.</summary>
public sealed class RightsTexts;
