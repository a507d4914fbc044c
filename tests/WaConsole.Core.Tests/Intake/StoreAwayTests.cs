using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>The disk is full, or the database is away: webhooks are refused while that lasts and taken afterwards, by the same process.</summary>
public sealed class StoreAwayTests
{
    private static readonly byte[] Hello = Hooks.Messages(Hooks.Text("wamid.hello", "Hello"));

    [Fact]
    public async Task A_full_disk_refuses_webhooks_quarantines_nothing_and_everything_goes_on_once_there_is_room()
    {
        var disk = new Disk();
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions
        {
            Services = services => services.ConfigureDbContext<WaConsoleDb>(options => options.AddInterceptors(disk)),
        });
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text($"wamid.{number}", new string('x', 3_000)))));
        }

        disk.IsFull = true;
        Assert.Equal(AcceptOutcome.StoreUnavailable, await bench.AcceptAsync(Large("wamid.large")));
        await Assert.ThrowsAnyAsync<DbException>(() => bench.Core.Get<HandleDeliveries>().RunOnceAsync(CancellationToken.None));
        Assert.Equal((50, 0), ((await bench.CountAsync()).Pending, (await bench.CountAsync()).Quarantined));

        disk.IsFull = false;
        await bench.TakeAsync(Large("wamid.large"));

        var intake = await bench.CountAsync();
        Assert.Equal((51, 51, 0), (intake.Received, intake.Stored, intake.Quarantined));
    }

    [Fact]
    public async Task A_database_that_goes_away_refuses_webhooks_and_everything_goes_on_once_it_is_back()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, "No PostgreSQL: tests/run.sh starts one.");
        await using var gate = new Gate(new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer!));
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions
        {
            Workers = true,
            Database = options => gate.Through(options),
        });
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));
        await Until.TrueAsync(async () => (await bench.CountAsync()).Stored == 1, "the first message");

        gate.Shut();
        Assert.Equal(AcceptOutcome.StoreUnavailable, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.away", "Anybody there?"))));
        gate.Reopen();

        await Until.TrueAsync(
            async () => await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.back", "Hello again"))) == AcceptOutcome.Stored, "the database used again");
        await Until.TrueAsync(async () => (await bench.CountAsync()) is { Pending: 0, Stored: >= 2 }, "the next message");
        Assert.Equal("Hello again", (await bench.MessageAsync("wamid.back")).Text);
    }

    private static byte[] Large(string wamid) => Hooks.Messages(Hooks.Text(wamid, new string('x', 200_000)));

    /// <summary>SQLite's own limit of pages, set where every transaction begins: beyond it SQLite says what it says on a full disk.</summary>
    private sealed class Disk : DbTransactionInterceptor
    {
        public bool IsFull { get; set; }

        public override async ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }
    }
}
