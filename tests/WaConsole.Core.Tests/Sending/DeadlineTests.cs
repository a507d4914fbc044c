using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class DeadlineTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_reply_that_missed_the_window_while_it_waited_comes_back_as_not_sent(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        var message = await bench.QueueAsync(conversation, "Too late");
        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        await bench.UntilAsync(message, DeliveryStatus.Queued);
        bench.Simulator.World.Faults.Clear();

        bench.Core.Get<WhatsAppClock>().Offset = TimeSpan.FromHours(25);
        await bench.Core.Get<ResumeSending>().RunAsync(Caller.System, bench.Core.NumberId, CancellationToken.None);

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        var failed = await bench.MessageAsync(message);
        Assert.StartsWith("Not sent: the window closed at", KeptText.Read(failed.ErrorTitle), StringComparison.Ordinal);
        Assert.Equal("Too late", failed.Text);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_waiting_message_has_a_deadline_and_then_its_text_is_back_where_it_was_typed(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        var ines = new Caller(7, "Ines", Role.Agent, null);
        var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            ines, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("Waits for ever?")), CancellationToken.None)).MessageId;

        await bench.UntilAsync(() => bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        await bench.UntilAsync(async () => (await bench.EntryAsync(message)).State == OutboxState.Waiting, "back in the queue");

        bench.Clock.Advance(OutboxEntry.Patience);

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        Assert.StartsWith("Not sent:", KeptText.Read((await bench.MessageAsync(message)).ErrorTitle), StringComparison.Ordinal);
        Assert.Equal("Waits for ever?", (await bench.Core.Get<KeepDraft>().ReadAsync(ines, conversation, CancellationToken.None)).Text);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_somebody_writes_meanwhile_is_not_replaced_by_what_was_not_sent(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, "First")).MessageId;
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "Second", [], null, CancellationToken.None);
        bench.Clock.Advance(OutboxEntry.Patience);

        await bench.Core.Get<SweepOutbox>().RunAsync(CancellationToken.None);

        Assert.Equal(DeliveryStatus.Failed, (await bench.MessageAsync(message)).Status);
        Assert.Equal("Second", (await bench.Core.Get<KeepDraft>().ReadAsync(QueueBench.Agent, conversation, CancellationToken.None)).Text);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_was_not_sent_comes_back_beside_a_note_that_was_begun(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        await bench.TextAsync(conversation, "First");
        var drafts = bench.Core.Get<KeepDraft>();
        await drafts.SaveNoteAsync(QueueBench.Agent, conversation, "For Jonas", CancellationToken.None);
        bench.Clock.Advance(OutboxEntry.Patience);

        await bench.Core.Get<SweepOutbox>().RunAsync(CancellationToken.None);

        var draft = await drafts.ReadAsync(QueueBench.Agent, conversation, CancellationToken.None);
        Assert.Equal(("First", "For Jonas"), (draft.Text, draft.Note));
    }
}
