using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class PairPaceTests
{
    private static readonly long Noon = PairPace.Moment(QueueBench.Noon);

    [Fact]
    public void A_pair_has_forty_five_at_once_and_then_one_in_six_seconds()
    {
        var (sent, paid) = Burst(0, Noon);

        Assert.Equal(45, sent);
        Assert.NotEqual(TimeSpan.Zero, PairPace.Wait(paid, Noon + 5_900));
        Assert.Equal(TimeSpan.Zero, PairPace.Wait(paid, Noon + 6_200));
        Assert.NotEqual(TimeSpan.Zero, PairPace.Wait(PairPace.After(paid, Noon + 6_200), Noon + 6_200));
        Assert.Equal(45, Burst(paid, Noon + 45 * PairPace.Interval).Sent);
    }

    [Fact]
    public void A_clock_that_was_set_back_holds_nobody_up()
    {
        var (_, paid) = Burst(0, Noon);

        Assert.Equal(TimeSpan.Zero, PairPace.Wait(paid, Noon - 3_600_000));
        Assert.Equal(45, Burst(paid, Noon - 3_600_000).Sent);
    }

    /// <summary>The program is started anew after each message, and knows what the ones before it sent.</summary>
    [Theory]
    [EveryDatabase]
    public async Task What_a_customer_has_had_counts_after_a_restart_and_on_every_node(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.PairPaidUntil, Noon + (PairPace.Burst - 2) * PairPace.Interval)));

        Assert.Equal(1, await LeavesAsync(bench, bench.Core, conversation));
        await using var next = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = bench.Clock, RestartOf = bench.Core });
        Assert.Equal(1, await LeavesAsync(bench, next, conversation));
        await using var last = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = bench.Clock, RestartOf = bench.Core });
        Assert.Equal(0, await LeavesAsync(bench, last, conversation));

        bench.Clock.Advance(TimeSpan.FromMilliseconds(PairPace.Interval));
        Assert.Equal(1, await BeginAsync(last));
    }

    /// <summary>What the pure rule says and what the database adds up are one thing.</summary>
    [Theory]
    [EveryDatabase]
    public async Task The_database_adds_up_as_the_rule_does(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        foreach (var paid in (long[])[0, Noon - 1, Noon, Noon + 1, Noon + 44 * PairPace.Interval, Noon + 46 * PairPace.Interval])
        {
            await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.PairPaidUntil, paid)));

            Assert.Equal(1, await LeavesAsync(bench, bench.Core, conversation));

            Assert.Equal(PairPace.After(paid, Noon), (await bench.ReadAsync(conversation)).PairPaidUntil);
        }
    }

    private static (int Sent, long Paid) Burst(long paid, long now)
    {
        var sent = 0;
        while (PairPace.Wait(paid, now) == TimeSpan.Zero)
        {
            paid = PairPace.After(paid, now);
            sent++;
        }

        return (sent, paid);
    }

    /// <summary>Queues one more and begins to send; those that began are settled, so that the next of the conversation is due.</summary>
    private static async Task<int> LeavesAsync(QueueBench bench, CoreHost node, long conversation)
    {
        await bench.TextAsync(conversation);
        return await BeginAsync(node);
    }

    private static async Task<int> BeginAsync(CoreHost node)
    {
        var begun = (await node.Get<BeginSending>().RunAsync(node.NumberId, 8, 8, Guid.CreateVersion7(), CancellationToken.None)).Ready.Count;
        await node.WithDbAsync(db => db.Outbox.Where(e => e.State == OutboxState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, OutboxState.Done)));
        return begun;
    }
}
