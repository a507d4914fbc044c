using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WaConsole.Core.Storage;

/// <summary>Brings the database to this version's schema. Runs before anything else at start.</summary>
public sealed class MigrateDatabase(Store store, IOptions<DatabaseOptions> options, ILogger<MigrateDatabase> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider == DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource;
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }
        }

        await using var db = await store.OpenAsync(cancellationToken);

        // With nothing to do MigrateAsync builds the whole model a second time to compare it: 0.4 s of every start.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        await DurableCommit.WarnAsync(db, log, cancellationToken);
    }
}
