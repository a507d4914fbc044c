using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class DrainTests
{
    /// <summary>More than leave while a busy machine gets round to the stop.</summary>
    private const int Many = 300;

    [Theory]
    [EveryDatabase]
    public async Task Stopping_the_program_waits_for_the_answer_and_leaves_the_rest_in_the_queue(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.StatusBeforeAnswer, Next = 1 });
        var first = await bench.QueueAsync(conversation, "On its way");
        var second = await bench.QueueAsync(conversation, "Next in line");
        await bench.UntilAsync(async () => (await bench.EntryAsync(first)).State != OutboxState.Waiting, "the first on its way");

        await bench.RestartAsync(provider);

        await bench.UntilAsync(second, DeliveryStatus.Read);
        await bench.UntilAsync(first, DeliveryStatus.Read);
        Assert.Equal((1, 1), (await bench.AcceptedAsync(first), await bench.AcceptedAsync(second)));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_is_on_its_way_is_recorded_and_what_has_not_left_goes_back_when_the_program_stops(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(Many);
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.Slow, Milliseconds = 100 });
        bench.Resume();
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count >= SendingBench.Burst, "some on their way");

        var stopping = bench.Core.StopAsync();
        await bench.UntilAsync(() => stopping.IsCompleted, "the end of the program");
        await stopping;

        await using var after = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = bench.Clock, RestartOf = bench.Core });
        var arrived = bench.Simulator.World.Ledger.Select(entry => entry.CallbackData!).ToHashSet();
        var rows = await after.WithDbAsync(db => db.Outbox
            .Select(e => new { e.State, e.LeasedBy, e.LeasedUntilUtc, e.Message.Status, Key = e.Message.ClientKey!.Value })
            .ToListAsync());
        Assert.InRange(arrived.Count, SendingBench.Burst, Many - 1);
        Assert.Equal(arrived, rows.Where(row => row.State == OutboxState.Done).Select(row => row.Key.ToString("N")).ToHashSet());
        Assert.All(rows.Where(row => row.State == OutboxState.Done), row => Assert.True(row.Status >= DeliveryStatus.Accepted));
        Assert.All(
            rows.Where(row => row.State != OutboxState.Done),
            row => Assert.Equal((OutboxState.Waiting, null, null, DeliveryStatus.Queued), (row.State, row.LeasedBy, row.LeasedUntilUtc, row.Status)));
        Assert.Null(await after.WithDbAsync(db => db.PaceOwners.Select(o => o.Holder).SingleAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task Another_part_that_hangs_at_the_stop_holds_up_nothing_of_it(DatabaseProvider provider)
    {
        var hangs = new HangsAtStop();
        await using var bench = await SendingBench.StartAsync(
            provider, clock: SendingBench.StandingClock(), services: services => services.AddSingleton<IHostedService>(hangs));
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(Many);
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.Slow, Milliseconds = 100 });
        bench.Resume();
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count >= SendingBench.Burst, "some on their way");

        var stopping = bench.Core.StopAsync();
        await bench.UntilAsync(
            async () => await bench.Core.WithDbAsync(db => db.PaceOwners.Select(o => o.Holder).SingleAsync()) is null, "the number given back");

        Assert.False(stopping.IsCompleted);
        Assert.InRange(bench.Simulator.World.Ledger.Count, SendingBench.Burst, Many - 1);
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.State == OutboxState.Sending || e.State == OutboxState.Unknown)));
        hangs.Ends.SetResult();
        await bench.UntilAsync(() => stopping.IsCompleted, "the end of the program");
        await stopping;
    }

    /// <summary>As a web server does that waits for a request. Added last, it is stopped first.</summary>
    private sealed class HangsAtStop : IHostedService
    {
        public TaskCompletionSource Ends { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Ends.Task;
    }
}
