using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Noon of <see cref="QueueBench"/> is on a Tuesday; the shop is open on Mondays.</summary>
public sealed class AnswerAwayTests
{
    private const string Away = "We are back on Monday. Urgent: help@alder-oak.example";

    private static readonly Caller Admin = new(1, "Ada", Role.Admin, null);
    private static readonly OpeningHours Mondays = new("UTC", [new(DayOfWeek.Monday, 9 * 60, 17 * 60)], []);

    [Theory, EveryDatabase]
    public async Task Who_writes_outside_the_hours_is_answered_once_per_window_and_goes_on_waiting(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await SwitchOnAsync(bench);
        var conversation = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null);
        var verb = bench.Core.Get<AnswerAway>();
        await verb.RunAsync(() => { }, CancellationToken.None);
        Assert.Empty(await SentAsync(bench, conversation));

        await WritesAsync(bench, conversation, "Is it in stock?");
        await verb.RunAsync(() => { }, CancellationToken.None);
        await verb.RunAsync(() => { }, CancellationToken.None);

        var sent = Assert.Single(await SentAsync(bench, conversation));
        Assert.Equal((Away, DeliveryStatus.Queued, (long?)null), (sent.Text, sent.Status, sent.AuthorId));
        Assert.Equal(new MessageContent.Automatic("away"), ContentJson.Read(sent.ContentJson));
        Assert.Equal(OutboxLane.Automation, (await bench.Core.WithDbAsync(db => db.Outbox.SingleAsync(e => e.MessageId == sent.Id))).Lane);
        var row = await bench.ReadAsync(conversation);
        Assert.Equal((QueueBench.Noon, 1, sent.Id), (row.WaitingSinceUtc!.Value, row.UnreadCount, row.LastMessageId!.Value));

        for (var day = 0; day < 3; day++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(20));
            await WritesAsync(bench, conversation, "Hello?");
            await verb.RunAsync(() => { }, CancellationToken.None);
        }

        Assert.Single(await SentAsync(bench, conversation));
        bench.Clock.Advance(TimeSpan.FromHours(24));
        await WritesAsync(bench, conversation, "Still there?");
        await verb.RunAsync(() => { }, CancellationToken.None);
        await verb.RunAsync(() => { }, CancellationToken.None);
        Assert.Equal(2, (await SentAsync(bench, conversation)).Count);
    }

    [Fact]
    public async Task One_that_cannot_be_answered_keeps_no_other_waiting()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        await SwitchOnAsync(bench);
        var broken = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null);
        var sound = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null);
        await WritesAsync(bench, broken, "Is it in stock?");
        await WritesAsync(bench, sound, "Is it in stock?");
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER broken BEFORE INSERT ON "AwayAnswers" WHEN NEW."ConversationId" = (SELECT MIN("Id") FROM "Conversations")
            BEGIN SELECT RAISE(ABORT, 'broken'); END
            """));

        await bench.Core.Get<AnswerAway>().RunAsync(() => { }, CancellationToken.None);

        Assert.Empty(await SentAsync(bench, broken));
        Assert.Single(await SentAsync(bench, sound));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_asks_to_stop_wrote_in_time_or_wrote_before_it_was_on_gets_nothing(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var before = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null);
        await WritesAsync(bench, before, "Before it was on");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await SwitchOnAsync(bench);
        var stops = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null, "491701234568");
        await WritesAsync(bench, stops, "STOP");
        var elsewhere = await bench.ConversationAsync(null, c => (c.WaitingSinceUtc, c.OwnedElsewhere) = (null, true), "491701234569");
        await WritesAsync(bench, elsewhere, "Hello");
        var answered = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null, "491701234570");
        await WritesAsync(bench, answered, "Hello");
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(answered));
        var verb = bench.Core.Get<AnswerAway>();

        await verb.RunAsync(() => { }, CancellationToken.None);

        // Tuesday noon to Monday at half past sixteen: open. Half an hour later it is closed, but they wrote in time.
        bench.Clock.Advance(new DateTime(2026, 11, 30, 16, 30, 0, DateTimeKind.Utc) - bench.Clock.GetUtcNow().UtcDateTime);
        var inTime = await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null, "491701234571");
        await WritesAsync(bench, inTime, "In time");
        await verb.RunAsync(() => { }, CancellationToken.None);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await verb.RunAsync(() => { }, CancellationToken.None);

        foreach (var conversation in (long[])[before, stops, elsewhere, inTime])
        {
            Assert.Empty(await SentAsync(bench, conversation));
        }

        Assert.DoesNotContain(await SentAsync(bench, answered), message => message.Text == Away);
    }

    [Theory, EveryDatabase]
    public async Task Of_several_nodes_one_answers(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await SwitchOnAsync(bench);
        List<long> conversations = [];
        for (var at = 0; at < 5; at++)
        {
            conversations.Add(await bench.ConversationAsync(null, c => c.WaitingSinceUtc = null, $"49170123457{at}"));
            await WritesAsync(bench, conversations[^1], "Hello");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.Core.Get<AnswerAway>().RunAsync(() => { }, CancellationToken.None))));

        foreach (var conversation in conversations)
        {
            Assert.Single(await SentAsync(bench, conversation));
        }
    }

    [Fact]
    public async Task The_message_reaches_the_phone_by_itself_without_saying_that_somebody_has_read()
    {
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Sqlite);
        var later = TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek;
        Assert.IsType<SaveHoursOutcome.Done>(await bench.Core.Get<SaveHours>().RunAsync(
            Admin, new HoursChange(bench.Core.NumberId, new OpeningHours("UTC", [new(later, 0, 60)], []), true, Away), CancellationToken.None));
        var (customer, conversation) = await bench.CustomerAsync();

        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.Messages.AnyAsync(
                m => m.ConversationId == conversation && m.Direction == MessageDirection.Outbound && m.Status == DeliveryStatus.Read)),
            "the away message read on the phone");

        var lines = bench.Simulator.World.FindChat(customer.Id)!.Lines;
        Assert.Equal([Away], lines.Where(line => !line.FromCustomer).Select(line => line.Content.Text));
        Assert.DoesNotContain(lines, line => line is { FromCustomer: true, ReadByBusiness: true });
        await bench.QueueAsync(conversation, "A person answers");
        await bench.UntilAsync(
            () => bench.Simulator.World.FindChat(customer.Id)!.Lines.Any(line => line is { FromCustomer: true, ReadByBusiness: true }), "blue ticks");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, 10, 23, 46)]
    [InlineData(false, 20, 40, 60)]
    [InlineData(true, 20, 40, 65)]
    [InlineData(true, 24)]
    public void A_window_has_closed_when_a_day_passed_without_a_word(bool closed, params int[] hoursLater) => Assert.Equal(
        closed, AwayRules.HasClosedSince(QueueBench.Noon, [QueueBench.Noon, .. hoursLater.Select(hours => QueueBench.Noon.AddHours(hours))]));

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop all")]
    [InlineData("cancel")]
    [InlineData("Please stop sending me these")]
    public void A_wish_to_stop_gets_no_automatic_answer_however_it_is_put(string text)
    {
        Assert.False(Answers(new AwaitingLine(text, QueueBench.Noon)));
        Assert.False(Answers(new AwaitingLine("Detener promociones", QueueBench.Noon, IsLabel: true)));
        Assert.False(Answers(new AwaitingLine("Stop & shop", QueueBench.Noon, IsLabel: true)));
        Assert.True(Answers(new AwaitingLine("Is it in stock?", QueueBench.Noon)));

        static bool Answers(AwaitingLine line) => AwayRules.Answers(Mondays, QueueBench.Noon.AddDays(-1), [line], null, [], QueueBench.Noon);
    }

    private static async Task SwitchOnAsync(QueueBench bench) => Assert.IsType<SaveHoursOutcome.Done>(await bench.Core.Get<SaveHours>().RunAsync(
        Admin, new HoursChange(bench.Core.NumberId, Mondays, true, Away), CancellationToken.None));

    /// <summary>As intake leaves it.</summary>
    private static Task WritesAsync(QueueBench bench, long conversationId, string text) => bench.Core.WithDbAsync(async db =>
    {
        var now = bench.Clock.GetUtcNow().UtcDateTime;
        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
        var message = new Message
        {
            ConversationId = conversationId,
            NumberId = conversation.NumberId,
            Direction = MessageDirection.Inbound,
            Kind = MessageKind.Text,
            Wamid = $"wamid.{Guid.CreateVersion7():N}",
            Text = text,
            SentAtUtc = now,
            CreatedAtUtc = now,
        };
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        ReceiveMessage.Wait(conversation, message, new Arrivals());
        OpenWindow.By(conversation, now);
        await db.SaveChangesAsync();
    });

    private static async Task<List<Message>> SentAsync(QueueBench bench, long conversation) => await bench.Core.WithDbAsync(
        db => db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation && m.Direction == MessageDirection.Outbound).ToListAsync());
}
