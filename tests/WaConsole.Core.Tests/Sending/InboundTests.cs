using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class InboundTests
{
    [Theory]
    [EveryDatabase]
    public async Task Each_message_of_a_customer_is_counted_once_for_its_number_and_statuses_are_not(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();
        var sent = await bench.QueueAsync(conversation, "Hello");
        await bench.UntilAsync(sent, Core.Conversations.DeliveryStatus.Read);

        for (var index = 0; index < 3; index++)
        {
            bench.Simulator.World.Faults.Set(new Simulator.Faults.Fault { Kind = Simulator.Faults.FaultKind.WebhookDoubled, Next = 1 });
            Assert.IsType<WriteOutcome.Sent>(bench.Simulator.World.Write(customer.Id, new CustomerMessage(MessageContent.OfText($"More {index}"))));
        }

        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(async db => await db.Messages.CountAsync(m => m.ConversationId == conversation) == 5), "all stored");
        Assert.Equal(4, await bench.Core.WithDbAsync(db => db.Numbers.Where(n => n.Id == bench.Core.NumberId).Select(n => n.ReceivedMessages).SingleAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_is_written_to_at_its_limit_sends_nothing_meanwhile(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(200);
        bench.Resume();
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count >= 20, "the broadcast under way");

        // As many as the number may have in a second come in at once, on whatever node.
        await bench.Core.WithDbAsync(db => db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReceivedMessages, n => n.ReceivedMessages + 80)));
        await bench.UntilAsync(() => bench.Core.Get<Core.Sending.SendPace>().SpentBy(bench.Core.NumberId) >= 80, "the sender to have seen them");
        var before = bench.Simulator.World.Ledger.Count;
        bench.Clock.Advance(TimeSpan.FromMilliseconds(800));
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 200, "everything sent");

        var next = bench.Simulator.World.Ledger.Where(entry => entry.Sequence > before + SendingBench.Burst).Min(entry => entry.At);
        var last = bench.Simulator.World.Ledger.Where(entry => entry.Sequence <= before).Max(entry => entry.At);
        Assert.True(next - last >= TimeSpan.FromMilliseconds(800));
    }
}
