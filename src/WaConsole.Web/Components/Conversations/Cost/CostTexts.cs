namespace WaConsole.Web.Components.Conversations.Cost;

/// <summary>Names the resource file with the words around prices of messages.</summary>
public sealed class CostTexts;
