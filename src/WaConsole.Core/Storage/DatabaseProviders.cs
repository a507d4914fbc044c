using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>Configures a context for one of the two databases. Used by the host, by the migration factories and by tests.</summary>
internal static class DatabaseProviders
{
    public const string SqliteMigrations = "WaConsole.Migrations.Sqlite";
    public const string PostgresMigrations = "WaConsole.Migrations.Postgres";

    private const int StatementsKept = 200;

    /// <summary>
    /// EF's cache holds 1,024 places unless told otherwise: one for a translated question and one for each statement it led to. The tests ask 2,500
    /// of each database, and what falls out is translated anew (docs/performance.md).
    /// </summary>
    private const int PlacesKept = 10_000;

    /// <summary>What EF says each of them takes of a cache.</summary>
    private const int SizeOfPlace = 10;

    /// <summary>One for each database: the model is kept there too, under the type of the context alone.</summary>
    private static readonly Dictionary<DatabaseProvider, MemoryCache> Questions = Enum.GetValues<DatabaseProvider>().ToDictionary(
        provider => provider, _ => new MemoryCache(new MemoryCacheOptions { SizeLimit = PlacesKept * SizeOfPlace }));

    /// <summary>Identity reads its schema version from the application's services; without any it would leave the passkey table out.</summary>
    private static readonly IServiceProvider IdentitySchema = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    public static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        if (builder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
        {
            builder.UseApplicationServiceProvider(IdentitySchema);
        }

        builder.UseMemoryCache(Questions[options.Provider]);
        if (options.Provider == DatabaseProvider.Postgres)
        {
            builder.UseNpgsql(Prepared(options.ConnectionString), npgsql => npgsql.MigrationsAssembly(PostgresMigrations));
            return;
        }

        // Private cache: the lock error of the shared cache ignores the busy timeout.
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString)
        {
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 30,
        };
        builder.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(SqliteMigrations));
        builder.AddInterceptors(new SqlitePragmas());
    }

    /// <summary>
    /// What is asked again and again is planned once for each connection. Whoever sets Max Auto Prepare keeps their number: a pooler that hands
    /// out connections by transaction wants 0.
    /// </summary>
    private static string Prepared(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var isSet = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals(nameof(connection.MaxAutoPrepare), StringComparison.OrdinalIgnoreCase));
        if (!isSet)
        {
            connection.MaxAutoPrepare = StatementsKept;
        }

        return connection.ToString();
    }

    /// <summary>WAL with synchronous=FULL: a commit is on disk when it returns, which is what a webhook's 200 promises.</summary>
    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
