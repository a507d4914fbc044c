using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class StatusTests
{
    [Theory]
    [EveryDatabase]
    public async Task Statuses_out_of_order_and_twice_leave_the_highest_and_every_fact(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");

        await bench.TakeAsync(
            Hooks.Statuses(Hooks.Status("wamid.out", "read", Hooks.Noon.AddSeconds(9))),
            Hooks.Statuses(Hooks.Status("wamid.out", "sent"), Hooks.Status("wamid.out", "delivered"), Hooks.Status("wamid.out", "sent")));

        var message = await bench.MessageAsync("wamid.out");
        Assert.Equal((DeliveryStatus.Read, Hooks.Noon.AddSeconds(9)), (message.Status, message.StatusAtUtc));
        Assert.Equal(3, await bench.Core.WithDbAsync(db => db.MessageStatusFacts.CountAsync()));
        Assert.Equal(1, (await bench.CountAsync()).Duplicates);
        Assert.Equal(DeliveryStatus.Read, (await bench.ConversationAsync()).LastStatus);
    }

    [Fact]
    public async Task A_tick_tells_its_line_and_its_row_and_a_failure_what_stands_around_them_too()
    {
        await using var bench = await StartAsync(DatabaseProvider.Sqlite);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var message = await bench.MessageAsync("wamid.out");
        var (number, conversation) = (message.NumberId, message.ConversationId);
        var heard = new List<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += heard.Add;

        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.out", "sent"), Hooks.Status("wamid.out", "delivered")));
        LiveChange[] tick = [new InboxChanged(number, conversation), new IntakeChanged(), new MessageChanged(number, conversation, message.Id)];
        Assert.Equal(tick, heard.OrderBy(change => change.GetType().Name));

        heard.Clear();
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.lost");
        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.lost", "failed")));
        Assert.Contains(heard, change => change is HeaderChanged);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_status_that_comes_before_its_message_waits_and_is_joined(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.out", "delivered")));
        Assert.Equal(1, (await bench.CountAsync()).Parked);

        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var joined = await bench.Core.WithDbAsync(async db =>
        {
            var tally = new IntakeTally(Hooks.Noon);
            var count = await JoinParked.ApplyAsync(db, "wamid.out", tally, CancellationToken.None);
            await tally.SaveAsync(db, CancellationToken.None);
            return count;
        });

        Assert.Equal(1, joined);
        Assert.Equal(DeliveryStatus.Delivered, (await bench.MessageAsync("wamid.out")).Status);
        var intake = await bench.CountAsync();
        Assert.Equal((2, 2, 0), (intake.Received, intake.Stored, intake.Parked));
    }

    [Theory]
    [EveryDatabase]
    public async Task Our_own_id_in_a_status_settles_a_send_whose_answer_was_lost(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var message = await bench.OutgoingAsync(DeliveryStatus.Unknown);

        await bench.TakeAsync(Hooks.Statuses(
            Hooks.Status("wamid.late", "sent", callback: message.ClientKey!.Value.ToString("N")), Hooks.Status("wamid.late", "delivered")));

        var settled = await bench.MessageAsync("wamid.late");
        Assert.Equal((message.Id, DeliveryStatus.Delivered), (settled.Id, settled.Status));
        Assert.Equal(OutboxState.Done, await bench.Core.WithDbAsync(db => db.Outbox.Select(e => e.State).SingleAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_refusal_for_the_closed_window_closes_it_here_and_keeps_the_error(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var refused = Hooks.Noon.AddHours(1);

        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.out", "failed", refused, error: 131047)));

        var message = await bench.MessageAsync("wamid.out");
        Assert.Equal((DeliveryStatus.Failed, 131047, "Title", "Details"), (message.Status, message.ErrorCode, message.ErrorTitle, message.ErrorDetails));
        Assert.Equal(refused, (await bench.ConversationAsync()).WindowExpiresAtUtc);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_refusal_because_the_customer_stopped_marketing_is_remembered(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");

        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.out", "failed", Hooks.Noon.AddHours(1), error: 131050)));

        var contact = await bench.Core.WithDbAsync(db => db.Conversations.Select(c => c.Contact).SingleAsync());
        Assert.Equal((Hooks.Noon.AddHours(1), nameof(ConsentSource.WhatsAppRefusal)), (contact.OptedOutAtUtc, contact.OptedOutReason));
    }

    [Fact]
    public async Task A_failure_after_delivery_and_an_unknown_word_are_facts_only()
    {
        await using var bench = await StartAsync(DatabaseProvider.Sqlite);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");

        await bench.TakeAsync(Hooks.Statuses(
            Hooks.Status("wamid.out", "delivered"), Hooks.Status("wamid.out", "failed", error: 131026), Hooks.Status("wamid.out", "glanced_at")));

        var message = await bench.MessageAsync("wamid.out");
        Assert.Equal((DeliveryStatus.Delivered, (int?)null), (message.Status, message.ErrorCode));
        Assert.Equal(
            ["delivered", "failed", "glanced_at"],
            await bench.Core.WithDbAsync(db => db.MessageStatusFacts.OrderBy(f => f.Id).Select(f => f.Status).ToListAsync()));
    }

    [Fact]
    public async Task Price_and_free_entry_point_are_read_from_the_status_and_told_to_what_shows_them()
    {
        await using var bench = await StartAsync(DatabaseProvider.Sqlite);
        List<LiveChange> heard = [];
        bench.Core.Get<LiveUpdates>().Published += heard.Add;
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var until = Hooks.Noon.AddDays(7);
        var status = Hooks.Status("wamid.out", "sent");
        status["pricing"] = new JsonObject { ["type"] = "free_entry_point", ["category"] = "service" };
        status["conversation"] = new JsonObject { ["id"] = "c", ["expiration_timestamp"] = Hooks.Unix(until) };

        await bench.TakeAsync(Hooks.Statuses(status));

        var message = await bench.MessageAsync("wamid.out");
        Assert.Equal(("free_entry_point", "service"), (message.PricingType, message.PricingCategory));
        Assert.Equal(until, (await bench.ConversationAsync()).EntryPointExpiresAtUtc);
        Assert.Single(heard.OfType<HeaderChanged>());
    }

    [Theory]
    [EveryDatabase]
    public async Task A_contact_known_by_phone_gets_the_user_id_from_the_first_status(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var status = Hooks.Status("wamid.out", "delivered");
        status["recipient_user_id"] = Hooks.AminaId;

        await bench.TakeAsync(Hooks.Statuses(status));

        Assert.Equal(Hooks.AminaId, (await bench.ConversationAsync()).Contact.UserId);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_waits_longer_than_eight_days_goes_to_quarantine_and_can_still_be_replayed(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")), Hooks.Statuses(Hooks.Status("wamid.out", "read")));

        clock.Advance(TimeSpan.FromDays(9));
        await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);
        var intake = await bench.CountAsync();
        Assert.Equal((2, 1, 0, 1), (intake.Received, intake.Stored, intake.Parked, intake.Quarantined));

        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        var row = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Team.Caller.System, 10, CancellationToken.None));
        Assert.Null(await bench.Core.Get<Quarantine>().ReplayAsync(Team.Caller.System, row.Id, CancellationToken.None));
        Assert.Equal(DeliveryStatus.Read, (await bench.MessageAsync("wamid.out")).Status);
        Assert.Equal(2, (await bench.CountAsync()).Stored);
    }

    [Theory]
    [EveryDatabase]
    public async Task Old_raw_bodies_are_removed_and_the_counts_stay(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await bench.TakeAsync([.. Enumerable.Range(0, 250).Select(n => Hooks.Statuses(Hooks.Status("wamid.x", "sent", Hooks.Noon.AddSeconds(n % 2))))]);
        var before = await bench.CountAsync();

        clock.Advance(TimeSpan.FromDays(15));
        await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Not read yet")));
        clock.Advance(TimeSpan.FromDays(15));
        await bench.Core.Get<TidyIntake>().RunAsync(portionDone: () => { }, CancellationToken.None);

        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Deliveries.CountAsync()));
        var after = await bench.CountAsync();
        Assert.Equal((before.Received + 1, 1L), (after.Received, after.Pending));
    }

    private static async Task<IntakeBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")));
        return bench;
    }
}
