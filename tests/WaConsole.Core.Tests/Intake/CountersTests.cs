using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Intake;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class CountersTests
{
    [Theory]
    [EveryDatabase]
    public async Task The_counters_add_up_at_every_moment_under_load(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Workers = true });
        var traffic = new RandomTraffic(4_711);
        List<byte[]> bodies = [.. Enumerable.Range(0, 300).Select(_ => traffic.NextBody())];
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepting = Task.WhenAll(bodies.Chunk(50).Select(chunk => Task.Run(async () =>
        {
            foreach (var (at, body) in chunk.Index())
            {
                if (at == chunk.Length / 2)
                {
                    await looked.Task;
                }

                Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(body));
            }
        })));

        var looks = 0;
        await Until.TrueAsync(
            async () =>
            {
                // Asked first: what is accepted after the look is not in its counts.
                var isAllAccepted = accepting.IsCompleted;
                var intake = await bench.CountAsync();
                looks++;
                looked.TrySetResult();
                return isAllAccepted && intake.Pending == 0;
            },
            "all of it worked off");

        await accepting;
        Assert.True(looks > 1);
        Assert.True((await bench.CountAsync()).Received > bodies.Count);
    }

    [Theory]
    [EveryDatabase]
    public async Task The_counters_add_up_after_retention_and_an_erasure_took_what_waits_and_what_was_set_aside(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await bench.TakeAsync(
            "not json at all"u8.ToArray(),
            Hooks.Messages(Hooks.Text("wamid.1", "Hello", from: null)),
            Hooks.Messages(Hooks.Reaction("wamid.r", "wamid.gone", "👍")),
            Hooks.Statuses(Hooks.Status("wamid.2", "sent")),
            Hooks.Messages(Hooks.Text("wamid.3", "Hello", from: "4917000000001")));
        Assert.Equal((5, 1, 2, 2), await StandAsync());

        await bench.Core.WithDbAsync(async db =>
        {
            db.Remnants.Add(new Remnant { Trace = Hooks.Amina });
            await db.SaveChangesAsync();
        });
        await bench.Core.Get<ForgetRemnants>().RunAsync(() => { }, CancellationToken.None);
        Assert.Equal((3, 1, 0, 2), await StandAsync());

        await bench.Core.Get<SaveRetention>().RunAsync(Caller.System, new RetentionTerms { QuarantineDays = 1 }, CancellationToken.None);
        clock.Advance(TimeSpan.FromDays(2));
        await bench.Core.Get<SweepOld>().RunAsync(() => { }, CancellationToken.None);
        Assert.Equal((1, 1, 0, 0), await StandAsync());

        async Task<(long Received, long Stored, long Parked, long Quarantined)> StandAsync()
        {
            var intake = await bench.CountAsync();
            return (intake.Received, intake.Stored, intake.Parked, intake.Quarantined);
        }
    }

    [Fact]
    [Trait("Category", "postgres")]
    public async Task An_item_replayed_twice_at_once_counts_once()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, "No PostgreSQL.");
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres);
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Messages" ADD CONSTRAINT refuse CHECK ("Text" <> 'poison')"""));
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "poison")));
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Messages" DROP CONSTRAINT refuse"""));
        var quarantine = bench.Core.Get<Quarantine>();
        var id = Assert.Single(await quarantine.ListAsync(Caller.System, 10, CancellationToken.None)).Id;

        Task<string?> first, second;
        await using (var held = await HeldRows.OfAsync(bench.Core, """SELECT 1 FROM "QuarantinedItems" FOR UPDATE"""))
        {
            (first, second) = (quarantine.ReplayAsync(Caller.System, id, CancellationToken.None), quarantine.ReplayAsync(Caller.System, id, CancellationToken.None));
            await held.UntilWaitingAsync(2);
        }

        Assert.Single(await Task.WhenAll(first, second), reason => reason is null);
        var intake = await bench.CountAsync();
        Assert.Equal((1, 1, 0), (intake.Received, intake.Stored, intake.Duplicates));
    }
}
