using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// PostgreSQL: what a send and its result change is locked in the order in which webhooks lock it, messages, then conversations, each by id,
/// and the outbox last, so that none waits for what another holds. SQLite has one writer.
/// </summary>
internal static class LockSent
{
    public static Task RunAsync(WaConsoleDb db, IReadOnlyCollection<OutboxRow> rows) =>
        RunAsync(db, [.. rows.Select(row => row.MessageId)], [.. rows.Select(row => row.ConversationId).Distinct()]);

    public static async Task RunAsync(WaConsoleDb db, long[] messages, long[] conversations)
    {
        if (messages.Length == 0 || !db.Database.IsNpgsql())
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Messages" WHERE "Id" = ANY ({messages}) ORDER BY "Id" FOR NO KEY UPDATE""");
        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Conversations" WHERE "Id" = ANY ({conversations}) ORDER BY "Id" FOR NO KEY UPDATE""");
    }
}
