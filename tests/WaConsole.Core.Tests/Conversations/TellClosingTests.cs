using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class TellClosingTests
{
    private static readonly DateTime End = QueueBench.Noon.AddHours(3);

    [Theory, EveryDatabase]
    public async Task The_one_who_has_it_is_told_once_for_each_window(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var waits = await bench.ConversationAsync(End, c => (c.AssigneeId, c.LastPreview) = (ana.AgentId, "Is it in stock?"));
        await bench.ConversationAsync(End, c => (c.AssigneeId, c.WaitingSinceUtc) = (ana.AgentId, null), "491701234568");
        await bench.ConversationAsync(End, c => (c.AssigneeId, c.OwnedElsewhere) = (ana.AgentId, true), "491701234569");
        var published = new List<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += published.Add;
        var verb = bench.Core.Get<TellClosing>();

        bench.Clock.Advance(TimeSpan.FromMinutes(114));
        await verb.RunAsync(CancellationToken.None);
        Assert.Empty(await ToldAsync(bench, ana));

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        Here(bench, ana, bo);
        await verb.RunAsync(CancellationToken.None);
        await verb.RunAsync(CancellationToken.None);
        var told = Assert.Single(await ToldAsync(bench, ana));
        Assert.Equal((NotificationKind.Closing, waits, "", "Is it in stock?"), (told.Kind, told.ConversationId, told.ActorName, told.Preview));
        Assert.Empty(await ToldAsync(bench, bo));
        Assert.Equal([new NotificationsChanged(ana.AgentId!.Value)], published.OfType<NotificationsChanged>());

        await bench.Core.WithDbAsync(async db =>
        {
            OpenWindow.By(await db.Conversations.SingleAsync(c => c.Id == waits), QueueBench.Noon.AddHours(2));
            await db.SaveChangesAsync();
        });
        await verb.RunAsync(CancellationToken.None);
        Assert.Single(await ToldAsync(bench, ana));
        bench.Clock.Advance(TimeSpan.FromHours(23));
        Here(bench, ana, bo);
        await verb.RunAsync(CancellationToken.None);
        Assert.Equal(2, (await ToldAsync(bench, ana)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Without_one_who_is_there_to_answer_those_who_could_are_told(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var elsewhere = await new SeedAgent("Cy", Numbers: [bench.Core.NumberId + 1]).WriteAsync(bench.Core.Get<Store>());
        await bench.ConversationAsync(End);
        await bench.ConversationAsync(End, c => c.AssigneeId = bo.AgentId, "491701234568");
        var verb = bench.Core.Get<TellClosing>();
        foreach (var one in (Caller[])[ana, bo])
        {
            await bench.Core.Get<ChangeAvailability>().RunAsync(one, isAway: true, CancellationToken.None);
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(120));
        Here(bench, ana, bo, elsewhere);
        await verb.RunAsync(CancellationToken.None);
        Assert.Empty(await ToldAsync(bench, ana));

        await bench.Core.Get<ChangeAvailability>().RunAsync(ana, isAway: false, CancellationToken.None);
        await verb.RunAsync(CancellationToken.None);
        Assert.Equal(2, (await ToldAsync(bench, ana)).Count);
        Assert.Empty(await ToldAsync(bench, bo));
        Assert.Empty(await ToldAsync(bench, elsewhere));
    }

    [Theory, EveryDatabase]
    public async Task Who_has_it_and_no_screen_open_is_not_the_only_one_told(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        await bench.ConversationAsync(End, c => c.AssigneeId = ana.AgentId);
        var verb = bench.Core.Get<TellClosing>();
        bench.Clock.Advance(TimeSpan.FromMinutes(120));

        await verb.RunAsync(CancellationToken.None);
        Assert.Empty(await ToldAsync(bench, ana));

        Here(bench, bo);
        await verb.RunAsync(CancellationToken.None);
        Assert.Single(await ToldAsync(bench, bo));
        Assert.Single(await ToldAsync(bench, ana));
    }

    [Theory, EveryDatabase]
    public async Task The_worker_follows_WhatsApps_clock(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var ana = await AgentAsync(bench, "Ana");
        await bench.ConversationAsync(End);
        await bench.Core.StartWorkersAsync();

        Here(bench, ana);
        bench.Core.Get<WhatsAppClock>().Offset = TimeSpan.FromHours(2.2);

        await Until.TrueAsync(async () => (await ToldAsync(bench, ana)).Count == 1, "told");
    }

    private static void Here(QueueBench bench, params Caller[] people) => bench.Core.Get<WhoIsHere>().Tell(people.Select(person => person.AgentId!.Value));

    private static Task<Caller> AgentAsync(QueueBench bench, string name) => new SeedAgent(name).WriteAsync(bench.Core.Get<Store>());

    private static async Task<IReadOnlyList<NotificationView>> ToldAsync(QueueBench bench, Caller person) =>
        (await bench.Core.Get<ListNotifications>().RunAsync(person, CancellationToken.None)).Newest;
}
