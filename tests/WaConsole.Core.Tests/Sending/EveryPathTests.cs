using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Sending;

/// <summary>
/// Whatever can send, tried on somebody in their window who agreed, to whom templates are queued, and who then stopped offers, notices or
/// everything: by every way nothing but what answers them leaves. Whoever adds a way of sending adds it here.
/// </summary>
public sealed class EveryPathTests
{
    private const string Body = """[{"type":"BODY","text":"Hello {{1}}"}]""";
    private const string Phone = "491701234567";

    private static readonly Caller Admin = new(1, "Ada", Role.Admin, null);

    /// <summary>Types through which a message gets into the outbox or to WhatsApp, with what is tried; null: told in a class of its own.</summary>
    private static readonly Dictionary<Type, Func<Stopped, Task>?> Paths = new()
    {
        [typeof(SendReply)] = async at => at.IsRefused(await at.Bench.ReplyAsync(at.Conversation, at.Template("again"))),
        [typeof(SendToContact)] = async at => at.IsRefused(await at.Bench.Core.Get<SendToContact>().RunAsync(
            QueueBench.Agent, new FirstMessage(at.Bench.Core.NumberId, Phone, null, Guid.CreateVersion7(), at.Template("again")), Token)),
        [typeof(SendToMany)] = async at => Assert.All(
            await at.Bench.Core.Get<SendToMany>().RunAsync(
                QueueBench.Agent, at.Bench.Core.NumberId, OutboxLane.Broadcast, [new BulkMessage(Phone, null, Guid.CreateVersion7(), at.Template("again"))], Token),
            at.IsRefused),
        [typeof(SendAgain)] = AgainAsync,
        [typeof(ForwardMessage)] = ForwardAsync,
        [typeof(DeliverDrafts)] = DraftAsync,
        [typeof(AnswerAway)] = AwayAsync,

        // Says once that the stop was heard, by a text: StopReplyTests.
        [typeof(ConfirmStop)] = null,

        // Sends a template that is no marketing and asks: DoubleOptInTests.
        [typeof(AgreeOnPage)] = null,

        // An emoji on a message that is there: ReactToMessageTests.
        [typeof(ReactToMessage)] = null,

        // What was queued, asked again: the last lines of the test, ConsentGateTests and MarketingReplayTests.
        [typeof(SendReady)] = null,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Tried => Paths.Where(path => path.Value is not null).Select(path => path.Key.Name);

    [Fact]
    public void No_way_of_sending_is_missing_here()
    {
        string[] doors = [typeof(QueueReply).FullName!, typeof(HandOver).FullName!, typeof(SendReply).FullName!, typeof(SendToContact).FullName!, typeof(SendToMany).FullName!];
        var ways = TypeUses.In(typeof(SendGate).Assembly)
            .Where(use => doors.Contains(use.To) && !use.From.EndsWith("Area", StringComparison.Ordinal))
            .Select(use => use.From)
            .Concat([typeof(SendReply).FullName!])
            .Where(way => way != typeof(HandOver).FullName && way != typeof(QueueReply).FullName)
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Paths.Keys.Select(type => type.FullName!).Order(StringComparer.Ordinal), ways);
    }

    [Theory, EveryDatabase]
    public async Task Who_stopped_offers_gets_none_by_it_and_what_was_queued_stays_back(DatabaseProvider provider)
    {
        foreach (var path in Tried)
        {
            await TryAsync(provider, path, "MARKETING", ConsentPurpose.Marketing, "opted_out");
        }
    }

    [Theory, EveryDatabase]
    public async Task Who_stopped_everything_or_notices_in_their_window_gets_none_by_it_and_what_was_queued_stays_back(DatabaseProvider provider)
    {
        foreach (var path in Tried)
        {
            await TryAsync(provider, path, "UTILITY", ConsentPurpose.All, "opted_out_all");

            // A draft is an agent's answer; what keeps it back is that offers, or everything, were stopped.
            if (path != nameof(DeliverDrafts))
            {
                await TryAsync(provider, path, "UTILITY", ConsentPurpose.Utility, "opted_out_all");
            }
        }
    }

    private static async Task TryAsync(DatabaseProvider provider, string path, string category, ConsentPurpose stopped, string code)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("queued", Body, category);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(20), phone: Phone, with: talk => talk.Contact.Identifiers.Add(new ContactIdentifier
        {
            Kind = IdentifierKind.Phone,
            Value = Phone,
            MatchKey = PhoneMatchKey.Of(Phone),
            FirstSeenAtUtc = QueueBench.Noon,
            LastSeenAtUtc = QueueBench.Noon,
        }));
        var contact = (await bench.ReadAsync(conversation)).ContactId;
        await SeedOptIn.WriteAsync(bench.Core, contact, QueueBench.Noon.AddHours(-2));
        var at = new Stopped(bench, conversation, code);
        var now = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, at.Template("now"))).MessageId;
        var held = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), at.Template("held"), Hold: Reply.LongestHold), Token)).MessageId;
        await SeedOptIn.StopAsync(bench.Core, contact, QueueBench.Noon, stopped);

        await Paths.Single(one => one.Key.Name == path).Value!(at with { Queued = now });

        var templates = await bench.Core.WithDbAsync(db => db.Messages.AsNoTracking().Include(m => m.Conversation).Where(m => m.TemplateName != null).ToListAsync(Token));
        Assert.Equal([now, held], templates.Select(message => message.Id).Order());
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        Assert.All(
            await bench.Core.Get<SendGate>().AskToSendAsync(
                db,
                [.. templates.Select(message => new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = message.Id })],
                Token),
            answer => Assert.Equal((path, code), (path, Assert.IsType<GateAnswer.Refused>(answer).Why.Code)));
    }

    /// <summary>Of a message whose answer from WhatsApp was lost.</summary>
    private static async Task AgainAsync(Stopped at)
    {
        await at.Bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == at.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Status, DeliveryStatus.Unknown).SetProperty(m => m.StatusAtUtc, QueueBench.Noon.AddHours(-1)), Token));

        at.IsRefused(await at.Bench.Core.Get<SendAgain>().RunAsync(QueueBench.Agent, at.Queued, Token));
    }

    private static async Task ForwardAsync(Stopped at)
    {
        var other = await at.Bench.ConversationAsync(QueueBench.Noon.AddHours(20), phone: "491701234568");

        Assert.IsNotType<SendReplyOutcome.Queued>(await at.Bench.Core.Get<ForwardMessage>().RunAsync(QueueBench.Agent, at.Queued, other, Guid.CreateVersion7(), Token));
    }

    /// <summary>A draft that waits for the customer's next words; they were the stop.</summary>
    private static async Task DraftAsync(Stopped at)
    {
        var ana = new Caller((await new InboxRows(at.Bench.Core).AgentAsync("Ana")).Id, "Ana", Role.Agent, null);
        await at.Bench.Core.Get<KeepDraft>().SaveAsync(ana, at.Conversation, "Come and see our offers", [], null, Token);
        Assert.True(await at.Bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana, at.Conversation, deliver: true, Token));
        var before = await at.Bench.MessagesAsync();

        await at.Bench.Core.Get<DeliverDrafts>().RunAsync(() => { }, Token);

        Assert.Equal(before, await at.Bench.MessagesAsync());
    }

    /// <summary>Outside business hours: the stop is confirmed, and is no question that is answered by itself.</summary>
    private static async Task AwayAsync(Stopped at)
    {
        Assert.IsType<SaveHoursOutcome.Done>(await at.Bench.Core.Get<SaveHours>().RunAsync(
            Admin, new HoursChange(at.Bench.Core.NumberId, new OpeningHours("UTC", [new(DayOfWeek.Monday, 9 * 60, 17 * 60)], []), true, "Back on Monday. Urgent: help@example.com"), Token));
        at.Bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await at.Bench.Core.WithDbAsync(async db =>
        {
            var now = at.Bench.Clock.GetUtcNow().UtcDateTime;
            var stop = new Message
            {
                ConversationId = at.Conversation,
                NumberId = at.Bench.Core.NumberId,
                Direction = MessageDirection.Inbound,
                Kind = MessageKind.Text,
                Wamid = "wamid.stop",
                Text = "STOP",
                SentAtUtc = now,
                CreatedAtUtc = now,
            };
            db.Messages.Add(stop);
            await db.SaveChangesAsync(Token);
            ReceiveMessage.Wait(await db.Conversations.SingleAsync(c => c.Id == at.Conversation, Token), stop, new Arrivals());
            await db.SaveChangesAsync(Token);
        });
        var before = await at.Bench.MessagesAsync();

        await at.Bench.Core.Get<AnswerAway>().RunAsync(() => { }, Token);

        Assert.Equal(before, await at.Bench.MessagesAsync());
    }

    private sealed record Stopped(QueueBench Bench, long Conversation, string Code)
    {
        public long Queued { get; init; }

        public ReplyContent.Template Template(string name) => QueueBench.Template("queued", ("body.1", name));

        public void IsRefused(SendReplyOutcome outcome) => Assert.Equal(Code, Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code);
    }
}
