using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>
/// The people a query asks for, as a query to page through. Each filter names a small set of ids when it can, and is otherwise asked row
/// by row along the order of the list: no filter makes a database sort or join what it does not show.
/// </summary>
internal static class FindContacts
{
    /// <summary>Up to this many ids are looked up by id; a wider set is met soon when the list is walked.</summary>
    private const int Few = 2_000;

    /// <summary>SQLite's trigram index has nothing shorter.</summary>
    private const int TrigramLength = 3;

    private const int MaxExact = 50;

    public static async Task<IQueryable<Contact>> AskAsync(
        WaConsoleDb db, Caller caller, ContactQuery query, DateTime windowEndUtc, CancellationToken cancellationToken)
    {
        var people = ContactAccess.Seen(db, caller, await SearchAsync(db, query.Search, cancellationToken));
        if (query.Country is { Length: > 0 } country)
        {
            people = people.Where(c => c.Country == country);
        }

        if (query.Blocked)
        {
            people = people.Where(c => c.BlockedAtUtc != null);
        }

        if (query.OptedOut)
        {
            people = people.Where(c => c.OptedOutAtUtc != null);
        }

        if (query.LabelId is { } label)
        {
            var some = await FewAsync(db.ContactLabels.Where(l => l.LabelId == label).OrderBy(l => l.ContactId).Select(l => l.ContactId), cancellationToken);
            people = some is null
                ? people.Where(c => db.ContactLabels.Any(l => l.LabelId == label && l.ContactId == c.Id))
                : people.Where(c => some.Contains(c.Id));
        }

        if (query.WindowOpen)
        {
            var open = db.Conversations.Where(v => v.WindowExpiresAtUtc > windowEndUtc);
            if (caller.Numbers is { } numbers)
            {
                var own = numbers.ToList();
                open = open.Where(v => own.Contains(v.NumberId));
            }

            var some = await FewAsync(open.OrderBy(v => v.WindowExpiresAtUtc).Select(v => v.ContactId), cancellationToken);
            people = some is null ? people.Where(c => open.Any(v => v.ContactId == c.Id)) : people.Where(c => some.Contains(c.Id));
        }

        return people;
    }

    /// <summary>
    /// A whole number or user id, also an old one or another spelling of it, names exactly its people. Anything else is looked for in names,
    /// usernames and numbers: every part must occur. A username is no key: somebody may be called the same.
    /// </summary>
    private static async Task<IQueryable<Contact>> SearchAsync(WaConsoleDb db, string? typed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return db.Contacts.AsNoTracking();
        }

        var keys = Keys(typed);
        var exact = await db.ContactIdentifiers.Where(i => keys.Contains(i.MatchKey) && i.Kind != IdentifierKind.Username).Select(i => i.ContactId)
            .Distinct().OrderBy(id => id).Take(MaxExact).ToListAsync(cancellationToken);
        if (exact.Count > 0)
        {
            return db.Contacts.AsNoTracking().Where(c => exact.Contains(c.Id));
        }

        var parts = SearchWords.NameParts(typed);
        var indexed = db.Database.IsSqlite() ? parts.Where(part => part.Length >= TrigramLength).ToList() : [];
        var people = indexed.Count == 0 ? db.Contacts.AsNoTracking() : Indexed(db, indexed);
        foreach (var part in parts.Except(indexed))
        {
            var pattern = $"%{Escaped(part)}%";
            people = people.Where(c => EF.Functions.Like(c.SearchText, pattern, "\\"));
        }

        return parts.Count == 0 ? people.Where(_ => false) : people;
    }

    private static IQueryable<Contact> Indexed(WaConsoleDb db, List<string> parts)
    {
        var match = string.Join(" AND ", parts.Select(part => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        return db.Contacts.FromSql(
            $"""SELECT * FROM "Contacts" WHERE "Id" IN (SELECT rowid FROM "ContactSearch" WHERE "ContactSearch" MATCH {match})""").AsNoTracking();
    }

    private static List<string> Keys(string typed)
    {
        var text = typed.Trim();
        var phone = PhoneMatchKey.Of(text);
        return phone.Length > 0 && phone != text ? [text, phone] : [text];
    }

    /// <returns>Null when there are many.</returns>
    private static async Task<List<long>?> FewAsync(IQueryable<long> ids, CancellationToken cancellationToken)
    {
        var some = await ids.Take(Few + 1).ToListAsync(cancellationToken);
        return some.Count <= Few ? some : null;
    }

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
