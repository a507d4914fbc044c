using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class OfferAgainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_message_whose_answer_was_lost_is_told_of_when_it_may_be_sent_again_after_a_restart_too(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3));
        var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation)).MessageId;
        var row = await bench.Core.WithDbAsync(db => db.Outbox
            .Select(e => new OutboxRow(e.Id, e.MessageId, e.NumberId, e.ConversationId, e.Lane, e.Attempts)).SingleAsync(Token));
        var worker = Guid.CreateVersion7();
        await bench.Core.WithDbAsync(db => db.Outbox.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, OutboxState.Sending).SetProperty(e => e.LeasedBy, worker), Token));
        await bench.Core.Get<RecordSendResults>().RunAsync(new SendResult.Unknown(row, worker));
        var offer = bench.Core.Get<OfferAgain>();
        var restarted = new OfferAgain(bench.Core.Get<Store>(), bench.Core.Get<LiveUpdates>(), bench.Clock);
        await restarted.RecallAsync(Token);
        var told = new ConcurrentQueue<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += told.Enqueue;

        bench.Clock.Advance(SendAgain.UnknownWait - TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), (offer.Run(), restarted.Run()));
        Assert.False(await MayAsync(bench, conversation));
        Assert.Empty(told);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((null, null), (offer.Run(), restarted.Run()));
        Assert.Equal(
            [new MessageChanged(bench.Core.NumberId, conversation, message), new MessageChanged(bench.Core.NumberId, conversation, message)], told);
        Assert.True(await MayAsync(bench, conversation));
    }

    [Fact]
    public async Task The_worker_tells_at_the_deadline()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var told = new ConcurrentQueue<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += told.Enqueue;
        await bench.Core.StartWorkersAsync();
        bench.Core.Get<OfferAgain>().Note(new OutboxRow(1, 3, bench.Core.NumberId, 2, OutboxLane.Agent, 1));

        await Until.TrueAsync(
            () =>
            {
                bench.Clock.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(told.Contains(new MessageChanged(bench.Core.NumberId, 2, 3)));
            },
            "told");
    }

    private static async Task<bool> MayAsync(QueueBench bench, long conversation) =>
        (await bench.Core.Get<ReadThread>().RunAsync(Caller.System, conversation, null, 10, Token))!.Lines[^1].MaySendAgain;
}
