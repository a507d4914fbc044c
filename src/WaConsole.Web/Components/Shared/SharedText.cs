namespace WaConsole.Web.Components.Shared;

/// <summary>Names the resource file with the words of the shared parts.</summary>
public sealed class SharedText;
