using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>
/// A fresh, migrated database of its own: a copy of one that was migrated once per process, because migrating each time is what
/// makes a suite slow. It is gone after dispose.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string PostgresVariable = "WACONSOLE_TEST_POSTGRES";

    /// <summary>PostgreSQL copies a database that nobody else is copying.</summary>
    private static readonly Dictionary<DatabaseProvider, SemaphoreSlim> Making =
        Enum.GetValues<DatabaseProvider>().ToDictionary(provider => provider, _ => new SemaphoreSlim(1, 1));
    private static string? _sqliteTemplate;
    private static string? _postgresTemplate;

    private int _hosts;

    private TestDatabase(DatabaseOptions options)
    {
        Options = options;
    }

    /// <summary>Admin connection string of a throw-away server.</summary>
    public static string? PostgresServer { get; } = Environment.GetEnvironmentVariable(PostgresVariable);

    public static bool PostgresIsThere => !string.IsNullOrEmpty(PostgresServer);

    public DatabaseOptions Options { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, CancellationToken cancellationToken = default)
    {
        await Making[provider].WaitAsync(cancellationToken);
        try
        {
            return provider == DatabaseProvider.Sqlite
                ? await CreateSqliteAsync(cancellationToken)
                : await CreatePostgresAsync(cancellationToken);
        }
        finally
        {
            Making[provider].Release();
        }
    }

    /// <summary>A host works on it from now on, until it <see cref="Leave"/>s.</summary>
    public void Join() => Interlocked.Increment(ref _hosts);

    public void Leave() => Interlocked.Decrement(ref _hosts);

    /// <summary>Nothing happens while another host works on it: the last one takes it away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _hosts) > 0)
        {
            return;
        }

        if (Options.Provider == DatabaseProvider.Sqlite)
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(TempFolder.Path, System.IO.Path.GetFileName(SqliteFile(Options)) + "*"))
            {
                File.Delete(file);
            }

            return;
        }

        await using (var own = new NpgsqlConnection(Options.ConnectionString))
        {
            NpgsqlConnection.ClearPool(own);
        }

        var name = new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database!;
        await OnServerAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<TestDatabase> CreateSqliteAsync(CancellationToken cancellationToken)
    {
        if (_sqliteTemplate is null)
        {
            var template = new DatabaseOptions { ConnectionString = $"Data Source={TempFolder.File("template", ".db")};Pooling=False" };
            await MigrateAsync(template, cancellationToken);
            _sqliteTemplate = SqliteFile(template);
        }

        var file = TempFolder.File("test", ".db");
        File.Copy(_sqliteTemplate, file);
        return new TestDatabase(new DatabaseOptions { ConnectionString = $"Data Source={file}" });
    }

    private static async Task<TestDatabase> CreatePostgresAsync(CancellationToken cancellationToken)
    {
        if (_postgresTemplate is null)
        {
            var template = $"waconsole_template_{Guid.CreateVersion7():n}";
            await OnServerAsync($"CREATE DATABASE \"{template}\"", cancellationToken);
            await MigrateAsync(Postgres(template, pooling: false), cancellationToken);
            _postgresTemplate = template;
        }

        // From version 15 PostgreSQL writes a copy into its log page by page unless told to copy the files: five times as slow.
        var name = $"waconsole_test_{Guid.CreateVersion7():n}";
        await OnServerAsync(
            version => $"CREATE DATABASE \"{name}\" TEMPLATE \"{_postgresTemplate}\"{(version.Major >= 15 ? " STRATEGY FILE_COPY" : "")}",
            cancellationToken);
        return new TestDatabase(Postgres(name, pooling: true));
    }

    private static DatabaseOptions Postgres(string database, bool pooling) => new()
    {
        Provider = DatabaseProvider.Postgres,
        ConnectionString = new NpgsqlConnectionStringBuilder(PostgresServer) { Database = database, Pooling = pooling, MaxPoolSize = 30 }.ToString(),
    };

    private static async Task MigrateAsync(DatabaseOptions options, CancellationToken cancellationToken)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        await using var db = new WaConsoleDb(builder.Options);
        await db.Database.MigrateAsync(cancellationToken);
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            // The copy is of one file: nothing may be left in the write-ahead log.
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }
    }

    private static Task OnServerAsync(string sql, CancellationToken cancellationToken) => OnServerAsync(_ => sql, cancellationToken);

    private static async Task OnServerAsync(Func<Version, string> sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(PostgresServer);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql(connection.PostgreSqlVersion), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string SqliteFile(DatabaseOptions options) => new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
}
