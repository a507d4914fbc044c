using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Storage;

/// <summary>Holds the row of a person until the caller's commit, on either database: whoever wants to change them waits.</summary>
internal static class ContactLock
{
    public static Task TakeAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken) => db.Contacts
        .Where(c => c.Id == contactId)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.CreatedAtUtc, c => c.CreatedAtUtc), cancellationToken);
}
