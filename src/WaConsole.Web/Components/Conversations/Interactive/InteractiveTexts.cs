namespace WaConsole.Web.Components.Conversations.Interactive;

/// <summary>Names the resource file with the words of composing something to tap.</summary>
public sealed class InteractiveTexts;
