using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace WaConsole.Core.Storage;

/// <summary>
/// What was promised to somebody outside is on disk when its commit returns. On SQLite the connection sees to it. A PostgreSQL server, role or
/// database with synchronous_commit=off answers before its log is written: then this transaction alone asks for more. Its other values all
/// wait for the local disk and stay as they are (PostgreSQL, Write Ahead Log settings).
/// </summary>
internal static partial class DurableCommit
{
    public const string OnPostgres =
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    /// <summary>For the rest of the transaction.</summary>
    public static Task RequireAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        db.Database.IsNpgsql() ? db.Database.ExecuteSqlRawAsync(OnPostgres, cancellationToken) : Task.CompletedTask;

    /// <summary>Settings of the server with which no transaction can promise anything.</summary>
    public static async Task WarnAsync(WaConsoleDb db, ILogger log, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        var off = await db.Database
            .SqlQueryRaw<string>("SELECT name AS \"Value\" FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name")
            .ToListAsync(cancellationToken);
        off.ForEach(setting => LogUnsafe(log, setting));
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "PostgreSQL runs with {Setting}=off: a power cut can lose or damage webhooks and messages that were confirmed. Switch it on unless this is a test")]
    private static partial void LogUnsafe(ILogger logger, string setting);
}
