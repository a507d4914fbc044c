using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>The clock stands still unless it is moved, so the number's pace lets go exactly what the test gives it.</summary>
public sealed class LaneTests
{
    [Theory]
    [EveryDatabase]
    public async Task An_agents_reply_is_the_next_to_leave_while_a_broadcast_waits(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(30);
        bench.Resume();
        await Until.TrueAsync(
            async () =>
            {
                bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
                var leaving = await LeavingAsync(bench);
                leaving.ExceptWith(bench.Simulator.World.Ledger.Select(entry => entry.CallbackData!));
                return bench.Simulator.World.Ledger.Count >= SendingBench.Burst && leaving.Count > 0;
            },
            "some of the broadcast marked as leaving and waiting for their turn");

        var reply = await bench.QueueAsync(conversation, "I am here");
        await Until.TrueAsync(async () => (await bench.EntryAsync(reply)).State != OutboxState.Waiting, "the reply at the door");
        var ahead = await LeavingAsync(bench);
        ahead.UnionWith(bench.Simulator.World.Ledger.Select(entry => entry.CallbackData!));
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 31, "everything sent");

        var key = (await bench.MessageAsync(reply)).ClientKey!.Value.ToString("N");
        var sequence = bench.Simulator.World.Ledger.Single(entry => entry.CallbackData == key).Sequence;
        Assert.All(
            bench.Simulator.World.Ledger.Where(entry => entry.Sequence < sequence),
            entry => Assert.Contains(entry.CallbackData!, ahead));
        Assert.InRange(sequence, 1, 25);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_broadcast_gets_its_quarter_while_automation_has_more_than_enough(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(60, OutboxLane.Automation, phones: 491_700_100_000);
        var broadcast = await bench.BroadcastAsync(60, OutboxLane.Broadcast, phones: 491_700_200_000);
        bench.Resume();

        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 120, "everything sent");

        var early = bench.Simulator.World.Ledger.Where(entry => entry.Sequence <= 64).Count(entry => broadcast.Contains(entry.CallbackData!));
        // A quarter is 16, give or take those that were on the wire side by side. Without shares it would be 4, or all 60.
        Assert.InRange(early, 8, 24);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_an_agent_types_does_not_wait_behind_a_broadcast_to_the_same_person(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (customer, conversation) = await bench.CustomerAsync();
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(40);
        var same = Assert.Single(await bench.BroadcastAsync(1, phones: long.Parse(customer.Phone!, CultureInfo.InvariantCulture)));
        var reply = await bench.QueueAsync(conversation, "I am here");
        var key = (await bench.MessageAsync(reply)).ClientKey!.Value.ToString("N");
        bench.Resume();

        // While the clock stands no more leave than at once: a reply that is slow on the wire is overtaken by no later one.
        bench.Core.Get<LiveUpdates>().Publish(new OutboxChanged(bench.Core.NumberId, Urgent: true));
        await Until.TrueAsync(() => bench.Simulator.World.Ledger.Any(entry => entry.CallbackData == key), "the reply sent");
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 42, "everything sent");

        var ledger = bench.Simulator.World.Ledger;
        Assert.InRange(ledger.Single(entry => entry.CallbackData == key).Sequence, 1, ledger.Single(entry => entry.CallbackData == same).Sequence - 1);
        Assert.InRange(ledger.Single(entry => entry.CallbackData == key).Sequence, 1, SendingBench.Burst);
    }

    /// <summary>Marked as leaving: what is on the wire and what waits for the number's pace.</summary>
    private static async Task<HashSet<string>> LeavingAsync(SendingBench bench)
    {
        var leaving = await bench.Core.WithDbAsync(db => db.Outbox.Where(e => e.State == OutboxState.Sending).Select(e => e.Message.ClientKey!.Value).ToListAsync());
        return [.. leaving.Select(key => key.ToString("N"))];
    }
}
