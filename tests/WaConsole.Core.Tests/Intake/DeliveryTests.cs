using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class DeliveryTests
{
    [Theory]
    [EveryDatabase]
    public async Task Every_item_of_a_thousand_mixed_ones_in_one_body_is_handled(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var messages = Enumerable.Range(0, 500)
            .Select(n => Hooks.Text($"wamid.in{n}", $"Message {n}", Hooks.Noon.AddSeconds(n), $"4917000000{n % 40:00}"))
            .ToArray();
        var reactions = Enumerable.Range(0, 200).Select(n => Hooks.Reaction($"wamid.r{n}", $"wamid.in{n}", "👍")).ToArray();
        var statuses = Enumerable.Range(0, 300).Select(n => Hooks.Status($"wamid.out{n}", "sent")).ToArray();

        await bench.TakeAsync(Hooks.Body(
            Hooks.Change("messages", "statuses", statuses[..150]),
            Hooks.Change("messages", "messages", [.. messages, .. reactions]),
            Hooks.Change("messages", "statuses", statuses[150..])));

        var intake = await bench.CountAsync();
        Assert.Equal((1000, 700, 300, 0), (intake.Received, intake.Stored, intake.Parked, intake.Pending));
        Assert.Equal(500, await bench.Core.WithDbAsync(db => db.Messages.CountAsync()));
        Assert.Equal(40, await bench.Core.WithDbAsync(db => db.Conversations.CountAsync()));
        Assert.Equal(200, await bench.Core.WithDbAsync(db => db.Set<Reaction>().CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task The_same_body_twice_stores_everything_once(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var body = Hooks.Body(
            Hooks.Change("messages", "messages", Hooks.Text("wamid.1", "Hello"), Hooks.Reaction("wamid.2", "wamid.1", "🙏")),
            Hooks.Change("messages", "statuses", Hooks.Status("wamid.unknown", "sent")),
            Hooks.Change("user_preferences", "user_preferences", Hooks.Preference("stop", Hooks.Noon)));

        await bench.TakeAsync(body, body);

        var intake = await bench.CountAsync();
        Assert.Equal((8, 3, 4, 1), (intake.Received, intake.Stored, intake.Duplicates, intake.Parked));
        Assert.Equal(1, (await bench.ConversationAsync()).UnreadCount);
    }

    [Theory]
    [EveryDatabase]
    public async Task One_item_that_cannot_be_stored_goes_to_quarantine_and_its_neighbours_do_not(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")));
        await RefuseTextAsync(bench, provider);

        await bench.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "before"), Hooks.Text("wamid.2", "poison"), Hooks.Text("wamid.3", "after")));

        Assert.Equal(["wamid.0", "wamid.1", "wamid.3"], await bench.Core.WithDbAsync(
            db => db.Messages.OrderBy(m => m.Id).Select(m => m.Wamid!).ToListAsync()));
        Assert.Equal((4, 3, 1), await ReceivedStoredQuarantinedAsync(bench));
        var row = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
        Assert.DoesNotContain("poison", row.Reason, StringComparison.Ordinal);

        Assert.NotNull(await bench.Core.Get<Quarantine>().ReplayAsync(Caller.System, row.Id, CancellationToken.None));
        await AllowTextAsync(bench, provider);
        Assert.Null(await bench.Core.Get<Quarantine>().ReplayAsync(Caller.System, row.Id, CancellationToken.None));

        Assert.Equal("poison", (await bench.MessageAsync("wamid.2")).Text);
        Assert.Equal((4, 4, 0), await ReceivedStoredQuarantinedAsync(bench));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_body_that_is_no_webhook_is_kept_whole_with_the_reason(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync("not json at all"u8.ToArray(), Hooks.Messages(Hooks.Text("wamid.1", "Hello")));

        Assert.Equal((2, 1, 1), await ReceivedStoredQuarantinedAsync(bench));
        var row = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
        Assert.Equal("not json at all", await bench.Core.Get<Quarantine>().ReadBodyAsync(Caller.System, row.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_waiting_item_that_cannot_be_joined_does_not_take_its_message_with_it()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.TakeAsync(Hooks.Messages(Hooks.Reaction("wamid.r", "wamid.1", "👍")));
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            """CREATE TRIGGER refuse BEFORE INSERT ON "Reactions" BEGIN SELECT RAISE(ABORT, 'refused'); END"""));

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        Assert.Equal("Hello", (await bench.MessageAsync("wamid.1")).Text);
        Assert.Equal(1, (await bench.CountAsync()).Parked);

        // To SQLite the refusal looks like another writer's row, which is waited for during a few rounds.
        await Until.TrueAsync(
            async () =>
            {
                await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);
                return await ReceivedStoredQuarantinedAsync(bench) == (2, 1, 1);
            },
            "the item set aside");
    }

    [Fact]
    public async Task A_message_from_nobody_stays_out_of_the_threads_and_visible_in_quarantine()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello all", from: null)));

        var row = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
        Assert.Equal("The message does not say who sent it.", row.Reason);
        Assert.Equal(row.Reason, await bench.Core.Get<Quarantine>().ReplayAsync(Caller.System, row.Id, CancellationToken.None));
        Assert.Equal((1, 0, 1), await ReceivedStoredQuarantinedAsync(bench));
    }

    [Fact]
    public async Task Only_an_admin_reads_intake_and_quarantine()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        var agent = new Caller(1, "Ada", Role.Agent, null);
        var quarantine = bench.Core.Get<Quarantine>();

        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<ReadIntake>().RunAsync(agent, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => quarantine.ListAsync(agent, 10, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => quarantine.ReadBodyAsync(agent, 1, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => quarantine.ReplayAsync(agent, 1, CancellationToken.None));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_for_a_number_not_known_yet_makes_the_number(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var change = Hooks.Change("messages", "messages", Hooks.Text("wamid.1", "Hello"));
        change["value"]!["metadata"] = Hooks.Metadata("999");

        await bench.TakeAsync(Hooks.Body(change));

        var number = await bench.Core.WithDbAsync(db => db.Numbers.SingleAsync(n => n.PhoneNumberId == "999"));
        Assert.Equal("493023125100", number.Name);
        Assert.Equal(number.Id, (await bench.ConversationAsync()).NumberId);
        Assert.NotNull(number.LastMessageStoredAtUtc);
    }

    [Fact]
    public async Task A_message_that_names_an_account_not_connected_is_not_stored_under_another()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        var change = Hooks.Change("messages", "messages", Hooks.Text("wamid.1", "Hello"));
        change["value"]!["metadata"] = Hooks.Metadata("999");
        var body = JsonNode.Parse(Hooks.Body(change))!;
        body["entry"]![0]!["id"] = "12345";

        await bench.TakeAsync(Hooks.Bytes(body));

        Assert.Equal((1, 0, 1), await ReceivedStoredQuarantinedAsync(bench));
    }

    [Fact]
    public async Task Screens_hear_of_each_change_once_and_after_the_commit()
    {
        // A clock that stands still: the batch is not split by its time budget.
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Clock = clock });
        var heard = new List<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += heard.Add;
        await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "One"), Hooks.Text("wamid.2", "Two")));
        heard.Clear();

        await bench.WorkOffAsync();

        var conversation = await bench.ConversationAsync();
        var lines = await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => m.Id).ToListAsync());
        Assert.Equal(
            [
                new CustomerWaits(conversation.NumberId, conversation.Id),
                new HeaderChanged(conversation.NumberId, conversation.Id),
                new InboxChanged(conversation.NumberId, conversation.Id),
                new IntakeChanged(),
                .. lines.Select(line => new MessageChanged(conversation.NumberId, conversation.Id, line)),
            ],
            heard.OrderBy(change => change.GetType().Name).ThenBy(change => (change as MessageChanged)?.MessageId));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_a_stopped_process_left_is_worked_off_by_the_next(DatabaseProvider provider)
    {
        await using var first = await IntakeBench.StartAsync(provider);
        for (var n = 0; n < 20; n++)
        {
            await first.AcceptAsync(Hooks.Messages(Hooks.Text($"wamid.{n}", $"Message {n}")));
        }

        await first.Core.StopAsync();
        await using var second = await CoreHost.StartAsync(provider, new CoreHostOptions { RestartOf = first.Core, Workers = true });

        await Until.TrueAsync(
            async () => (await second.Get<ReadIntake>().RunAsync(Caller.System, CancellationToken.None)).Stored == 20, "the rest to be stored");
        var texts = await second.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => m.Text).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"Message {n}"), texts);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_running_worker_stores_what_is_accepted(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Workers = true });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => bench.AcceptAsync(Hooks.Messages(Hooks.Text($"wamid.{n}", "Hello")))));

        await Until.TrueAsync(async () => (await bench.CountAsync()).Stored == 50, "all messages to be stored");
        Assert.Equal(50, (await bench.ConversationAsync()).UnreadCount);
    }

    private static async Task<(long Received, long Stored, long Quarantined)> ReceivedStoredQuarantinedAsync(IntakeBench bench)
    {
        var intake = await bench.CountAsync();
        return (intake.Received, intake.Stored, intake.Quarantined);
    }

    /// <summary>The database refuses one text, as a defect of ours would.</summary>
    private static Task RefuseTextAsync(IntakeBench bench, DatabaseProvider provider) => bench.Core.WithDbAsync(
        db => db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
            ? """CREATE TRIGGER refuse BEFORE INSERT ON "Messages" WHEN NEW."Text" = 'poison' BEGIN SELECT RAISE(ABORT, 'refused'); END"""
            : """ALTER TABLE "Messages" ADD CONSTRAINT refuse CHECK ("Text" <> 'poison')"""));

    private static Task AllowTextAsync(IntakeBench bench, DatabaseProvider provider) => bench.Core.WithDbAsync(
        db => db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
            ? "DROP TRIGGER refuse"
            : """ALTER TABLE "Messages" DROP CONSTRAINT refuse"""));
}
