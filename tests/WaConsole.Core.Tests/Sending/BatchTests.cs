using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Many rows go in one transaction, and still each stands for itself.</summary>
public sealed class BatchTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_damaged_message_fails_alone_and_the_others_of_its_batch_go(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(5);
        var damaged = await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Skip(2).Select(m => m.Id).FirstAsync());
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == damaged)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReplyJson, "{\"template\":")));

        bench.Resume();

        await bench.UntilAsync(damaged, DeliveryStatus.Failed);
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 4, "the other four");
        Assert.Equal(0, await bench.AcceptedAsync(damaged));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_result_that_cannot_be_written_keeps_no_other_from_being_written(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        List<SendResult.Accepted> results = [];
        for (var index = 0; index < 4; index++)
        {
            var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2), phone: $"49170123456{index}");
            var message = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation)).MessageId;
            var entry = await bench.Core.WithDbAsync(db => db.Outbox.AsNoTracking().SingleAsync(e => e.MessageId == message));
            var row = new OutboxRow(entry.Id, message, entry.NumberId, conversation, entry.Lane, 1);

            // The second and the third say they have the same id at WhatsApp, which the database does not take.
            results.Add(new SendResult.Accepted(row, null, $"wamid.{(index == 2 ? 1 : index)}", Kept: false));
        }

        var writing = results.Select(result => bench.Core.Get<RecordSendResults>().RunAsync(result)).ToList();
        await Until.TrueAsync(
            () =>
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(1));
                return writing.All(task => task.IsCompleted);
            },
            "all handled");

        Assert.Equal([true, true, false, true], writing.Select(task => task.IsCompletedSuccessfully));
        Assert.Equal(
            [DeliveryStatus.Accepted, DeliveryStatus.Accepted, DeliveryStatus.Queued, DeliveryStatus.Accepted],
            await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => m.Status).ToListAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_is_marked_as_leaving_in_the_database_before_its_request_leaves(DatabaseProvider provider)
    {
        var seen = new LookAtTheDoor();
        await using var bench = await SendingBench.StartAsync(provider, services: services => services
            .AddHttpClient<CloudApiClient>().AddHttpMessageHandler(() => seen));
        seen.Core.SetResult(bench.Core);
        await bench.TemplatesAsync();

        await bench.BroadcastAsync(30);

        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 30, "everything sent");
        Assert.Equal(30, seen.Rows.Count);
        // Who looks at one message of a broadcast sees it queued until WhatsApp has answered: its row is not written twice.
        Assert.All(seen.Rows, row => Assert.Equal((OutboxState.Sending, DeliveryStatus.Queued), row));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_reply_is_seen_as_leaving_before_its_request_leaves(DatabaseProvider provider)
    {
        var seen = new LookAtTheDoor();
        await using var bench = await SendingBench.StartAsync(provider, services: services => services
            .AddHttpClient<CloudApiClient>().AddHttpMessageHandler(() => seen));
        seen.Core.SetResult(bench.Core);
        var (_, conversation) = await bench.CustomerAsync();

        await bench.UntilAsync(await bench.QueueAsync(conversation, "On its way"), DeliveryStatus.Read);

        Assert.Equal((OutboxState.Sending, DeliveryStatus.Sending), Assert.Single(seen.Rows));
    }

    /// <summary>Looks at the row of each message that is about to leave, with a connection of its own.</summary>
    private sealed class LookAtTheDoor : DelegatingHandler
    {
        public TaskCompletionSource<CoreHost> Core { get; } = new();

        public ConcurrentBag<(OutboxState Row, DeliveryStatus Message)> Rows { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal) && request.Content is { } content)
            {
                using var body = JsonDocument.Parse(await content.ReadAsStringAsync(cancellationToken));
                var key = Guid.ParseExact(body.RootElement.GetProperty("biz_opaque_callback_data").GetString()!, "N");
                var core = await Core.Task;
                Rows.Add(await core.WithDbAsync(async db =>
                {
                    var found = await db.Outbox.Where(e => e.Message.ClientKey == key).Select(e => new { e.State, e.Message.Status }).SingleAsync(cancellationToken);
                    return (found.State, found.Status);
                }));
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
