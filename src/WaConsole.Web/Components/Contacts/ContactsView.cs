using System.Globalization;
using WaConsole.Core.Contacts;

namespace WaConsole.Web.Components.Contacts;

/// <summary>What the list of contacts shows, as the address holds it.</summary>
public sealed record ContactsView(
    string Search = "", long? LabelId = null, string? Country = null, bool WindowOpen = false, bool Blocked = false, bool OptedOut = false,
    ContactSort Sort = ContactSort.Newest)
{
    public const int MaxSearchLength = 120;

    public static ContactsView Default { get; } = new();

    /// <summary>Words nobody knows are left out: an old bookmark still opens the list.</summary>
    public static ContactsView Read(string? search, string? label, string? country, string? show, string? sort = null) => new(
        Cut(search?.Trim() ?? ""),
        long.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
        country is { Length: 2 } && country.All(char.IsAsciiLetter) ? country.ToUpperInvariant() : null,
        show == "open",
        show == "blocked",
        show == "stopped",
        sort == "name" ? ContactSort.Name : ContactSort.Newest);

    public string SortWord => Sort == ContactSort.Name ? "name" : "";

    public string Show => WindowOpen ? "open" : Blocked ? "blocked" : OptedOut ? "stopped" : "";

    public ContactsView With(string? show) => this with { WindowOpen = show == "open", Blocked = show == "blocked", OptedOut = show == "stopped" };

    public string Path => "contacts" + Write();

    /// <summary>The query part of the address; empty when everybody is shown.</summary>
    public string Write()
    {
        List<string> parts = [.. Parts()];
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public ContactQuery Query(string? cursor, int limit) =>
        new(Search.Length == 0 ? null : Search, LabelId, Country, WindowOpen, Blocked, OptedOut, cursor, limit, Sort);

    private IEnumerable<string> Parts()
    {
        if (Search.Length > 0)
        {
            yield return "q=" + Uri.EscapeDataString(Search);
        }

        if (LabelId is { } label)
        {
            yield return "label=" + label.ToString(CultureInfo.InvariantCulture);
        }

        if (Country is not null)
        {
            yield return "country=" + Country;
        }

        if (Show.Length > 0)
        {
            yield return "show=" + Show;
        }

        if (SortWord.Length > 0)
        {
            yield return "sort=" + SortWord;
        }
    }

    private static string Cut(string search) => search.Length <= MaxSearchLength ? search : search[..MaxSearchLength];
}
