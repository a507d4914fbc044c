namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>What stands in a field of the browser.</summary>
public sealed record TypedField(string Path, string Value);
