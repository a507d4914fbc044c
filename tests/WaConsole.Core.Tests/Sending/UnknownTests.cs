using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class UnknownTests
{
    [Theory]
    [EveryDatabase]
    public async Task An_answer_lost_after_accepting_leaves_the_message_unknown_until_its_status_settles_it(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.SendWebhooksTo(new Uri("http://127.0.0.1:9/"));
        bench.Fault(FaultKind.ServerErrorAfterAccepting);

        var message = await bench.QueueAsync(conversation, "Did it go?");
        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        Assert.Equal(OutboxState.Unknown, (await bench.EntryAsync(message)).State);

        await bench.Simulator.SendWebhooksToAsync(bench.Core);
        await bench.UntilAsync(async () => (await bench.MessageAsync(message)).Status >= DeliveryStatus.Sent, "settled by its status");
        Assert.Equal(1, await bench.AcceptedAsync(message));
        Assert.Equal(OutboxState.Done, (await bench.EntryAsync(message)).State);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_connection_cut_after_accepting_is_never_repeated(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.TimeoutAfterAccepting, Next = 1, Milliseconds = 1 });

        var message = await bench.QueueAsync(conversation, "Cut");
        var later = await bench.QueueAsync(conversation, "After the cut");

        await bench.UntilAsync(later, DeliveryStatus.Read);
        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_server_error_leaves_the_message_unknown_and_the_next_one_goes(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.ServerError);

        var message = await bench.QueueAsync(conversation, "First");
        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        var next = await bench.QueueAsync(conversation, "Second");

        await bench.UntilAsync(next, DeliveryStatus.Read);
        Assert.Equal(DeliveryStatus.Unknown, (await bench.MessageAsync(message)).Status);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_row_found_in_the_middle_of_sending_after_a_crash_becomes_unknown_and_is_not_sent(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        var message = await bench.QueueAsync(conversation, "Cut off");
        await bench.UntilAsync(async () => (await bench.EntryAsync(message)).State == OutboxState.Waiting
            && await bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        bench.Simulator.World.Faults.Clear();

        // What a killed process leaves behind: the row marked as leaving, the lease running out.
        await bench.Core.StopAsync();
        await bench.RestartAsync(provider, core => core.WithDbAsync(async db =>
        {
            await db.Outbox.ExecuteUpdateAsync(set => set
                .SetProperty(e => e.State, OutboxState.Sending)
                .SetProperty(e => e.LeasedBy, Guid.CreateVersion7())
                .SetProperty(e => e.LeasedUntilUtc, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
            await db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.SendingStoppedAtUtc, (DateTime?)null));
        }).GetAwaiter().GetResult());

        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        Assert.Equal(OutboxState.Unknown, (await bench.EntryAsync(message)).State);
        var next = await bench.QueueAsync(conversation, "Afterwards");
        await bench.UntilAsync(next, DeliveryStatus.Read);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }
}
