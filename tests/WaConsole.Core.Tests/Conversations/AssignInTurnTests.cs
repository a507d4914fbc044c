using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class AssignInTurnTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Waiting_conversations_go_round_past_who_is_away_or_has_enough_and_the_rest_waits(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var store = core.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var bo = await new SeedAgent("Bo").WriteAsync(store);
        var mei = await new SeedAgent("Mei").WriteAsync(store);
        await new SeedAgent("Zoe", Role.Admin).WriteAsync(store);
        await new SeedAgent("Eli", Numbers: []).WriteAsync(store);
        await core.Get<ChangeAvailability>().RunAsync(bo, isAway: true, Token);
        core.Get<WhoIsHere>().Tell(ana.AgentId!.Value, bo.AgentId!.Value, mei.AgentId!.Value);
        List<long> ids = [];
        for (var at = 0; at < 6; at++)
        {
            ids.Add(await new SeedConversation { NumberId = core.NumberId, WaitingSinceUtc = Noon.AddMinutes(at) }.WriteAsync(store));
        }

        var answered = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(store);
        await core.Get<AssignInTurn>().RunAsync(Token);
        Assert.All(await AssigneesAsync(core, ids), Assert.Null);

        await SetAsync(core, capacity: 2);
        await core.Get<AssignInTurn>().RunAsync(Token);

        Assert.Equal([ana.AgentId, mei.AgentId, ana.AgentId, mei.AgentId, null, null], await AssigneesAsync(core, ids));
        Assert.Equal([null], await AssigneesAsync(core, [answered]));
        Assert.Equal(2, (await core.Get<ListNotifications>().RunAsync(ana, Token)).Newest.Count(n => n.Kind == NotificationKind.Assigned));
        Assert.Equal(
            new MessageContent.Activity("assigned", "WaConsole", "Ana"),
            Assert.Single((await core.Get<ReadThread>().RunAsync(ana, ids[0], null, 10, Token))!.Lines).Content);

        await core.Get<ChangeStatus>().RunAsync(mei, ids[1], ConversationStatus.Resolved, null, Token);
        await core.Get<ChangeAvailability>().RunAsync(bo, isAway: false, Token);
        await core.Get<AssignInTurn>().RunAsync(Token);

        Assert.Equal([bo.AgentId, mei.AgentId], [.. (await AssigneesAsync(core, ids)).Skip(4).Order()]);
    }

    [Theory, EveryDatabase]
    public async Task Two_nodes_at_once_give_each_conversation_once(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var store = core.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var bo = await new SeedAgent("Bo").WriteAsync(store);
        List<long> ids = [];
        for (var at = 0; at < 6; at++)
        {
            ids.Add(await new SeedConversation { NumberId = core.NumberId, WaitingSinceUtc = Noon.AddMinutes(at) }.WriteAsync(store));
        }

        core.Get<WhoIsHere>().Tell(ana.AgentId!.Value, bo.AgentId!.Value);
        await SetAsync(core, capacity: 0);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => core.Get<AssignInTurn>().RunAsync(Token))));

        Assert.Equal((3, 3), ((await AssigneesAsync(core, ids)).Count(id => id == ana.AgentId), (await AssigneesAsync(core, ids)).Count(id => id == bo.AgentId)));
        Assert.Equal(6, await core.WithDbAsync(db => db.Messages.CountAsync(Token)));
    }

    [Fact]
    public async Task A_message_wakes_the_worker()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        await SetAsync(core, capacity: 0);
        await core.StartWorkersAsync();
        var id = await new SeedConversation { NumberId = core.NumberId, WaitingSinceUtc = Noon }.WriteAsync(core.Get<Store>());
        core.Get<WhoIsHere>().Tell(ana.AgentId!.Value);
        core.Get<LiveUpdates>().Publish(new InboxChanged(core.NumberId, id));

        await Until.TrueAsync(async () => (await AssigneesAsync(core, [id]))[0] == ana.AgentId, "given to Ana");
    }

    [Theory, EveryDatabase]
    public async Task Who_has_had_no_screen_open_for_minutes_gets_no_turn(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var core = bench.Core;
        var here = core.Get<WhoIsHere>();
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var bo = await new SeedAgent("Bo").WriteAsync(core.Get<Store>());
        await SetAsync(core, capacity: 0);
        List<long> ids = [];
        for (var at = 0; at < 3; at++)
        {
            ids.Add(await new SeedConversation { NumberId = core.NumberId, WaitingSinceUtc = Noon.AddMinutes(at) }.WriteAsync(core.Get<Store>()));
        }

        await core.Get<AssignInTurn>().RunAsync(Token);
        Assert.Equal([null, null, null], await AssigneesAsync(core, ids));

        here.Tell(ana.AgentId!.Value, bo.AgentId!.Value);
        bench.Clock.Advance(WhoIsHere.HereFor - WhoIsHere.TellAgain);
        here.Tell(bo.AgentId!.Value);
        bench.Clock.Advance(WhoIsHere.TellAgain);
        await core.Get<AssignInTurn>().RunAsync(Token);

        Assert.Equal([bo.AgentId, bo.AgentId, bo.AgentId], await AssigneesAsync(core, ids));
    }

    [Fact]
    public async Task Somebody_who_comes_gets_what_waits_at_once()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        await SetAsync(core, capacity: 0);
        var id = await new SeedConversation { NumberId = core.NumberId, WaitingSinceUtc = Noon }.WriteAsync(core.Get<Store>());
        await core.StartWorkersAsync();

        await Until.TrueAsync(
            async () =>
            {
                core.Get<WhoIsHere>().Tell(ana.AgentId!.Value);
                return (await AssigneesAsync(core, [id]))[0] == ana.AgentId;
            },
            "given to Ana");
    }

    [Fact]
    public async Task Only_admins_set_it_and_a_capacity_has_bounds()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var change = new NumberChange(core.NumberId, "Shop", NumberEnvironment.Production, ReadReceiptPolicy.Never, true, true, -1);

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<UpdateNumberSettings>().RunAsync(ana, change, Token));
        Assert.IsType<UpdateNumberOutcome.Invalid>(await core.Get<UpdateNumberSettings>().RunAsync(Caller.System, change, Token));
    }

    private static async Task SetAsync(CoreHost core, int capacity) => Assert.IsType<UpdateNumberOutcome.Done>(
        await core.Get<UpdateNumberSettings>().RunAsync(
            Caller.System,
            new NumberChange(core.NumberId, "Shop", NumberEnvironment.Production, ReadReceiptPolicy.Never, true, TakesTurns: true, TurnCapacity: capacity),
            Token));

    private static async Task<IReadOnlyList<long?>> AssigneesAsync(CoreHost core, IReadOnlyList<long> ids) => await core.WithDbAsync(async db =>
    {
        var rows = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.AssigneeId, Token);
        return ids.Select(id => rows[id]).ToList();
    });
}
