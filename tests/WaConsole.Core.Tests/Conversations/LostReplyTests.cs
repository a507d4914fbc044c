using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>A reply that fails after it was queued answered nobody.</summary>
public sealed class LostReplyTests
{
    private static readonly DateTime Since = QueueBench.Noon.AddHours(-1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_customer_waits_again_in_an_open_conversation_and_the_author_is_told_why(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3), c => c.AssigneeId = bo.AgentId);
        var message = await SendAsync(bench, ana, conversation);
        await bench.Core.Get<ChangeStatus>().RunAsync(ana, conversation, ConversationStatus.Resolved, null, Token);
        Assert.Null((await bench.ReadAsync(conversation)).WaitingSinceUtc);

        await FailAsync(bench, message, 131026);

        var now = await bench.ReadAsync(conversation);
        Assert.Equal((Since, ConversationStatus.Open), (now.WaitingSinceUtc, now.Status));
        Assert.Contains(
            new MessageContent.Activity("undelivered", "WaConsole", null),
            (await bench.Core.Get<ReadThread>().RunAsync(ana, conversation, null, 10, Token))!.Lines.Select(line => line.Content));
        var told = Assert.Single(await ToldAsync(bench, ana));
        Assert.Equal((NotificationKind.Failed, message, ErrorSentence.Of(131026), ""), (told.Kind, told.MessageId, told.Preview, told.ActorName));
        Assert.Empty(await ToldAsync(bench, bo));
    }

    [Theory, EveryDatabase]
    public async Task Not_while_another_answer_stands_but_when_that_one_fails_as_well(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var ana = await AgentAsync(bench, "Ana");
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3));
        var (first, second) = (await SendAsync(bench, ana, conversation), await SendAsync(bench, ana, conversation));

        await FailAsync(bench, first, 131026);
        Assert.Null((await bench.ReadAsync(conversation)).WaitingSinceUtc);
        Assert.Equal(first, Assert.Single(await ToldAsync(bench, ana)).MessageId);

        await FailAsync(bench, second, 131026);
        Assert.Equal(Since, (await bench.ReadAsync(conversation)).WaitingSinceUtc);
        Assert.Equal(second, Assert.Single(await ToldAsync(bench, ana)).MessageId);
    }

    [Theory, EveryDatabase]
    public async Task Where_nobody_waited_nobody_waits_after_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var ana = await AgentAsync(bench, "Ana");
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3), c => c.WaitingSinceUtc = null);
        var message = await SendAsync(bench, ana, conversation);
        await bench.Core.Get<ChangeStatus>().RunAsync(ana, conversation, ConversationStatus.Resolved, null, Token);

        await FailAsync(bench, message, 131026);

        var now = await bench.ReadAsync(conversation);
        Assert.Equal((null, ConversationStatus.Resolved), (now.WaitingSinceUtc, now.Status));
        Assert.Single(await ToldAsync(bench, ana));
    }

    [Theory, EveryDatabase]
    public async Task Of_a_programs_reply_the_one_who_has_the_conversation_is_told(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var bo = await AgentAsync(bench, "Bo");
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(3), c => c.AssigneeId = bo.AgentId);
        var message = await SendAsync(bench, new Caller(null, "Shop", Role.Admin, null, ApiKeyId: 1), conversation);

        await FailAsync(bench, message, 131026);

        Assert.Equal(Since, (await bench.ReadAsync(conversation)).WaitingSinceUtc);
        Assert.Equal(message, Assert.Single(await ToldAsync(bench, bo)).MessageId);
    }

    [Theory, EveryDatabase]
    public async Task A_status_that_says_so_does_the_same_among_others_and_alone(DatabaseProvider provider)
    {
        foreach (var alone in (bool[])[false, true])
        {
            await using var bench = await IntakeBench.StartAsync(provider);
            var ana = await new SeedAgent("Ana").WriteAsync(bench.Core.Get<Store>());
            await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is it in stock?", at: TimeProvider.System.GetUtcNow().UtcDateTime)));
            var before = await bench.ConversationAsync();
            var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
                ana, new Reply(before.Id, Guid.CreateVersion7(), new ReplyContent.Text("Yes")), Token));
            await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == queued.MessageId).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Wamid, "wamid.ours").SetProperty(m => m.Status, DeliveryStatus.Sent), Token));
            Assert.Null((await bench.ConversationAsync()).WaitingSinceUtc);

            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Statuses(Hooks.Status("wamid.ours", "failed", error: 131026))));
            var handle = bench.Core.Get<HandleDeliveries>();
            Assert.True(alone ? await handle.RunAloneAsync(Token) : await handle.RunOnceAsync(Token));

            Assert.Equal(before.WaitingSinceUtc, (await bench.ConversationAsync()).WaitingSinceUtc);
            var told = Assert.Single((await bench.Core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
            Assert.Equal((NotificationKind.Failed, ErrorSentence.Of(131026)), (told.Kind, told.Preview));
        }
    }

    private static Task<Caller> AgentAsync(QueueBench bench, string name) => new SeedAgent(name).WriteAsync(bench.Core.Get<Store>());

    private static async Task<long> SendAsync(QueueBench bench, Caller by, long conversation) => Assert.IsType<SendReplyOutcome.Queued>(
        await bench.ReplyAsync(conversation, new ReplyContent.Text("Yes, it is"), caller: by)).MessageId;

    private static async Task FailAsync(QueueBench bench, long message, int code)
    {
        var worker = Guid.CreateVersion7();
        var row = await bench.Core.WithDbAsync(async db =>
        {
            await db.Outbox.Where(e => e.MessageId == message).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, OutboxState.Sending).SetProperty(e => e.LeasedBy, worker), Token);
            return await db.Outbox.Where(e => e.MessageId == message)
                .Select(e => new OutboxRow(e.Id, e.MessageId, e.NumberId, e.ConversationId, e.Lane, e.Attempts)).SingleAsync(Token);
        });
        await bench.Core.Get<RecordSendResults>().RunAsync(new SendResult.Failed(row, worker, new CloudApiError(code)));
    }

    private static async Task<IReadOnlyList<NotificationView>> ToldAsync(QueueBench bench, Caller person) =>
        (await bench.Core.Get<ListNotifications>().RunAsync(person, Token)).Newest;
}
