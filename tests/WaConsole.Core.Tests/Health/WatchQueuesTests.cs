using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Health;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Health;

public sealed class WatchQueuesTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task The_ages_are_those_of_the_oldest_that_could_be_handled_now(DatabaseProvider provider)
    {
        await using var host = await StartAsync(provider);
        Assert.Equal(QueueAge.None, await LookAsync(host));

        await host.WithDbAsync(async db =>
        {
            db.Deliveries.AddRange(
                Delivery(DeliveryState.Done, seconds: 900), Delivery(DeliveryState.Pending, seconds: 40), Delivery(DeliveryState.Pending, seconds: 20));
            await db.SaveChangesAsync();
        });
        var conversation = await new SeedConversation { NumberId = host.NumberId, Texts = ["hello"] }.WriteAsync(host.Get<Store>());
        await QueueAsync(host, conversation, OutboxLane.Broadcast, OutboxState.Waiting, dueSeconds: -300);
        await QueueAsync(host, conversation, OutboxLane.Agent, OutboxState.Waiting, dueSeconds: -7);
        await QueueAsync(host, conversation, OutboxLane.Agent, OutboxState.Waiting, dueSeconds: 60);
        await QueueAsync(host, conversation, OutboxLane.Agent, OutboxState.Done, dueSeconds: -4_000);
        await QueueAsync(host, conversation, OutboxLane.Agent, OutboxState.Unknown, dueSeconds: -5_000);

        Assert.Equal(
            new QueueAge(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(300)), await LookAsync(host));
    }

    [Fact]
    public async Task What_a_stopped_number_holds_back_is_not_late()
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);
        var conversation = await new SeedConversation { NumberId = host.NumberId, Texts = ["hello"] }.WriteAsync(host.Get<Store>());
        await QueueAsync(host, conversation, OutboxLane.Agent, OutboxState.Waiting, dueSeconds: -900);
        await host.WithDbAsync(async db =>
        {
            var number = await db.Numbers.FindAsync(host.NumberId);
            number!.SendingStoppedAtUtc = Now;
            await db.SaveChangesAsync();
        });

        Assert.Equal(QueueAge.None, await LookAsync(host));
    }

    [Fact]
    public async Task Screens_are_told_while_something_is_late_and_once_more_when_it_caught_up()
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);
        var told = 0;
        using var subscription = host.Get<LiveUpdates>().Subscribe<QueuesChanged>(_ => true, () => Task.FromResult(Interlocked.Increment(ref told)), TimeSpan.Zero);
        await LookAsync(host);
        await host.WithDbAsync(async db =>
        {
            db.Deliveries.Add(Delivery(DeliveryState.Pending, seconds: 31));
            await db.SaveChangesAsync();
        });

        Assert.True((await LookAsync(host)).IntakeIsLate);
        await Until.TrueAsync(() => Volatile.Read(ref told) == 1, "the screens to be told that intake is late");
        await host.WithDbAsync(async db =>
        {
            db.Deliveries.RemoveRange(db.Deliveries);
            await db.SaveChangesAsync();
        });
        Assert.False((await LookAsync(host)).IsLate);
        await Until.TrueAsync(() => Volatile.Read(ref told) == 2, "the screens to be told that it caught up");
    }

    [Fact]
    public async Task The_measures_say_what_was_seen()
    {
        await using var host = await StartAsync(DatabaseProvider.Sqlite);
        await host.WithDbAsync(async db =>
        {
            db.Deliveries.Add(Delivery(DeliveryState.Pending, seconds: 12));
            await db.SaveChangesAsync();
        });
        List<double> ages = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "waconsole.intake.age")
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            lock (ages)
            {
                ages.Add(value);
            }
        });
        listener.Start();

        await LookAsync(host);

        lock (ages)
        {
            Assert.Contains(12d, ages);
        }
    }

    private static Task<CoreHost> StartAsync(DatabaseProvider provider) =>
        CoreHost.StartAsync(provider, new CoreHostOptions { Clock = new FakeTimeProvider(new DateTimeOffset(Now)) });

    private static async Task<QueueAge> LookAsync(CoreHost host)
    {
        await host.Get<WatchQueues>().LookAsync(CancellationToken.None);
        return host.Get<QueueAges>().Current;
    }

    private static Delivery Delivery(DeliveryState state, int seconds) => new()
    {
        State = state,
        ReceivedAtUtc = Now.AddSeconds(-seconds),
        ProcessedAtUtc = state == DeliveryState.Done ? Now : null,
        Body = [1],
    };

    private static Task QueueAsync(CoreHost host, long conversationId, OutboxLane lane, OutboxState state, int dueSeconds) => host.WithDbAsync(async db =>
    {
        db.Outbox.Add(new OutboxEntry
        {
            Message = new Message
            {
                ConversationId = conversationId,
                NumberId = host.NumberId,
                Direction = MessageDirection.Outbound,
                Kind = MessageKind.Text,
                ClientKey = Guid.CreateVersion7(),
                SentAtUtc = Now,
                CreatedAtUtc = Now,
            },
            NumberId = host.NumberId,
            ConversationId = conversationId,
            Lane = lane,
            State = state,
            NextAttemptAtUtc = Now.AddSeconds(dueSeconds),
            DeadlineAtUtc = Now.AddDays(1),
            CreatedAtUtc = Now,
        });
        await db.SaveChangesAsync();
    });
}
