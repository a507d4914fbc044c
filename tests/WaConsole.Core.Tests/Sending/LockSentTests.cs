using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>PostgreSQL: whoever waits for a conversation does not hold the outbox row that a webhook wants next.</summary>
public sealed class LockSentTests
{
    [Fact]
    public async Task A_message_about_to_leave_takes_its_place_in_the_outbox_last()
    {
        await using var bench = await QueuedAsync();
        await HoldConversationAsync(bench, () => bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 1, 1, Guid.CreateVersion7(), CancellationToken.None));
    }

    [Fact]
    public async Task The_result_of_a_send_takes_its_place_in_the_outbox_last()
    {
        await using var bench = await QueuedAsync();
        var worker = Guid.CreateVersion7();
        var begun = Assert.Single((await bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 1, 1, worker, CancellationToken.None)).Ready);
        await HoldConversationAsync(
            bench, () => bench.Core.Get<WriteSendResults>().RunAsync([new SendResult.Accepted(begun.Row, worker, "wamid.sent", Kept: false)]));
    }

    private static async Task<QueueBench> QueuedAsync()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        var bench = await QueueBench.StartAsync(DatabaseProvider.Postgres);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("On its way")), CancellationToken.None));
        return bench;
    }

    private static async Task HoldConversationAsync(QueueBench bench, Func<Task> work)
    {
        var (conversation, outbox) = await bench.Core.WithDbAsync(async db => (await db.Conversations.Select(c => c.Id).SingleAsync(), await db.Outbox.Select(e => e.Id).SingleAsync()));
        Task working;
        await using (var held = await HeldRows.OfAsync(bench.Core, $"""SELECT 1 FROM "Conversations" WHERE "Id" = {conversation} FOR UPDATE"""))
        {
            working = work();
            await held.UntilWaitingAsync(1);
            await held.RunAsync($"""SELECT 1 FROM "Outbox" WHERE "Id" = {outbox} FOR UPDATE NOWAIT""");
        }

        await working;
    }
}
