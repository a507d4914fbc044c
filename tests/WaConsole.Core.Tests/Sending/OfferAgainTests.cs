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

    [Theory, EveryDatabase]
    public async Task What_was_sent_again_is_not_given_back_to_the_queue_by_a_sender_that_was_cut_off(DatabaseProvider provider)
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
        bench.Clock.Advance(SendAgain.UnknownWait);
        var repeated = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendAgain>().RunAsync(Caller.System, message, Token));
        Assert.False(repeated.Repeated);

        await bench.Core.Get<RecordSendResults>().RunAsync(new SendResult.Again(row, worker, TimeSpan.Zero));

        Assert.Equal(OutboxState.Done, await StateAsync(bench, message));
        Assert.Equal(OutboxState.Waiting, await StateAsync(bench, repeated.MessageId));
        Assert.True(Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendAgain>().RunAsync(Caller.System, message, Token)).Repeated);
    }

    [Theory, EveryDatabase]
    public async Task What_its_sender_gave_back_meanwhile_is_not_sent_again_as_well(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3));
        var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation)).MessageId;

        // The screen that asks read it as unknown, and the row went back to the queue since.
        await bench.Core.WithDbAsync(db => db.Messages.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, DeliveryStatus.Unknown)
            .SetProperty(m => m.StatusAtUtc, bench.Clock.GetUtcNow().UtcDateTime - SendAgain.UnknownWait), Token));

        Assert.Equal("not_repeatable", Assert.IsType<SendReplyOutcome.Refused>(
            await bench.Core.Get<SendAgain>().RunAsync(Caller.System, message, Token)).Why.Code);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(Token)));
    }

    private static Task<OutboxState> StateAsync(QueueBench bench, long message) =>
        bench.Core.WithDbAsync(db => db.Outbox.Where(e => e.MessageId == message).Select(e => e.State).SingleAsync(Token));

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
