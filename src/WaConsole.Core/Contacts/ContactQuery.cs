using System.Globalization;

namespace WaConsole.Core.Contacts;

public enum ContactSort
{
    /// <summary>Who was met last comes first.</summary>
    Newest = 1,

    /// <summary>By the folded name: neither case nor accents count. People without a name come by username or number.</summary>
    Name = 2,
}

/// <summary><see cref="Cursor"/> is the opaque <see cref="ContactList.Next"/> of the page before. Limit 1 to 100.</summary>
public sealed record ContactQuery(
    string? Search = null,
    long? LabelId = null,
    string? Country = null,
    bool WindowOpen = false,
    bool Blocked = false,
    bool OptedOut = false,
    string? Cursor = null,
    int Limit = 50,
    ContactSort Sort = ContactSort.Newest)
{
    /// <summary>The filters in words for the record of exports; what was searched for may be a name and is left out.</summary>
    public string Describe() => string.Join(' ', ((string?[])
    [
        string.IsNullOrWhiteSpace(Search) ? null : "search",
        LabelId is { } label ? "label=" + label.ToString(CultureInfo.InvariantCulture) : null,
        string.IsNullOrEmpty(Country) ? null : "country=" + Country,
        WindowOpen ? "window-open" : null,
        Blocked ? "blocked" : null,
        OptedOut ? "opted-out" : null,
    ]).Where(part => part is not null));
}

/// <summary>One person of the list. Names are the customer's text; times are UTC.</summary>
public sealed record ContactRow(
    long Id,
    string Name,
    string? Phone,
    string? Username,
    string? UserId,
    string? Country,
    string? LabelIds,
    DateTime? OptedOutAtUtc,
    DateTime? BlockedAtUtc,
    DateTime SinceUtc,
    DateTime? LastActivityAtUtc,
    DateTime? WindowExpiresAtUtc);

public sealed record ContactList(IReadOnlyList<ContactRow> Rows, string? Next);

public sealed class InvalidContactCursorException() : Exception("The cursor is not valid. Start again without one.");
