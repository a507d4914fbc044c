using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What a killed process held is settled by its next start, while no lease has run out: the clock stands.</summary>
public sealed class EarlierLifeTests
{
    [Theory]
    [EveryDatabase]
    public async Task What_may_have_left_is_unknown_at_once_and_the_number_is_free(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var left = await BeginAsync(bench);
        Assert.Equal(DeliveryStatus.Sending, (await bench.MessageAsync(left)).Status);
        bench.Core.Get<NodeLife>().Dispose();

        await using var next = await NextAsync(bench, provider);
        await RecoverAsync(next);

        var message = await next.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == left));
        Assert.Equal(DeliveryStatus.Unknown, message.Status);
        Assert.Equal(OutboxState.Unknown, await next.WithDbAsync(db => db.Outbox.Select(e => e.State).SingleAsync()));
        Assert.Equal(TimeSpan.Zero, await next.Get<PaceLease>().TakeAsync(Number(bench), CancellationToken.None));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_was_being_prepared_goes_on_at_once(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TextAsync(await bench.ConversationAsync(QueueBench.Noon.AddHours(5)));
        var life = bench.Core.Get<NodeLife>();
        life.Begin();
        await bench.Core.WithDbAsync(db => db.Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(e => e.LeasedBy, life.Id)
            .SetProperty(e => e.LeasedUntilUtc, QueueBench.Noon + OutboxQueue.PreparingLease)));
        life.Dispose();

        await using var next = await NextAsync(bench, provider);
        Assert.Empty(await DueAsync(next));
        await RecoverAsync(next);

        Assert.Single(await DueAsync(next));
    }

    [Theory]
    [EveryDatabase]
    public async Task The_full_second_of_the_killed_process_counts_for_the_next(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await BeginAsync(bench);
        bench.Core.Get<NodeLife>().Dispose();

        await using var next = await NextAsync(bench, provider);
        await RecoverAsync(next);
        await next.Get<PaceLease>().TakeAsync(Number(bench), CancellationToken.None);

        Assert.Null(next.Get<SendPace>().TakeNumber(next.NumberId, ThroughputLevel.Standard, isAgents: true).Flight);
        bench.Clock.Advance(NumberPace.Window);
        Assert.NotNull(next.Get<SendPace>().TakeNumber(next.NumberId, ThroughputLevel.Standard, isAgents: true).Flight);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_process_that_lives_keeps_what_it_holds(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var leaving = await BeginAsync(bench);

        await using var other = await NextAsync(bench, provider);
        await RecoverAsync(other);

        Assert.Equal(DeliveryStatus.Sending, (await bench.MessageAsync(leaving)).Status);
        Assert.True(await other.Get<PaceLease>().TakeAsync(Number(bench), CancellationToken.None) > TimeSpan.Zero);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_life_is_kept_until_it_is_settled_and_then_forgotten(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var first = bench.Core.Get<NodeLife>();
        first.Begin();
        first.Dispose();

        await using var killedBeforeItSettled = await NextAsync(bench, provider);
        var second = killedBeforeItSettled.Get<NodeLife>();
        second.Begin();
        Assert.Equal([first.Id], second.Earlier);
        second.Dispose();

        await using var settles = await NextAsync(bench, provider);
        var third = settles.Get<NodeLife>();
        third.Begin();
        Assert.Equal([first.Id, second.Id], third.Earlier);
        third.ForgetEarlier();
        third.Dispose();

        await using var last = await NextAsync(bench, provider);
        var fourth = last.Get<NodeLife>();
        fourth.Begin();
        Assert.Equal([third.Id], fourth.Earlier);
        fourth.End();
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Core.MediaRoot, "nodes")));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_program_that_stops_in_order_leaves_no_life_behind(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        await bench.UntilAsync(await bench.QueueAsync(conversation, "Answered"), DeliveryStatus.Read);
        var folder = Path.Combine(bench.Core.MediaRoot, "nodes");
        Assert.Single(Directory.EnumerateFiles(folder));

        await bench.Core.StopAsync();

        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Theory]
    [EveryDatabase]
    public async Task Where_no_file_can_be_written_sending_goes_on_without(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await File.WriteAllTextAsync(Path.Combine(bench.Core.MediaRoot, "nodes"), "in the way", TestContext.Current.CancellationToken);
        var life = bench.Core.Get<NodeLife>();

        life.Begin();

        Assert.Empty(life.Earlier);
        Assert.Contains(bench.Core.Logs.Lines, line => line.Contains("wait until leases run out", StringComparison.Ordinal));
    }

    /// <summary>A message marked as leaving by a process whose number it is.</summary>
    private static async Task<long> BeginAsync(QueueBench bench)
    {
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(await bench.ConversationAsync(QueueBench.Noon.AddHours(5))));
        var life = bench.Core.Get<NodeLife>();
        life.Begin();
        Assert.Equal(TimeSpan.Zero, await bench.Core.Get<PaceLease>().TakeAsync(Number(bench), CancellationToken.None));
        Assert.Single((await bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 8, 8, life.Id, CancellationToken.None)).Ready);
        return queued.MessageId;
    }

    private static Task<CoreHost> NextAsync(QueueBench bench, DatabaseProvider provider) =>
        CoreHost.StartAsync(provider, new CoreHostOptions { Clock = bench.Clock, RestartOf = bench.Core });

    private static Task RecoverAsync(CoreHost node)
    {
        node.Get<NodeLife>().Begin();
        return node.Get<RecoverEarlierLives>().RunAsync(CancellationToken.None);
    }

    private static Task<IReadOnlyList<DueRow>> DueAsync(CoreHost node) => node.Get<OutboxQueue>().NextAsync(node.NumberId, 8, 8, CancellationToken.None);

    private static DueNumber Number(QueueBench bench) => new(bench.Core.NumberId, ThroughputLevel.Standard);
}
