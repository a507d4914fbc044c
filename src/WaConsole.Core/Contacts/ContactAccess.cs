using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>
/// Which people a caller may see: everybody for those with all numbers, otherwise people with a conversation on a number of theirs and
/// people with none at all. Marketing staff read, agents and admins also change.
/// </summary>
internal static class ContactAccess
{
    public static IQueryable<Contact> Seen(WaConsoleDb db, Caller caller) => Seen(db, caller, db.Contacts);

    public static IQueryable<Contact> Seen(WaConsoleDb db, Caller caller, IQueryable<Contact> among)
    {
        // A group has a conversation, and is nobody. One value for each person that has neither number nor id: as "any" PostgreSQL reads
        // everybody's identifiers for the first of them (EXPLAIN, see InboxPlanTests).
        var people = among.Where(c => c.MergedIntoId == null)
            .Where(c => c.Phone != null || c.UserId != null || c.Identifiers.Where(i => i.Kind == IdentifierKind.Group).Max(i => (long?)i.Id) == null);
        if (caller.Numbers is not { } numbers)
        {
            return people;
        }

        var own = numbers.ToList();

        // One value for each person of a page. As "any of ours, or none at all" PostgreSQL reads every conversation twice before the first
        // person is shown: 220 ms for a page with 100,000 of them (EXPLAIN, see InboxPlanTests).
        return people.Where(c => (db.Conversations.Where(v => v.ContactId == c.Id).Max(v => (int?)(own.Contains(v.NumberId) ? 1 : 0)) ?? 1) == 1);
    }

    /// <summary>The person, tracked, locked until the caller's commit. Null when there is none the caller may see.</summary>
    public static async Task<Contact?> LockAsync(WaConsoleDb db, Caller caller, long contactId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await ContactLock.TakeAsync(db, contactId, cancellationToken);
        return await Seen(db, caller).SingleOrDefaultAsync(c => c.Id == contactId, cancellationToken);
    }
}
