using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
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

        // More than the number may have in a second come in at once, on whatever node.
        await bench.Core.WithDbAsync(db => db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReceivedMessages, n => n.ReceivedMessages + 1_000)));
        bench.Core.Get<LiveUpdates>().Publish(new OutboxChanged(bench.Core.NumberId, Urgent: true));

        // What it sends alone is never more than 80, and the clock stands.
        await Until.TrueAsync(() => bench.Core.Get<SendPace>().SpentBy(bench.Core.NumberId) > 80, "the sender to have seen them");
        var seen = bench.Clock.GetUtcNow();
        var keys = await bench.Core.WithDbAsync(
            db => db.Outbox.Where(e => e.State != OutboxState.Waiting).Select(e => e.Message.ClientKey!.Value).ToListAsync());
        var begun = keys.Select(key => key.ToString("N")).ToHashSet();
        await bench.UntilAsync(() => bench.Clock.GetUtcNow() - seen >= TimeSpan.FromMilliseconds(800), "most of that second to pass");

        // Some were on the wire by then, and arrive late on a busy machine.
        Assert.All(bench.Simulator.World.Ledger, entry => Assert.Contains(entry.CallbackData!, begun));
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 200, "everything sent");
    }
}
