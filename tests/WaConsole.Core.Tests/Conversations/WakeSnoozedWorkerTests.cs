using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class WakeSnoozedWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_snoozed_conversation_opens_again_in_time(DatabaseProvider provider)
    {
        var clock = new AlarmClock();
        await using var bench = await QueueBench.StartAsync(provider, clock: clock);
        var ana = await new SeedAgent("Ana").WriteAsync(bench.Core.Get<Store>());
        var ends = QueueBench.Noon.AddSeconds(15);
        var conversation = await bench.ConversationAsync(null, c =>
        {
            c.Status = ConversationStatus.Snoozed;
            c.SnoozedUntilUtc = ends;
            c.AssigneeId = ana.AgentId;
        });
        var quiet = await bench.ConversationAsync(null, c => c.Status = ConversationStatus.Snoozed);
        await bench.Core.StartWorkersAsync();

        // Time passes once the worker sleeps: one that is slow to begin would seem to have slept too long.
        await Until.TrueAsync(() => clock.IsSetBetween(ends, ends.AddSeconds(1)), "the worker to sleep until the snooze ends");
        Assert.Equal(ConversationStatus.Snoozed, (await bench.ReadAsync(conversation)).Status);
        clock.Advance(TimeSpan.FromSeconds(16));
        await Until.TrueAsync(async () => (await bench.ReadAsync(conversation)).Status == ConversationStatus.Open, "open again");

        Assert.Null((await bench.ReadAsync(conversation)).SnoozedUntilUtc);
        Assert.Equal(ConversationStatus.Snoozed, (await bench.ReadAsync(quiet)).Status);
        var lines = (await bench.Core.Get<ReadThread>().RunAsync(ana, conversation, null, 10, CancellationToken.None))!.Lines;
        Assert.Equal(new MessageContent.Activity("woken", "WaConsole", null), Assert.Single(lines).Content);
        var told = Assert.Single((await bench.Core.Get<ListNotifications>().RunAsync(ana, CancellationToken.None)).Newest);
        Assert.Equal((NotificationKind.Woken, conversation), (told.Kind, told.ConversationId));
    }

    [Fact]
    public async Task One_that_cannot_be_woken_keeps_no_other_asleep()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var broken = await SnoozedAsync(bench);
        var sound = await SnoozedAsync(bench);
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER broken BEFORE UPDATE ON "Conversations" WHEN OLD."Id" = (SELECT MIN("Id") FROM "Conversations")
            BEGIN SELECT RAISE(ABORT, 'broken'); END
            """));

        var next = await bench.Core.Get<WakeSnoozed>().RunAsync(() => { }, CancellationToken.None);

        Assert.Null(next);
        Assert.Equal(ConversationStatus.Snoozed, (await bench.ReadAsync(broken)).Status);
        Assert.Equal(ConversationStatus.Open, (await bench.ReadAsync(sound)).Status);
    }

    /// <summary>Stands at noon and knows for when it was set.</summary>
    private sealed class AlarmClock() : FakeTimeProvider(new DateTimeOffset(QueueBench.Noon))
    {
        private readonly ConcurrentQueue<DateTime> _set = new();

        public bool IsSetBetween(DateTime after, DateTime before) => _set.Any(at => at > after && at < before);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _set.Enqueue(GetUtcNow().UtcDateTime + dueTime);
            return timer;
        }
    }

    private static Task<long> SnoozedAsync(QueueBench bench) => bench.ConversationAsync(null, c =>
    {
        c.Status = ConversationStatus.Snoozed;
        c.SnoozedUntilUtc = QueueBench.Noon.AddMinutes(-1);
    });
}
