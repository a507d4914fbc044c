using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class OrderTests
{
    [Theory]
    [EveryDatabase]
    public async Task Messages_of_one_conversation_leave_in_the_order_they_were_written(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.Throughput);

        List<string> keys = [];
        for (var index = 0; index < 12; index++)
        {
            var key = Guid.CreateVersion7();
            keys.Add(key.ToString("N"));
            await bench.QueueAsync(conversation, $"Line {index}", key);
        }

        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 12, "all twelve accepted");
        Assert.Equal(keys, bench.Simulator.World.Ledger.OrderBy(entry => entry.Sequence).Select(entry => entry.CallbackData!));
    }

    [Theory]
    [EveryDatabase]
    public async Task Two_workers_on_one_database_send_each_message_once(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, options => options with { ThroughputPerSecond = 0, PairBurst = 0 });
        List<long> conversations = [];
        for (var index = 0; index < 6; index++)
        {
            conversations.Add((await bench.CustomerAsync($"Customer {index}")).Conversation);
        }

        await using var other = await CoreHost.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = bench.Simulator.Uri, RestartOf = bench.Core, Workers = true });
        List<long> messages = [];
        for (var round = 0; round < 8; round++)
        {
            foreach (var conversation in conversations)
            {
                messages.Add(await bench.QueueAsync(conversation, $"Round {round}"));
            }
        }

        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(async db => !await db.Outbox.AnyAsync(e => e.State != OutboxState.Done)), "an empty outbox");
        Assert.Equal(messages.Count, bench.Simulator.World.Ledger.Count);
        Assert.Equal(messages.Count, bench.Simulator.World.Ledger.Select(entry => entry.CallbackData).Distinct().Count());
        await other.StopAsync();
    }
}
