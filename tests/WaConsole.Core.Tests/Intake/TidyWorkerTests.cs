using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class TidyWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task Webhooks_are_worked_off_while_tidying_takes_its_time(DatabaseProvider provider)
    {
        var tidying = new HeldTidying();
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions
        {
            Workers = true,
            Services = services => services.ConfigureDbContext<WaConsoleDb>(options => options.AddInterceptors(tidying)),
        });
        try
        {
            await tidying.Begun;
            Assert.Contains(bench.Core.Get<Heartbeats>().Read(), sign => sign.Worker == Worker.Tidying);
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello"))));

            await Until.TrueAsync(async () => (await bench.CountAsync()) is { Pending: 0, Stored: 1 }, "the message in its thread");
        }
        finally
        {
            tidying.Release();
        }
    }

    [Theory]
    [EveryDatabase]
    public async Task What_was_worked_off_long_ago_is_removed_and_what_still_waits_is_kept(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.recent", "Hello")));
        await bench.Core.WithDbAsync(async db =>
        {
            var old = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-15);
            db.Deliveries.AddRange(Enumerable.Range(0, 450).Select(_ => new Delivery { State = DeliveryState.Done, ReceivedAtUtc = old, ProcessedAtUtc = old }));
            await db.SaveChangesAsync();
        });
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.waits", "Hello"))));

        var signs = 0;
        await bench.Core.Get<TidyIntake>().RunAsync(() => signs++, CancellationToken.None);

        Assert.Equal(3, signs);
        var kept = await bench.Core.WithDbAsync(db => db.Deliveries.OrderBy(d => d.Id).Select(d => d.State).ToListAsync());
        Assert.Equal([DeliveryState.Done, DeliveryState.Pending], kept);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_missed_join_does_not_wait_for_tens_of_thousands_that_wait_before_it(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var waiting =
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
            INSERT INTO "ParkedItems" ("BusinessAccountId", "Wamid", "ItemHash", "Body", "ParkedAtUtc", "ExpiresAtUtc")
            SELECT {bench.Core.AccountId}, 'wamid.absent.' || i, 'parked ' || i, {(provider == DatabaseProvider.Sqlite ? "x''" : "''::bytea")},
                '2026-01-01 00:00:00', '2099-01-01 00:00:00' FROM n
            """;
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(waiting));
        await MissAsync(bench, "wamid.1");

        await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);

        Assert.Single((await bench.MessageAsync("wamid.1")).Reactions);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_item_that_met_another_writer_is_joined_in_the_next_round_and_not_set_aside(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        await MissAsync(bench, "wamid.1");
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
            ? """CREATE TRIGGER met BEFORE INSERT ON "Reactions" BEGIN SELECT RAISE(ABORT, 'met'); END"""
            : """
              CREATE FUNCTION met() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = 'deadlock_detected'; END $$ LANGUAGE plpgsql;
              CREATE TRIGGER met BEFORE INSERT ON "Reactions" FOR EACH ROW EXECUTE FUNCTION met();
              """));

        await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);
        Assert.Equal((1, 0), await WaitingAsync());

        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            provider == DatabaseProvider.Sqlite ? "DROP TRIGGER met" : """DROP TRIGGER met ON "Reactions" """));
        await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);
        Assert.Equal((0, 0), await WaitingAsync());
        Assert.Single((await bench.MessageAsync("wamid.1")).Reactions);

        async Task<(int Parked, int Quarantined)> WaitingAsync() =>
            await bench.Core.WithDbAsync(async db => (await db.ParkedItems.CountAsync(), await db.QuarantinedItems.CountAsync()));
    }

    /// <summary>A reaction that was parked while its message was being written.</summary>
    private static Task MissAsync(IntakeBench bench, string wamid) => bench.Core.WithDbAsync(async db =>
    {
        db.ParkedItems.Add(new ParkedItem
        {
            BusinessAccountId = bench.Core.AccountId,
            Wamid = wamid,
            ItemHash = "missed",
            Body = Hooks.Messages(Hooks.Reaction("wamid.r", wamid, "👍")),
            ParkedAtUtc = Hooks.Noon,
            ExpiresAtUtc = Hooks.Noon.AddYears(50),
        });
        await db.SaveChangesAsync();
    });

    /// <summary>Holds the first thing tidying asks of the database until it is released.</summary>
    private sealed class HeldTidying : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        public void Release() => _released.TrySetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("MAX(", StringComparison.OrdinalIgnoreCase) && command.CommandText.Contains("\"ParkedItems\"", StringComparison.Ordinal))
            {
                _begun.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            return result;
        }
    }
}
