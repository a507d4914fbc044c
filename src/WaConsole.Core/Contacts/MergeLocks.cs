using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>What a merge, and taking it back, hold until their commit. On SQLite the transaction holds the only write lock already.</summary>
internal static class MergeLocks
{
    /// <summary>
    /// Intake first: a webhook that found the person who goes would otherwise open a thread for somebody who is no longer there.
    /// Then the people and their threads, so that an agent's reply waits too. Always in order of id.
    /// </summary>
    public static async Task TakeAsync(WaConsoleDb db, long one, long other, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DatabaseLocks.Intake})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Contacts" WHERE "Id" IN ({one}, {other}) ORDER BY "Id" FOR UPDATE""", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM "Conversations" WHERE "ContactId" IN ({one}, {other}) ORDER BY "Id" FOR UPDATE""", cancellationToken);
    }
}
