namespace WaConsole.Web.Components.Layout;

/// <summary>Something the command bar found: what it is, its name, a word more, and where it is.</summary>
public sealed record CommandHit(string Kind, string Label, string? Detail, string Href);
