using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Sending;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class WakeSnoozedWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_snoozed_conversation_opens_again_in_time(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var ana = await new SeedAgent("Ana").WriteAsync(bench.Core.Get<Store>());
        var conversation = await bench.ConversationAsync(null, c =>
        {
            c.Status = ConversationStatus.Snoozed;
            c.SnoozedUntilUtc = QueueBench.Noon.AddMinutes(5);
            c.AssigneeId = ana.AgentId;
        });
        var quiet = await bench.ConversationAsync(null, c => c.Status = ConversationStatus.Snoozed);
        await bench.Core.StartWorkersAsync();

        await Until.TrueAsync(
            async () =>
            {
                if ((await bench.ReadAsync(conversation)).Status == ConversationStatus.Open)
                {
                    return true;
                }

                bench.Clock.Advance(TimeSpan.FromSeconds(5));
                return false;
            },
            "open again");

        Assert.InRange(bench.Core.Get<WhatsAppClock>().UtcNow, QueueBench.Noon.AddMinutes(5), QueueBench.Noon.AddMinutes(7));
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

    private static Task<long> SnoozedAsync(QueueBench bench) => bench.ConversationAsync(null, c =>
    {
        c.Status = ConversationStatus.Snoozed;
        c.SnoozedUntilUtc = QueueBench.Noon.AddMinutes(-1);
    });
}
