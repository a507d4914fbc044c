using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Contacts;

/// <summary>A page of people the caller may see, by keyset.</summary>
public sealed class ListContacts(Store store, WhatsAppClock whatsApp)
{
    public const int MaxLimit = 100;

    private const int MaxCountries = 260;

    /// <exception cref="InvalidContactCursorException">The cursor is not one of ours.</exception>
    public async Task<ContactList> RunAsync(Caller caller, ContactQuery query, CancellationToken cancellationToken)
    {
        var byName = query.Sort == ContactSort.Name;
        var last = byName ? ContactCursor.ReadName(query.Cursor) : ContactCursor.ReadNewest(query.Cursor);
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        await using var db = await store.OpenAsync(cancellationToken);
        var people = await FindContacts.AskAsync(db, caller, query, whatsApp.UtcNow + ServiceWindow.ComposerMargin, cancellationToken);
        people = byName ? ByName(people, last) : Newest(people, last);
        var rows = await Project(db, caller, people.Take(limit + 1)).ToListAsync(cancellationToken);
        if (rows.Count <= limit)
        {
            return new ContactList(rows, null);
        }

        rows.RemoveAt(limit);
        var end = rows[^1].Id;
        var key = byName
            ? await db.Contacts.Where(c => c.Id == end).Select(c => EF.Property<string>(c, Schema.ContactSortKey)).SingleAsync(cancellationToken)
            : null;
        return new ContactList(rows, new ContactCursor(end, key).Write());
    }

    /// <summary>The countries people are from, for the filter: one step in the index for each, not a walk over everybody.</summary>
    public async Task<IReadOnlyList<string>> CountriesAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await store.OpenAsync(cancellationToken);
        List<string> countries = [];
        while (countries.Count < MaxCountries)
        {
            var last = countries.Count == 0 ? "" : countries[^1];
            var next = await db.Contacts.Where(c => c.Country != null && c.Country.CompareTo(last) > 0)
                .OrderBy(c => c.Country).Select(c => c.Country).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                break;
            }

            countries.Add(next);
        }

        return countries;
    }

    internal static IQueryable<ContactRow> Project(WaConsoleDb db, Caller caller, IQueryable<Contact> people)
    {
        var threads = db.Conversations.AsQueryable();
        if (caller.Numbers is { } numbers)
        {
            var own = numbers.ToList();
            threads = threads.Where(v => own.Contains(v.NumberId));
        }

        return people.Select(c => new ContactRow(
            c.Id,
            ContactName.Of(c.GivenName, c.ProfileName, c.Username, c.Phone, c.UserId),
            c.Phone,
            c.Username,
            c.UserId,
            c.Country,
            c.LabelIds,
            c.OptedOutAtUtc,
            c.BlockedAtUtc,
            c.CreatedAtUtc,
            threads.Where(v => v.ContactId == c.Id).Max(v => (DateTime?)v.LastActivityAtUtc),
            threads.Where(v => v.ContactId == c.Id).Max(v => v.WindowExpiresAtUtc)));
    }

    private static IQueryable<Contact> Newest(IQueryable<Contact> people, ContactCursor? last) =>
        (last is { Id: var id } ? people.Where(c => c.Id < id) : people).OrderByDescending(c => c.Id);

    private static IQueryable<Contact> ByName(IQueryable<Contact> people, ContactCursor? last)
    {
        if (last is { Id: var id, Key: var key })
        {
            // The first condition alone names where to begin in the index.
            people = people.Where(c => EF.Property<string>(c, Schema.ContactSortKey).CompareTo(key) >= 0
                && (EF.Property<string>(c, Schema.ContactSortKey).CompareTo(key) > 0 || c.Id > id));
        }

        return people.OrderBy(c => EF.Property<string>(c, Schema.ContactSortKey)).ThenBy(c => c.Id);
    }
}
