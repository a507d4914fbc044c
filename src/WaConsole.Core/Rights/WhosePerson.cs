using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights;

/// <summary>A person with all that was ever merged into them: one human being behind several rows.</summary>
internal static class WhosePerson
{
    public static async Task<long[]> IdsAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        List<long> ids = [contactId];
        for (var at = 0; at < ids.Count; at++)
        {
            var into = ids[at];
            ids.AddRange(await db.Contacts.Where(c => c.MergedIntoId == into && !ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken));
        }

        return [.. ids];
    }

    public static string NameOf(Contact contact) =>
        contact.GivenName is { Length: > 0 } given ? given
        : contact.ProfileName.Length > 0 ? contact.ProfileName
        : contact.Phone ?? contact.Username ?? contact.UserId ?? "";
}
