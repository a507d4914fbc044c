using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// One at a time, over all nodes, until the transaction ends: whoever links entries, and whoever sets or ends marks, whose order is that of
/// their entries. Taken after the contact's lock, never before one. On SQLite there is one writer anyway.
/// </summary>
internal static class ConsentLock
{
    public static async Task TakeAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DatabaseLocks.Consent})", cancellationToken);
        }
    }
}
