using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class BoundedReadTests
{
    [Theory, EveryDatabase]
    public async Task A_statement_that_would_never_end_is_ended_by_its_time(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider, TimeSpan.FromMilliseconds(50));

        Assert.Null(await host.Get<Store>().ReadWithinAsync(ReadKind.List, (db, token) => EndlessAsync(db, token), CancellationToken.None));

        await StoppedAsync(host);
        Assert.NotNull(await host.Get<Store>().ReadWithinAsync(
            ReadKind.Count, async (db, token) => await db.Numbers.ToListAsync(token), CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task A_search_nobody_waits_for_any_more_stops_in_the_database(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        using var typing = new CancellationTokenSource();
        var running = new TaskCompletionSource();

        var search = host.Get<Store>().ReadWithinAsync(
            ReadKind.Search,
            (db, token) =>
            {
                running.SetResult();
                return EndlessAsync(db, token);
            },
            typing.Token);
        await running.Task;
        // PostgreSQL hears a wish to stop only once it has begun.
        await UntilAtWorkAsync(host, 1, "begun");
        await typing.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        await StoppedAsync(host);
    }

    [Theory, EveryDatabase]
    public async Task A_search_ends_by_its_time_and_leaves_its_place(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider, TimeSpan.FromMilliseconds(50));

        for (var i = 0; i < 2 * Environment.ProcessorCount; i++)
        {
            Assert.Null(await host.Get<Store>().SearchAsync((db, token) => EndlessAsync(db, token), CancellationToken.None));
        }

        await StoppedAsync(host);
    }

    [Theory, EveryDatabase]
    public async Task Searches_that_hold_every_place_keep_nobody_else_waiting(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider, TimeSpan.FromSeconds(1));
        using var until = new CancellationTokenSource();
        var store = host.Get<Store>();
        var holding = Enumerable.Range(0, 40).Select(_ => store.SearchAsync((db, token) => EndlessAsync(db, token), until.Token)).ToList();

        await using (var db = await store.OpenAsync(CancellationToken.None))
        {
            Assert.Equal(2, await db.Numbers.CountAsync());
        }

        await until.CancelAsync();
        foreach (var search in holding)
        {
            Assert.True(await GaveUpAsync(search));
        }

        static async Task<bool> GaveUpAsync(Task<List<long>?> search)
        {
            try
            {
                return await search is null;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task On_PostgreSQL_a_search_has_its_own_pool_and_the_servers_own_limit()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, "needs PostgreSQL");
        await using var host = await StartAsync(DatabaseProvider.Postgres, TimeSpan.FromMinutes(1));

        var seen = await host.Get<Store>().SearchAsync(
            async (db, token) => await db.Database.SqlQueryRaw<string>(
                "SELECT current_setting('application_name') || ', ' || current_setting('statement_timeout') AS \"Value\"").ToListAsync(token),
            CancellationToken.None);

        Assert.Equal(["WaConsole search, 1min"], seen);
    }

    /// <summary>With no allowance for the first question of a kind other than counting.</summary>
    private static async Task<CoreHost> StartAsync(DatabaseProvider provider, TimeSpan limit)
    {
        var limits = new ReadLimits { Usual = limit };
        limits.Ran(ReadKind.List);
        limits.Ran(ReadKind.Search);
        return await CoreHost.StartAsync(provider, new CoreHostOptions { Services = services => services.AddSingleton(limits) });
    }

    private static async Task<List<long>> EndlessAsync(WaConsoleDb db, CancellationToken cancellationToken) => await db.Database.SqlQueryRaw<long>(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 1000 + 1 FROM n) SELECT COUNT(*) AS \"Value\" FROM n").ToListAsync(cancellationToken);

    /// <summary>On SQLite the statement ran in this process, on the task that has ended.</summary>
    private static Task StoppedAsync(CoreHost host) => UntilAtWorkAsync(host, 0, "stopped");

    private static async Task UntilAtWorkAsync(CoreHost host, int statements, string what)
    {
        if (host.Database.Provider == DatabaseProvider.Postgres)
        {
            await Until.TrueAsync(
                async () => await host.WithDbAsync(db => db.Database.SqlQueryRaw<int>(
                    "SELECT COUNT(*)::int AS \"Value\" FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() AND query LIKE 'WITH RECURSIVE n%'")
                    .SingleAsync()) == statements,
                what);
        }
    }
}
