using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Who is told that a customer wrote.</summary>
public sealed class MessageNoticeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Who_has_the_conversation_has_one_notice_of_it_which_the_next_message_renews(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var conversation = await GivenAsync(bench, ana);
        List<LiveChange> heard = [];
        bench.Core.Get<LiveUpdates>().Published += heard.Add;

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is it in stock?"), Hooks.Text("wamid.2", "The red one")));

        var first = Assert.Single(await ToldAsync(bench, ana));
        Assert.Equal(
            (NotificationKind.Message, conversation, "", "The red one", false),
            (first.Kind, first.ConversationId, first.ActorName, first.Preview, first.IsRead));
        Assert.Equal((await bench.MessageAsync("wamid.2")).Id, first.MessageId);
        Assert.Contains(new NotificationsChanged(ana.AgentId!.Value), heard);

        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.3", "Hello?"))));
        Assert.True(await bench.Core.Get<HandleDeliveries>().RunAloneAsync(Token));
        var renewed = Assert.Single(await ToldAsync(bench, ana));
        Assert.Equal("Hello?", renewed.Preview);
        Assert.True(renewed.Id > first.Id);
        Assert.Empty(await ToldAsync(bench, bo));

        await bench.Core.Get<MarkNotificationsRead>().RunAsync(ana, conversation, Token);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.4", "Still there?")));
        Assert.Equal(("Still there?", false), Assert.Single((await ToldAsync(bench, ana)).Select(note => (note.Preview, note.IsRead))));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_settles_it_whoever_gives_it(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var conversation = await GivenAsync(bench, ana);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is it in stock?")));
        List<LiveChange> heard = [];
        bench.Core.Get<LiveUpdates>().Published += heard.Add;

        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            bo, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("Yes")), Token));

        Assert.Empty(await ToldAsync(bench, ana));
        Assert.Contains(new NotificationsChanged(ana.AgentId!.Value), heard);
    }

    [Theory, EveryDatabase]
    public async Task A_resolve_that_is_taken_back_gives_who_has_it_their_notice_back(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var conversation = await GivenAsync(bench, ana);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is it in stock?")));
        var act = new ManyAct.SetStatus(ConversationStatus.Resolved);
        var outcome = await bench.Core.Get<ActOnMany>().RunAsync(bo, [conversation], act, Token);
        Assert.Empty(await ToldAsync(bench, ana));

        await bench.Core.Get<UndoMany>().RunAsync(bo, act, outcome.Before, Token);

        Assert.Equal("Is it in stock?", Assert.Single(await ToldAsync(bench, ana)).Preview);
    }

    [Theory, EveryDatabase]
    public async Task What_was_not_seen_stands_before_what_was_however_much_came_since(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var ana = await AgentAsync(bench, "Ana");
        var conversation = await GivenAsync(bench, ana);
        await bench.Core.WithDbAsync(async db =>
        {
            db.Notifications.AddRange(Enumerable.Range(0, 1 + ListNotifications.Shown).Select(at => new Notification
            {
                AgentId = ana.AgentId!.Value,
                Kind = NotificationKind.Mention,
                ConversationId = conversation,
                Preview = $"{at}",
                AtUtc = Hooks.Noon.AddMinutes(at),
                ReadAtUtc = at == 0 ? null : Hooks.Noon.AddHours(2),
            }));
            await db.SaveChangesAsync(Token);
        });

        var told = await bench.Core.Get<ListNotifications>().RunAsync(ana, Token);

        Assert.Equal((1, ListNotifications.Shown), (told.Unread, told.Newest.Count));
        Assert.Equal(["0", "40", "39"], told.Newest.Take(3).Select(note => note.Preview));
    }

    /// <summary>The bell draws each by its id, and Blazor ends the circuit over two of one id.</summary>
    [Theory, EveryDatabase]
    public async Task A_notice_that_is_read_while_the_list_is_read_is_in_it_once(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await IntakeBench.StartAsync(
            provider, new CoreHostOptions { Clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon)), Services = sql.AddTo });
        var ana = await AgentAsync(bench, "Ana");
        var conversation = await GivenAsync(bench, ana);
        await bench.Core.WithDbAsync(async db =>
        {
            db.Notifications.Add(new Notification
            {
                AgentId = ana.AgentId!.Value,
                Kind = NotificationKind.Closing,
                ConversationId = conversation,
                Preview = "Is it in stock?",
                AtUtc = Hooks.Noon,
            });
            await db.SaveChangesAsync(Token);
        });
        var asked = 0;
        sql.With = text =>
        {
            if (text.Contains("FROM \"Notifications\"", StringComparison.Ordinal) && ++asked == 2)
            {
                Task.Run(() => bench.Core.Get<MarkNotificationsRead>().RunAsync(ana, conversation, Token), Token).GetAwaiter().GetResult();
            }

            return null;
        };

        Assert.Single(await ToldAsync(bench, ana));

        Assert.True(asked > 2);
        Assert.True(Assert.Single(await ToldAsync(bench, ana)).IsRead);
    }

    [Theory, EveryDatabase]
    public async Task A_look_that_failed_is_made_up_for_by_the_next(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await IntakeBench.StartAsync(
            provider, new CoreHostOptions { Clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon)), Services = sql.AddTo });
        var ana = await AgentAsync(bench, "Ana");
        Here(bench, ana);
        sql.With = text => sql.Failed == 0 && text.Contains("INSERT INTO \"Notifications\"", StringComparison.Ordinal) ? new InvalidOperationException("cannot be written") : null;

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(
            bench, Hooks.Text("wamid.1", "First", from: "491701234501"), Hooks.Text("wamid.2", "Second", from: "491701234502")));
        Assert.Empty(await ToldAsync(bench, ana));
        await bench.Core.Get<TellWaiting>().RunAsync(Token);

        Assert.Equal(["First", "Second"], (await ToldAsync(bench, ana)).Select(note => note.Preview).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Of_nobodys_conversation_those_who_are_there_are_told_once_for_each_wait(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        var (away, gone) = (await AgentAsync(bench, "Cy"), await AgentAsync(bench, "Di"));
        var elsewhere = await new SeedAgent("Eli", Numbers: [bench.Core.NumberId + 1]).WriteAsync(bench.Core.Get<Store>());
        await bench.Core.Get<ChangeAvailability>().RunAsync(away, isAway: true, Token);
        Here(bench, ana, bo, away, elsewhere);

        await WriteAsync(bench, Hooks.Text("wamid.1", "Is it in stock?"));
        await WriteAsync(bench, Hooks.Text("wamid.2", "Hello?"));

        Assert.Equal(("Is it in stock?", false), Assert.Single((await ToldAsync(bench, ana)).Select(note => (note.Preview, note.IsRead))));
        Assert.Single(await ToldAsync(bench, bo));
        foreach (var other in (Caller[])[away, gone, elsewhere])
        {
            Assert.Empty(await ToldAsync(bench, other));
        }

        var conversation = (await bench.ConversationAsync()).Id;
        Assert.IsType<AssignOutcome.Done>(await bench.Core.Get<AssignConversation>().RunAsync(ana, conversation, bo.AgentId, Token));
        Assert.Empty(await ToldAsync(bench, ana));
        Assert.Equal(2, (await ToldAsync(bench, bo)).Count(note => !note.IsRead));
    }

    [Theory, EveryDatabase]
    public async Task Where_turns_are_taken_who_gets_it_is_told_and_nobody_else(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var (ana, bo) = (await AgentAsync(bench, "Ana"), await AgentAsync(bench, "Bo"));
        await bench.Core.WithDbAsync(db => db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.TakesTurns, true), Token));
        Here(bench, ana, bo);

        await WriteAsync(bench, Hooks.Text("wamid.1", "Is it in stock?"));
        await bench.Core.Get<AssignInTurn>().RunAsync(Token);

        Assert.Equal(NotificationKind.Assigned, Assert.Single((await ToldAsync(bench, ana)).Concat(await ToldAsync(bench, bo))).Kind);
    }

    [Theory, EveryDatabase]
    public async Task Where_many_are_there_the_newest_is_told_of_and_then_there_is_a_pause(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await StartAsync(provider, clock);
        List<Caller> people = [];
        for (var at = 0; at <= TellWaiting.AtOnce / 2; at++)
        {
            people.Add(await AgentAsync(bench, $"Agent {at}"));
        }

        Here(bench, [.. people]);
        await WriteAsync(bench, Hooks.Text("wamid.1", "First", from: "491701234501"), Hooks.Text("wamid.2", "Second", from: "491701234502"));
        Assert.Equal("Second", Assert.Single(await ToldAsync(bench, people[0])).Preview);

        await WriteAsync(bench, Hooks.Text("wamid.3", "Third", from: "491701234503"));
        Assert.Single(await ToldAsync(bench, people[0]));
        clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Core.Get<TellWaiting>().RunAsync(Token);
        Assert.Equal(["Third", "Second"], (await ToldAsync(bench, people[0])).Select(note => note.Preview));
    }

    [Fact]
    public async Task The_worker_tells_as_the_message_comes()
    {
        await using var bench = await StartAsync(DatabaseProvider.Sqlite);
        var ana = await AgentAsync(bench, "Ana");
        Here(bench, ana);
        await bench.Core.StartWorkersAsync();

        await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Is it in stock?")));

        await Until.TrueAsync(async () => (await ToldAsync(bench, ana)).Count == 1, "told");
    }

    private static Task<IntakeBench> StartAsync(DatabaseProvider provider, FakeTimeProvider? clock = null) => IntakeBench.StartAsync(
        provider, new CoreHostOptions { Clock = clock ?? new FakeTimeProvider(new DateTimeOffset(Hooks.Noon)) });

    private static Task<Caller> AgentAsync(IntakeBench bench, string name) => new SeedAgent(name).WriteAsync(bench.Core.Get<Store>());

    private static void Here(IntakeBench bench, params Caller[] people) =>
        bench.Core.Get<WhoIsHere>().Tell(people.Select(person => person.AgentId!.Value));

    /// <summary>Amina's conversation, which this person has.</summary>
    private static async Task<long> GivenAsync(IntakeBench bench, Caller person)
    {
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")));
        var conversation = (await bench.ConversationAsync()).Id;
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, person.AgentId), Token));
        return conversation;
    }

    /// <summary>As the worker hears it.</summary>
    private static async Task WriteAsync(IntakeBench bench, params System.Text.Json.Nodes.JsonObject[] messages)
    {
        var tell = bench.Core.Get<TellWaiting>();
        var live = bench.Core.Get<LiveUpdates>();
        live.Published += Note;
        await bench.TakeAsync(Hooks.Messages(messages));
        live.Published -= Note;
        await tell.RunAsync(Token);

        void Note(LiveChange change)
        {
            if (change is CustomerWaits waits)
            {
                tell.Note(waits);
            }
        }
    }

    private static async Task<IReadOnlyList<NotificationView>> ToldAsync(IntakeBench bench, Caller person) =>
        (await bench.Core.Get<ListNotifications>().RunAsync(person, Token)).Newest;
}
