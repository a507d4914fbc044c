using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class BackUpDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_taken_while_webhooks_are_stored_restores_whole()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Workers = true });
        var file = TempFolder.File("backup", ".db");

        var before = await WhileWritingAsync(core, async () =>
        {
            var written = Assert.IsType<BackUpOutcome.Written>(await core.Get<BackUpDatabase>().RunAsync(file, Token));
            Assert.Equal(new FileInfo(file).Length, written.Bytes);
        });

        var copied = await CountsOfFileAsync(file);
        Assert.InRange(copied["Deliveries"], before, await core.WithDbAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal("ok", await AskFileAsync(file, "PRAGMA integrity_check"));
        Assert.Empty(Directory.GetFiles(TempFolder.Path, Path.GetFileName(file) + "*partial*"));

        await using var restored = await RestoredAsync(DatabaseProvider.Sqlite, $"Data Source={file}");
        Assert.Equal(copied, await CountsOfFileAsync(file));
        await Finishes(restored);
    }

    [Fact]
    public async Task A_dump_taken_while_webhooks_are_stored_restores_whole_on_PostgreSQL()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh, which starts one.");
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions { Workers = true });
        var file = TempFolder.File("backup", ".dump");
        var restoredName = $"waconsole_restored_{Guid.CreateVersion7():n}";
        var restoredConnection = new NpgsqlConnectionStringBuilder(core.Database.ConnectionString) { Database = restoredName }.ToString();

        var before = await WhileWritingAsync(core, () => PostgresToolAsync(
            "pg_dump", core.Database.ConnectionString, "--format=custom", "--file", file));
        try
        {
            await PostgresToolAsync("createdb", TestDatabase.PostgresServer!, restoredName);
            await PostgresToolAsync("pg_restore", restoredConnection, "--exit-on-error", "--no-owner", file);

            var counts = await CountsOfPostgresAsync(restoredConnection);
            Assert.InRange(counts["Deliveries"], before, await core.WithDbAsync(db => db.Deliveries.CountAsync()));
            await using var restored = await RestoredAsync(DatabaseProvider.Postgres, restoredConnection);
            Assert.Equal(counts, await CountsOfPostgresAsync(restoredConnection));
            await Finishes(restored);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await PostgresToolAsync("dropdb", TestDatabase.PostgresServer!, "--if-exists", "--force", restoredName);
        }
    }

    [Fact]
    public async Task A_backup_never_overwrites_a_file()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var file = TempFolder.File("precious", ".db");
        await File.WriteAllTextAsync(file, "yesterday's backup", Token);

        var outcome = await core.Get<BackUpDatabase>().RunAsync(file, Token);

        Assert.Contains(file, Assert.IsType<BackUpOutcome.Refused>(outcome).Sentence, StringComparison.Ordinal);
        Assert.Equal("yesterday's backup", await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task Only_its_owner_can_read_a_backup()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var file = TempFolder.File("private", ".db");

        Assert.IsType<BackUpOutcome.Written>(await core.Get<BackUpDatabase>().RunAsync(file, Token));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_backup_that_cannot_be_made_says_why_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var file = Path.Combine(TempFolder.Path, "no-such-folder", "backup.db");

        var refused = Assert.IsType<BackUpOutcome.Refused>(await core.Get<BackUpDatabase>().RunAsync(file, Token));

        Assert.Contains(provider == DatabaseProvider.Postgres ? "pg_dump" : "no-such-folder", refused.Sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    /// <summary>Stores webhooks without a pause before, during and after the work; returns how many were acknowledged before it began.</summary>
    private static async Task<int> WhileWritingAsync(CoreHost core, Func<Task> work)
    {
        const int Enough = 20;
        using var enough = new CancellationTokenSource();
        var acknowledged = 0;
        var writing = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    var body = WebhookBodies.Text($"49171555{acknowledged:0000}", "Amina", $"wamid.backup.{acknowledged}", "Is it ready?");
                    Assert.Equal(AcceptOutcome.Stored, await core.Get<AcceptDelivery>().RunAsync(body, TestAccount.Sign(body), Token));
                    Interlocked.Increment(ref acknowledged);
                }
            },
            Token);

        await Until.TrueAsync(() => acknowledged >= Enough || writing.IsCompleted, "webhooks to be stored");
        var before = acknowledged;
        await work();
        var after = acknowledged;
        await Until.TrueAsync(() => acknowledged >= after + Enough || writing.IsCompleted, "more webhooks to be stored");
        await enough.CancelAsync();
        await writing;
        return before;
    }

    private static Task<CoreHost> RestoredAsync(DatabaseProvider provider, string connectionString) =>
        CoreHost.StartAsync(provider, new CoreHostOptions
        {
            GraphBaseAddress = null,
            Settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = connectionString },
        });

    /// <summary>What was not worked off when the copy was made is worked off from the copy: every webhook in it becomes a message.</summary>
    private static async Task Finishes(CoreHost restored)
    {
        var deliveries = await restored.WithDbAsync(db => db.Deliveries.CountAsync());
        await restored.StartWorkersAsync();
        await Until.TrueAsync(
            async () => (await restored.Get<ReadIntake>().RunAsync(Caller.System, Token)).Pending == 0, "the copy to be worked off");
        Assert.Equal(deliveries, await restored.WithDbAsync(db => db.Messages.CountAsync(m => m.Wamid!.StartsWith("wamid.backup."))));
    }

    private static async Task<Dictionary<string, long>> CountsOfFileAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Token);
        return await CountsAsync(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    }

    private static async Task<Dictionary<string, long>> CountsOfPostgresAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        return await CountsAsync(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");
    }

    private static async Task<Dictionary<string, long>> CountsAsync(DbConnection connection, string tablesSql)
    {
        List<string> tables = [];
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = tablesSql;
            await using var rows = await command.ExecuteReaderAsync(Token);
            while (await rows.ReadAsync(Token))
            {
                tables.Add(rows.GetString(0));
            }
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            counts[table] = Convert.ToInt64(await command.ExecuteScalarAsync(Token), CultureInfo.InvariantCulture);
        }

        return counts;
    }

    private static async Task<string?> AskFileAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token) as string;
    }

    private static async Task PostgresToolAsync(string tool, string connectionString, params string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(PostgresTool(tool)) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PGHOST"] = server.Host;
        start.Environment["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = server.Username;
        start.Environment["PGPASSWORD"] = server.Password ?? "";
        start.Environment["PGDATABASE"] = server.Database;
        if (tool == "pg_restore")
        {
            start.ArgumentList.Add($"--dbname={server.Database}");
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var complaint = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{tool} ended with {process.ExitCode}: {complaint}");
    }

    private static string PostgresTool(string tool)
    {
        var folders = new[] { Environment.GetEnvironmentVariable("WACONSOLE_TEST_POSTGRES_BIN") }
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                : []);
        return folders.OfType<string>().Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists) ?? tool;
    }
}
