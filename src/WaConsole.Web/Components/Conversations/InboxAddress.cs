namespace WaConsole.Web.Components.Conversations;

/// <summary>The query part of the inbox's address, word by word as it came.</summary>
public sealed record InboxAddress(
    string? Tab = null,
    string? Status = null,
    string? Sort = null,
    string? Number = null,
    string? Search = null,
    string? Label = null,
    string? Agent = null,
    string? Kind = null,
    string? From = null,
    string? To = null);
