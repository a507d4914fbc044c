namespace WaConsole.Web.Components.CannedReplies;

/// <summary>Names the resource file with the texts of canned replies.</summary>
public sealed class CannedTexts;
