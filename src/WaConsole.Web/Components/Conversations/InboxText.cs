namespace WaConsole.Web.Components.Conversations;

/// <summary>Names the resource file with the inbox's words.</summary>
public sealed class InboxText;
