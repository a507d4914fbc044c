using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Writes messages that have different values in two statements, whatever their number: the values travel as one JSON parameter. The
/// change tracker would make two statements of each message.
/// </summary>
internal static class UpdateSettled
{
    private const string OnSqlite =
        """
        UPDATE "Messages" SET
            "Status" = v.value ->> 'status', "StatusAtUtc" = v.value ->> 'at', "Wamid" = v.value ->> 'wamid',
            "ErrorCode" = v.value ->> 'code', "ErrorTitle" = v.value ->> 'title', "ErrorDetails" = v.value ->> 'details'
        FROM json_each({0}) v WHERE "Messages"."Id" = v.value ->> 'id'
        """;

    private const string ShownOnSqlite =
        """
        UPDATE "Conversations" SET "LastStatus" = m."Status"
        FROM json_each({0}) v JOIN "Messages" m ON m."Id" = v.value ->> 'id'
        WHERE "Conversations"."Id" = m."ConversationId" AND "Conversations"."LastMessageId" = m."Id"
        """;

    private const string OnPostgres =
        """
        UPDATE "Messages" m SET
            "Status" = v.status, "StatusAtUtc" = v.at, "Wamid" = v.wamid,
            "ErrorCode" = v.code, "ErrorTitle" = v.title, "ErrorDetails" = v.details
        FROM json_to_recordset(({0})::json)
            AS v(id bigint, status int, at timestamptz, wamid text, code int, title text, details text)
        WHERE m."Id" = v.id
        """;

    /// <summary>Locked in the order of their ids before any is changed: whoever works off webhooks takes the same ones in that order.</summary>
    private const string ShownOnPostgres =
        """
        WITH shown AS MATERIALIZED (
            SELECT c."Id", m."Status"
            FROM json_to_recordset(({0})::json) AS v(id bigint)
            JOIN "Messages" m ON m."Id" = v.id
            JOIN "Conversations" c ON c."Id" = m."ConversationId" AND c."LastMessageId" = m."Id"
            ORDER BY c."Id" FOR NO KEY UPDATE OF c)
        UPDATE "Conversations" c SET "LastStatus" = shown."Status" FROM shown WHERE c."Id" = shown."Id"
        """;

    public static async Task RunAsync(WaConsoleDb db, IReadOnlyList<SettledMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var sqlite = db.Database.IsSqlite();
        var json = JsonSerializer.Serialize(messages.Select(message => new
        {
            id = message.Id,
            status = (int)message.Status,
            at = message.StatusAtUtc is { } at ? StoredForm(at, sqlite) : null,
            wamid = message.Wamid,
            code = message.ErrorCode,
            title = message.ErrorTitle,
            details = message.ErrorDetails,
        }));
        await db.Database.ExecuteSqlRawAsync(sqlite ? OnSqlite : OnPostgres, json);
        await db.Database.ExecuteSqlRawAsync(sqlite ? ShownOnSqlite : ShownOnPostgres, json);
    }

    /// <summary>SQLite keeps times as text, in the form its driver writes.</summary>
    private static string StoredForm(DateTime at, bool sqlite) => at.ToString(
        sqlite ? "yyyy-MM-dd HH:mm:ss.FFFFFFF" : "O", System.Globalization.CultureInfo.InvariantCulture);
}
