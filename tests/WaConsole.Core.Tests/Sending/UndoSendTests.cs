using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>A reply that waits a few seconds before it leaves, and is taken back meanwhile.</summary>
public sealed class UndoSendTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task A_held_reply_leaves_when_its_time_is_over_and_the_next_one_does_not_overtake_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var queue = bench.Core.Get<OutboxQueue>();
        var held = await SendAsync(bench, conversation, "First", Hold);
        await SendAsync(bench, conversation, "Second", TimeSpan.Zero);
        Assert.Empty(await queue.NextAsync(bench.Core.NumberId, 10, 8, Token));

        bench.Clock.Advance(Hold);

        Assert.Equal(held, Assert.Single(await queue.NextAsync(bench.Core.NumberId, 10, 8, Token)).Row.MessageId);
    }

    [Theory]
    [EveryDatabase]
    public async Task Nobody_is_held_for_longer_than_half_a_minute(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        await SendAsync(bench, conversation, "First", TimeSpan.FromHours(3));

        bench.Clock.Advance(Reply.LongestHold);

        Assert.Single(await bench.Core.Get<OutboxQueue>().DueNumbersAsync(Token));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_is_taken_back_never_was_and_stands_in_the_draft_again(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var question = await QuestionAsync(bench, conversation);
        var before = await bench.ReadAsync(conversation);
        var file = await FileAsync(bench);
        var sent = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Media(MessageKind.Image, file, "Like this?"), question, Hold: Hold),
            Token));
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "And one more", [], null, Token);

        var undone = await bench.Core.Get<UndoSend>().RunAsync(QueueBench.Agent, sent.MessageId, Token);

        Assert.Equal(new UndoSendOutcome.Undone("Like this?"), undone);
        Assert.Equal((1, 0), (await bench.MessagesAsync(), await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(Token))));
        var after = await bench.ReadAsync(conversation);
        Assert.Equal(
            (before.LastMessageId, before.LastPreview, before.LastDirection, before.WaitingSinceUtc),
            (after.LastMessageId, after.LastPreview, after.LastDirection, after.WaitingSinceUtc));
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(QueueBench.Agent, conversation, Token);
        Assert.Equal(("Like this?\nAnd one more", question), (draft.Text, draft.ReplyTo!.MessageId));
        Assert.Equal([file], draft.Files.Select(kept => kept.MediaFileId));
        Assert.IsType<UndoSendOutcome.NoSuchMessage>(await bench.Core.Get<UndoSend>().RunAsync(QueueBench.Agent, sent.MessageId, Token));
    }

    [Theory]
    [EveryDatabase]
    public async Task Something_to_tap_comes_back_whole_and_what_was_begun_since_stays_as_it_is(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var question = await QuestionAsync(bench, conversation);
        var file = await FileAsync(bench);
        var wanted = new InteractiveMessage.Buttons("Like this?", [new ReplyOption("Yes"), new ReplyOption("No")], new InteractiveHead(null, file), "Until six");
        var sent = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(wanted), question, Hold: Hold), Token));
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "And one more", [], null, Token);

        var undone = Assert.IsType<UndoSendOutcome.Undone>(await bench.Core.Get<UndoSend>().RunAsync(QueueBench.Agent, sent.MessageId, Token));

        var back = Assert.IsType<InteractiveMessage.Buttons>(undone.Interactive);
        Assert.Equal(("", "Like this?", "Until six", file), (undone.Text, back.Body, back.Footer, undone.Head!.MediaFileId));
        Assert.Equal(["Yes", "No"], back.Options.Select(option => option.Title));
        Assert.Equal((1, 0), (await bench.MessagesAsync(), await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(Token))));
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(QueueBench.Agent, conversation, Token);
        Assert.Equal(("And one more", question), (draft.Text, draft.ReplyTo!.MessageId));
        Assert.Empty(draft.Files);

        // Its file is an upload not sent yet: it can go again.
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(back)), Token));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_conversation_is_handled_as_it_was_unless_somebody_went_on(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (undo, status) = (bench.Core.Get<UndoSend>(), bench.Core.Get<ChangeStatus>());
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        await QuestionAsync(bench, conversation);
        var since = QueueBench.Noon.AddHours(-1);
        await WaitsAsync();

        // Put off for later, answered, taken back: it sleeps again.
        await status.RunAsync(QueueBench.Agent, conversation, ConversationStatus.Snoozed, QueueBench.Noon.AddHours(1), Token);
        var before = await bench.ReadAsync(conversation);
        await undo.RunAsync(QueueBench.Agent, await SendAsync(bench, conversation, "One", Hold), Token);
        var after = await bench.ReadAsync(conversation);
        Assert.Equal((ConversationStatus.Snoozed, before.SnoozedUntilUtc, before.WaitingSinceUtc), (after.Status, after.SnoozedUntilUtc, after.WaitingSinceUtc));

        // Resolved while the reply was held: nobody waits.
        await status.RunAsync(QueueBench.Agent, conversation, ConversationStatus.Open, null, Token);
        var two = await SendAsync(bench, conversation, "Two", Hold);
        await status.RunAsync(QueueBench.Agent, conversation, ConversationStatus.Resolved, null, Token);
        await undo.RunAsync(QueueBench.Agent, two, Token);
        Assert.Equal((ConversationStatus.Resolved, null), (await bench.ReadAsync(conversation)) is var done ? (done.Status, done.WaitingSinceUtc) : default);

        // Of two replies the first is taken back: the second answers.
        await status.RunAsync(QueueBench.Agent, conversation, ConversationStatus.Open, null, Token);
        await WaitsAsync();
        var (three, four) = (await SendAsync(bench, conversation, "Three", Hold), await SendAsync(bench, conversation, "Four", Hold));
        await undo.RunAsync(QueueBench.Agent, three, Token);
        Assert.Null((await bench.ReadAsync(conversation)).WaitingSinceUtc);
        await undo.RunAsync(QueueBench.Agent, four, Token);
        Assert.Equal(since, (await bench.ReadAsync(conversation)).WaitingSinceUtc);

        Task<int> WaitsAsync() => bench.Core.WithDbAsync(db => db.Conversations
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.WaitingSinceUtc, (DateTime?)since), Token));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_a_sender_has_begun_is_not_taken_back_and_neither_is_a_colleagues(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var sent = await SendAsync(bench, conversation, "Hello", Hold);
        var undo = bench.Core.Get<UndoSend>();

        Assert.IsType<UndoSendOutcome.NoSuchMessage>(await undo.RunAsync(new Caller(8, "Bo", Role.Agent, null), sent, Token));
        Assert.IsType<UndoSendOutcome.NoSuchMessage>(await undo.RunAsync(QueueBench.Agent with { Numbers = new HashSet<long>() }, sent, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => undo.RunAsync(QueueBench.Agent with { Role = Role.Marketer }, sent, Token));
        foreach (var begun in (Action<OutboxEntry>[])[e => e.LeasedBy = Guid.CreateVersion7(), e => (e.LeasedBy, e.State) = (null, OutboxState.Sending), e => (e.State, e.Attempts) = (OutboxState.Waiting, 1)])
        {
            await bench.Core.WithDbAsync(async db =>
            {
                begun(await db.Outbox.SingleAsync(Token));
                await db.SaveChangesAsync(Token);
            });
            Assert.IsType<UndoSendOutcome.TooLate>(await undo.RunAsync(QueueBench.Agent, sent, Token));
        }

        Assert.Equal("Hello", (await bench.MessageAsync(sent)).Text);
    }

    private static async Task<long> SendAsync(QueueBench bench, long conversation, string text, TimeSpan hold) =>
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text(text), Hold: hold), Token)).MessageId;

    private static Task<long> QuestionAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(async db =>
    {
        var row = await db.Conversations.SingleAsync(c => c.Id == conversation, Token);
        var message = new Message
        {
            ConversationId = conversation,
            NumberId = row.NumberId,
            Direction = MessageDirection.Inbound,
            Kind = MessageKind.Text,
            Wamid = "wamid.question",
            Text = "Which one?",
            SentAtUtc = QueueBench.Noon.AddHours(-1),
            CreatedAtUtc = QueueBench.Noon.AddHours(-1),
        };
        db.Messages.Add(message);
        await db.SaveChangesAsync(Token);
        ShowLast.Apply(row, message);
        await db.SaveChangesAsync(Token);
        return message.Id;
    });

    private static Task<long> FileAsync(QueueBench bench) => bench.Core.WithDbAsync(async db =>
    {
        var file = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = MediaState.Ready,
            MimeType = "image/png",
            FileName = "a.png",
            SizeBytes = 10,
            UploadedById = QueueBench.Agent.AgentId,
        };
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync(Token);
        return file.Id;
    });
}
