namespace WaConsole.CloudApi;

/// <summary>A catalogue connected to the business account.</summary>
public sealed record CatalogueInfo(string Id, string? Name);

/// <summary>A product of a catalogue.</summary>
/// <param name="RetailerId">What messages and orders name it by ("Content ID" in Commerce Manager), not <paramref name="Id"/>.</param>
/// <param name="Price">As Meta writes it, with the currency.</param>
/// <param name="Availability"><c>in stock</c>, <c>out of stock</c>, …</param>
/// <param name="ReviewStatus"><c>approved</c>, <c>pending</c>, <c>rejected</c> or nothing.</param>
public sealed record ProductInfo(
    string Id,
    string RetailerId,
    string? Name,
    string? Price,
    string? Currency,
    string? Availability,
    string? ReviewStatus);
