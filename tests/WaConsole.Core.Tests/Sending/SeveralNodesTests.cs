using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Two nodes on one PostgreSQL database, both sending. The clock is theirs and the simulator's.</summary>
public sealed class SeveralNodesTests
{
    private const string RedisVariable = "WACONSOLE_TEST_REDIS";

    [Fact]
    public async Task Two_nodes_together_keep_the_pace_of_one_number()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Postgres, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        await using var other = await NodeAsync(bench, redis: null);

        await bench.BroadcastAsync(100, phones: 491_700_100_000);
        await bench.BroadcastAsync(100, phones: 491_700_200_000, from: other);
        await Until.TrueAsync(
            () =>
            {
                bench.Clock.Advance(TimeSpan.FromMilliseconds(50));
                return bench.Simulator.World.Ledger.Count == 200;
            },
            "everything sent");

        var moments = bench.Simulator.World.Ledger.Select(entry => entry.At).ToList();
        Assert.All(moments, start => Assert.InRange(moments.Count(at => at >= start && at < start + TimeSpan.FromSeconds(1)), 1, 80));
        Assert.Equal(200, bench.Simulator.World.Ledger.Select(entry => entry.CallbackData).Distinct().Count());
        Assert.Equal(200, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.Attempts == 1)));
        await other.StopAsync();
    }

    [Fact]
    public async Task A_reply_written_on_another_node_leaves_at_once_through_the_node_that_has_the_number()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        var redis = Environment.GetEnvironmentVariable(RedisVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(redis), $"No Redis: set {RedisVariable}, or run tests/run.sh, which starts one.");

        // Nodes of other tests share the server.
        redis += $",channelPrefix={Guid.CreateVersion7():n}";
        await using var bench = await SendingBench.StartAsync(
            DatabaseProvider.Postgres, clock: SendingBench.StandingClock(), settings: new Dictionary<string, string?> { ["Redis:ConnectionString"] = redis });
        var (_, conversation) = await bench.CustomerAsync();
        await using var other = await NodeAsync(bench, redis);
        foreach (var node in (CoreHost[])[bench.Core, other])
        {
            await Until.TrueAsync(() => node.Get<RelayState>().Condition == RelayCondition.Connected, "the relay between the nodes");
        }

        await bench.QueueAsync(conversation, "From here");

        // In small steps: a send on its way must not run out of time on a clock that runs ahead of the machine. Until it is settled, for
        // the conversation's next message waits for that, and the look after it gathers for a moment of this clock.
        await Until.TrueAsync(
            async () =>
            {
                bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
                return bench.Simulator.World.Ledger.Count == 1
                    && !await bench.Core.WithDbAsync(db => db.Outbox.AnyAsync(e => e.State <= OutboxState.Sending));
            },
            "the first reply");

        // The clock stands from here on, so nobody looks because time has passed.
        Assert.IsType<SendReplyOutcome.Queued>(await other.Get<SendReply>().RunAsync(
            SendingBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("From there")), CancellationToken.None));

        await Until.TrueAsync(() => bench.Simulator.World.Ledger.Count == 2, "the reply written on the other node");
        await other.StopAsync();
    }

    [Fact]
    public async Task A_number_that_whatsapp_slowed_down_on_one_node_is_held_by_the_other_that_takes_it()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Postgres, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        var number = bench.Core.NumberId;
        var keys = await bench.BroadcastAsync(1);
        var heldUntil = await ThrottleAsync(bench, FaultKind.Throughput);
        await using var other = await NodeAsync(bench, redis: null);

        // Only then the other has something to send: it takes the number at once, and not some looks later.
        await AdvanceUntilAsync(
            bench, () => bench.Core.WithDbAsync(db => db.PaceOwners.AnyAsync(o => o.NumberId == number && o.Holder == null)), "the number given back");
        keys.UnionWith(await bench.BroadcastAsync(3, phones: 491_700_200_000, from: other));
        await AdvanceUntilAsync(bench, () => other.Get<PaceLease>().Holds(number), "the number at the other node");

        Assert.True(bench.Clock.GetUtcNow() < heldUntil, "The number changed hands after its hold.");
        await AllAfterAsync(bench, heldUntil, keys);
        await other.StopAsync();
    }

    /// <summary>Nobody has sent from the account's other number yet: no node has it, and nothing says so but the hold.</summary>
    [Fact]
    public async Task An_account_that_whatsapp_slowed_down_on_one_node_sends_from_no_number_of_it_on_the_other()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Postgres, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        var second = await bench.Core.WithDbAsync(db => db.Numbers.Where(n => n.Id != bench.Core.NumberId).Select(n => n.Id).SingleAsync());
        var keys = await bench.BroadcastAsync(1);
        var heldUntil = await ThrottleAsync(bench, FaultKind.TooManyRequests);
        await using var other = await NodeAsync(bench, redis: null);

        keys.UnionWith(await bench.BroadcastAsync(3, phones: 491_700_200_000, from: other, number: second));

        await AllAfterAsync(bench, heldUntil, keys);
        await other.StopAsync();
    }

    /// <summary>Four times in a row, so that the hold is longer than a node keeps a number without work.</summary>
    private static async Task<DateTimeOffset> ThrottleAsync(SendingBench bench, FaultKind kind)
    {
        bench.Fault(kind, next: 4);
        await Until.TrueAsync(
            async () =>
            {
                var row = await bench.Core.WithDbAsync(db => db.Outbox.Select(e => new { e.Attempts, e.State }).SingleAsync());
                if (row is { Attempts: 4, State: OutboxState.Waiting })
                {
                    return true;
                }

                // While a refusal is written down the hold that it brought runs already.
                bench.Clock.Advance(TimeSpan.FromMilliseconds(row.State == OutboxState.Sending ? 1 : 50));
                return false;
            },
            "the message slowed down");
        Assert.Empty(bench.Simulator.World.Ledger);
        var held = bench.Core.Get<SendPace>().HeldFor(bench.Core.NumberId);
        Assert.InRange(held, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(12));
        return bench.Clock.GetUtcNow() + held;
    }

    private static async Task AllAfterAsync(SendingBench bench, DateTimeOffset heldUntil, HashSet<string> keys)
    {
        await AdvanceUntilAsync(bench, () => bench.Simulator.World.Ledger.Count >= keys.Count, "everything sent");
        await AdvanceUntilAsync(
            bench, async () => !await bench.Core.WithDbAsync(db => db.Outbox.AnyAsync(e => e.State <= OutboxState.Sending)), "every send settled");

        // The row keeps microseconds.
        Assert.All(bench.Simulator.World.Ledger, entry => Assert.True(entry.At >= heldUntil - TimeSpan.FromMilliseconds(1), $"{heldUntil - entry.At} early"));
        Assert.Equal(keys.Order(StringComparer.Ordinal), bench.Simulator.World.Ledger.Select(entry => entry.CallbackData!).Order(StringComparer.Ordinal));
    }

    private static Task AdvanceUntilAsync(SendingBench bench, Func<bool> holds, string what) =>
        AdvanceUntilAsync(bench, () => Task.FromResult(holds()), what);

    private static Task AdvanceUntilAsync(SendingBench bench, Func<Task<bool>> holds, string what) => Until.TrueAsync(
        async () =>
        {
            if (await holds())
            {
                return true;
            }

            bench.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return false;
        },
        what);

    private static async Task<CoreHost> NodeAsync(SendingBench bench, string? redis)
    {
        var node = await CoreHost.StartAsync(DatabaseProvider.Postgres, new CoreHostOptions
        {
            GraphBaseAddress = bench.Simulator.Uri,
            Clock = bench.Clock,
            RestartOf = bench.Core,
            Settings = redis is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["Redis:ConnectionString"] = redis },
            Workers = true,
        });
        return node;
    }
}
