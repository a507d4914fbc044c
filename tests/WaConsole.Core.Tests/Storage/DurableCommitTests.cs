using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Intake;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

/// <summary>PostgreSQL with synchronous_commit=off: a table that refuses rows whose commit would not wait for the disk.</summary>
public sealed class DurableCommitTests
{
    [Fact]
    public async Task A_webhook_waits_for_the_disk_whatever_the_server_is_set_to()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions { Database = Hasty });
        Assert.Equal("off", await bench.Core.WithDbAsync(
            db => db.Database.SqlQueryRaw<string>("SELECT current_setting('synchronous_commit') AS \"Value\"").SingleAsync()));
        await RefuseHastyAsync(bench.Core, "INSERT ON \"Deliveries\" FOR EACH ROW");

        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello"))));
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.2", "Hello"))));
    }

    [Fact]
    public async Task That_a_message_leaves_waits_for_the_disk_too()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Postgres, database: Hasty);
        var (_, conversation) = await bench.CustomerAsync();
        await RefuseHastyAsync(bench.Core, $"UPDATE OF \"State\" ON \"Outbox\" FOR EACH ROW WHEN (NEW.\"State\" = {(int)OutboxState.Sending})");

        await bench.QueueAsync(conversation, "Hello");

        await Until.TrueAsync(() => bench.Simulator.World.Ledger.Count == 1, "the message to leave");
    }

    [Fact]
    public async Task A_server_that_promises_nothing_is_named_in_the_log()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Postgres);
        var off = await core.WithDbAsync(db => db.Database.SqlQueryRaw<string>(
            "SELECT name AS \"Value\" FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name").ToListAsync());

        await core.Get<MigrateDatabase>().RunAsync(CancellationToken.None);

        Assert.Equal(off, core.Logs.Lines.Where(line => line.Contains("=off", StringComparison.Ordinal))
            .Select(line => line.Contains("full_page_writes", StringComparison.Ordinal) ? "full_page_writes" : "fsync").Order());
    }

    private static DatabaseOptions Hasty(DatabaseOptions options) => new()
    {
        Provider = options.Provider,
        ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Options = "-c synchronous_commit=off" }.ToString(),
    };

    private static Task RefuseHastyAsync(CoreHost core, string what)
    {
        var sql =
            $"""
            CREATE FUNCTION refuse_hasty() RETURNS trigger AS $$ BEGIN
                IF current_setting('synchronous_commit') = 'off' THEN RAISE EXCEPTION 'hasty'; END IF; RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER hasty BEFORE {what} EXECUTE FUNCTION refuse_hasty();
            """;
        return core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql));
    }
}
