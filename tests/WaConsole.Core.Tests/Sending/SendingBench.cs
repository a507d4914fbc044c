using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>The real Core with its workers, and the real simulator over HTTP, whose webhooks come back into Core.</summary>
internal sealed class SendingBench : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider? _clock;

    private SendingBench(SimulatorHost simulator, CoreHost core, FakeTimeProvider? clock)
    {
        Simulator = simulator;
        Core = core;
        _clock = clock;
    }

    public static FakeTimeProvider StandingClock() => new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public FakeTimeProvider Clock => _clock!;

    public SimulatorHost Simulator { get; }

    public CoreHost Core { get; private set; }

    public static Caller Agent { get; } = new(null, "Ines", Role.Agent, null);

    public static async Task<SendingBench> StartAsync(
        DatabaseProvider provider, Func<SimulatorOptions, SimulatorOptions>? simulator = null, FakeTimeProvider? clock = null,
        Action<IServiceCollection>? services = null, IReadOnlyDictionary<string, string?>? settings = null,
        Func<DatabaseOptions, DatabaseOptions>? database = null)
    {
        var world = await SimulatorHost.StartAsync(clock, simulator);
        var core = await CoreHost.StartAsync(
            provider,
            new CoreHostOptions
            {
                GraphBaseAddress = world.Uri,
                Clock = clock,
                Services = services,
                Database = database,
                Settings = settings ?? new Dictionary<string, string?>(),
            });
        await world.SendWebhooksToAsync(core);
        await core.StartWorkersAsync();
        return new SendingBench(world, core, clock);
    }

    /// <summary>A customer who has just written, and their conversation.</summary>
    public async Task<(Customer Customer, long Conversation)> CustomerAsync(string name = "Amina Said")
    {
        var customer = Assert.IsType<CustomerOutcome.Done>(Simulator.World.MakeCustomer(new NewCustomer(name))).Customer;
        Assert.IsType<WriteOutcome.Sent>(Simulator.World.Write(customer.Id, new CustomerMessage(TextOf("Hello"))));
        long? conversation = null;
        await UntilAsync(
            async () => (conversation = await Core.WithDbAsync(db => db.Conversations
                .Where(c => c.Contact.Phone == customer.Phone && c.WindowExpiresAtUtc != null)
                .Select(c => (long?)c.Id).SingleOrDefaultAsync())) is not null,
            "the customer's message in the inbox");
        return (customer, conversation!.Value);
    }

    public async Task<long> QueueAsync(long conversation, string text, Guid? key = null) =>
        Assert.IsType<SendReplyOutcome.Queued>(await Core.Get<SendReply>().RunAsync(
            Agent, new Reply(conversation, key ?? Guid.CreateVersion7(), new ReplyContent.Text(text)), CancellationToken.None)).MessageId;

    /// <summary>What a number of the standard level lets go at once.</summary>
    public const int Burst = 8;

    /// <summary>The simulator's templates are read at the start.</summary>
    public Task TemplatesAsync() => UntilAsync(
        () => Core.WithDbAsync(db => db.Templates.AnyAsync(t => t.Name == "order_shipped")), "the templates read at the start");

    /// <summary>A template to this many people nobody has written to yet.</summary>
    /// <returns>The keys, as the simulator's ledger has them.</returns>
    public async Task<HashSet<string>> BroadcastAsync(
        int count, OutboxLane lane = OutboxLane.Broadcast, long phones = 491_700_000_000, CoreHost? from = null, long? number = null)
    {
        var values = new TemplateValues(new Dictionary<string, string>
        {
            ["body.1"] = "Amina",
            ["body.2"] = "AO-2047",
            ["body.3"] = "Friday",
            ["button.0"] = "AO-2047",
        });
        var messages = Enumerable.Range(0, count).Select(index => new BulkMessage(
            $"{phones + index}", null, Guid.CreateVersion7(), new ReplyContent.Template("order_shipped", "en", values))).ToList();
        var outcomes = await (from ?? Core).Get<SendToMany>().RunAsync(Agent, number ?? Core.NumberId, lane, messages, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.IsType<SendReplyOutcome.Queued>(outcome));
        return [.. messages.Select(message => message.ClientKey.ToString("N"))];
    }

    /// <summary>Nothing leaves until <see cref="Resume"/>; queueing goes on.</summary>
    public void Hold() => Core.Get<SendPace>().Hold(Core.NumberId, Hour);

    public void Resume()
    {
        _clock!.Advance(Hour);

        // A look that began before this moment would sleep for seconds of a clock that a test moves by milliseconds.
        Core.Get<OutboxSignal>().Raise();
    }

    public Task<Message> MessageAsync(long id) => Core.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id));

    public Task<OutboxEntry> EntryAsync(long messageId) =>
        Core.WithDbAsync(db => db.Outbox.AsNoTracking().SingleAsync(e => e.MessageId == messageId));

    public Task UntilAsync(long message, DeliveryStatus status) => UntilAsync(
        async () => (await MessageAsync(message)).Status == status, $"message {message} is {status}");

    /// <summary>
    /// Looks until it holds. A faked clock runs on meanwhile, never faster than the real one and by a step at a time: leases, permits
    /// and pauses keep their proportion to the work they are meant for, however slow the machine is.
    /// </summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var looked = TimeProvider.System.GetTimestamp();
        await Until.TrueAsync(
            async () =>
            {
                if (await holds())
                {
                    return true;
                }

                var passed = TimeProvider.System.GetElapsedTime(looked);
                looked = TimeProvider.System.GetTimestamp();
                _clock?.Advance(passed < Step ? passed : Step);
                return false;
            },
            what);
    }

    public Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    public void Fault(FaultKind kind, int? next = 1) => Simulator.World.Faults.Set(new Fault { Kind = kind, Next = next });

    /// <summary>What WhatsApp accepted of this message: more than one is a double.</summary>
    public async Task<int> AcceptedAsync(long message)
    {
        var key = (await MessageAsync(message)).ClientKey!.Value.ToString("N");
        return Simulator.World.Ledger.Count(entry => entry.CallbackData == key);
    }

    public async Task RestartAsync(DatabaseProvider provider, Action<CoreHost>? before = null)
    {
        await Core.StopAsync();
        var next = await CoreHost.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = Simulator.Uri, Clock = _clock, RestartOf = Core });
        before?.Invoke(next);
        Core = next;
        await Simulator.SendWebhooksToAsync(next);
        await next.StartWorkersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await Core.DisposeAsync();
    }

    private static WaConsole.Simulator.World.MessageContent TextOf(string text) => WaConsole.Simulator.World.MessageContent.OfText(text);
}
