using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Two nodes on one PostgreSQL database, both working webhooks off.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task A_webhook_committed_behind_later_ones_does_not_let_another_node_handle_those_again()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        var (atFirst, atSecond) = (new HeldTurn(), new HeldTurn());
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres, Noticed(atFirst, null));
        await using var second = await CoreHost.StartAsync(DatabaseProvider.Postgres, Noticed(atSecond, bench.Core));
        Task<bool> byFirst, bySecond;
        var body = Convert.ToHexString(Hooks.Messages(Hooks.Text("wamid.early", "Early")));
        await using (var early = await HeldRows.OfAsync(
            bench.Core,
            $"""
            INSERT INTO "Deliveries" ("Body", "BusinessAccountId", "ReceivedAtUtc", "State", "ItemCount", "NextItem")
            VALUES (decode('{body}', 'hex'), {bench.Core.AccountId}, now(), 0, 0, 0)
            """))
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.late", "Late"))));
            byFirst = bench.Core.Get<HandleDeliveries>().RunOnceAsync(CancellationToken.None);
            await atFirst.Reached;
            await early.CommitAsync();
        }

        bySecond = second.Get<HandleDeliveries>().RunOnceAsync(CancellationToken.None);
        await atSecond.Reached;
        atFirst.Release();
        await byFirst;
        atSecond.Release();
        await bySecond;

        await bench.WorkOffAsync();
        var intake = await bench.CountAsync();
        Assert.Equal((2, 2, 0), (intake.Received, intake.Stored, intake.Duplicates));
        await second.StopAsync();
    }

    [Fact]
    public async Task A_node_knows_that_another_one_is_at_it()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres);
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello"))));
        var handle = bench.Core.Get<HandleDeliveries>();

        await using (await HeldRows.OfAsync(bench.Core, $"SELECT pg_advisory_xact_lock({DatabaseLocks.Intake})"))
        {
            Assert.False(await handle.RunOnceAsync(CancellationToken.None));
            Assert.True(handle.IsElsewhere);
        }

        Assert.True(await handle.RunOnceAsync(CancellationToken.None));
        Assert.False(await handle.RunOnceAsync(CancellationToken.None));
        Assert.False(handle.IsElsewhere);
    }

    [Fact]
    public async Task Both_nodes_at_work_handle_everything_once()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions { Workers = true });
        await using var second = await CoreHost.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions { Workers = true, RestartOf = bench.Core });
        const int Bodies = 300;

        await Task.WhenAll(Enumerable.Range(0, Bodies).Select(n => Task.Run(() =>
        {
            var body = Hooks.Messages(Hooks.Text($"wamid.a{n}", "Hello"), Hooks.Text($"wamid.b{n}", "Again"));
            return (n % 2 == 0 ? bench.Core : second).Get<AcceptDelivery>().RunAsync(body, TestAccount.Sign(body), CancellationToken.None);
        })));

        await Until.TrueAsync(async () => (await bench.CountAsync()).Pending == 0, "all of it worked off");
        var intake = await bench.CountAsync();
        Assert.Equal((2 * Bodies, 2 * Bodies, 0), (intake.Received, intake.Stored, intake.Duplicates));
        Assert.Equal(2 * Bodies, await bench.Core.WithDbAsync(db => db.Messages.CountAsync()));
        await second.StopAsync();
        await bench.Core.StopAsync();
    }

    private static CoreHostOptions Noticed(HeldTurn turn, CoreHost? other) => new()
    {
        RestartOf = other,
        Services = services => services.ConfigureDbContext<WaConsoleDb>(options => options.AddInterceptors(turn)),
    };

    /// <summary>Holds a node where it asks for its turn, until it is released.</summary>
    private sealed class HeldTurn : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        public void Release() => _released.TrySetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("pg_try_advisory_xact_lock", StringComparison.Ordinal))
            {
                _reached.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            return result;
        }
    }
}
