using System.Collections.Concurrent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class AcceptedTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_reply_is_accepted_and_its_ticks_come_back(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();

        var message = await bench.QueueAsync(conversation, "Good morning!");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
        Assert.Equal(OutboxState.Done, (await bench.EntryAsync(message)).State);
        Assert.StartsWith("wamid.", (await bench.MessageAsync(message)).Wamid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_and_its_answer_tell_open_threads_which_line_it_is()
    {
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Sqlite);
        var (_, conversation) = await bench.CustomerAsync();
        var told = new ConcurrentQueue<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += told.Enqueue;

        var message = await bench.QueueAsync(conversation, "Good morning!");
        await bench.UntilAsync(message, DeliveryStatus.Read);

        var line = new MessageChanged(bench.Core.NumberId, conversation, message);
        await Until.TrueAsync(() => told.Count(change => change == line) >= 3, "queued, accepted and ticks to be told");
        Assert.DoesNotContain(told, change => change is ConversationChanged);
    }

    [Theory]
    [EveryDatabase]
    public async Task Statuses_that_come_before_the_answer_are_kept(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.StatusBeforeAnswer);

        var message = await bench.QueueAsync(conversation, "Early bird");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_picture_is_uploaded_once_and_sent_with_its_caption(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();
        var stored = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(
            Caller.System, new MemoryStream(Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")),
            "dot.png", CancellationToken.None));
        List<long> messages = [];
        for (var index = 0; index < 2; index++)
        {
            messages.Add(Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
                Caller.System,
                new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Media(MessageKind.Image, stored.MediaFileId, "A dot")),
                CancellationToken.None)).MessageId);
        }

        await bench.UntilAsync(messages[1], DeliveryStatus.Read);
        await bench.UntilAsync(messages[0], DeliveryStatus.Read);
        var sent = bench.Simulator.World.FindChat(customer.Id)!.Lines.Where(line => !line.FromCustomer).ToList();
        Assert.Equal(["A dot", "A dot"], sent.Select(line => line.Content.Text));
        Assert.Single(sent.Select(line => line.Content.Media!.Id).Distinct());
    }

    [Theory]
    [EveryDatabase]
    public async Task An_answered_customer_sees_blue_ticks_when_the_number_says_so(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();

        var message = await bench.QueueAsync(conversation, "Read and answered");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        await bench.UntilAsync(
            () => Task.FromResult(bench.Simulator.World.FindChat(customer.Id)!.Lines.Any(line => line is { FromCustomer: true, ReadByBusiness: true })),
            "blue ticks");
    }
}
