using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Whose number or user id changed hands in this transaction: seen at once where each of them stands, and in their threads.</summary>
internal static class TellIdentity
{
    /// <summary>Everybody who was marked by this reception.</summary>
    public static IReadOnlyList<long> Changed(WaConsoleDb db, Reception at) =>
        [.. db.Contacts.Local.Where(contact => contact.IdentityChangedAtUtc == at.NowUtc).Select(contact => contact.Id)];

    public static async Task ApplyAsync(WaConsoleDb db, Contact contact, Reception at, CancellationToken cancellationToken)
    {
        foreach (var person in Changed(db, at).Append(contact.Id).Distinct().ToList())
        {
            await TellConsent.ApplyAsync(db, person, at.Changes, cancellationToken);
            var threads = await db.Conversations.Where(c => c.ContactId == person).Select(c => new { c.NumberId, c.Id }).ToListAsync(cancellationToken);
            threads.ForEach(thread => at.Changes.Row(thread.NumberId, thread.Id));
        }
    }
}
