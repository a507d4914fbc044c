using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using WaConsole.Simulator.Catalogue;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.Traffic;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>Something changed.</summary>
public sealed class WorldChange(string? customerId) : EventArgs
{
    /// <summary>Whose chats changed; null for everything.</summary>
    public string? CustomerId { get; } = customerId;
}

/// <summary>
/// The whole simulated WhatsApp: the business, its customers, their chats, and the rules between them.
/// It is safe to use from any thread; what it hands out are snapshots.
/// </summary>
public sealed partial class SimulatedWhatsApp : IDisposable
{
    /// <summary>How long after a customer's message free-form content is allowed. Meta, "Send messages", November 2025.</summary>
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Customer> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _customerAt = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Customer, string Number), Chat> _chats = [];
    private readonly Dictionary<string, Chat> _chatOfMessage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BusinessNumber> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NumberDesk> _desks = new(StringComparer.Ordinal);
    private readonly Agenda _agenda;
    private BusinessAccount _account = new();
    private DateTimeOffset _internationalFrom = DateTimeOffset.MaxValue;
    private long _lastEvent;
    private Uri _baseUri = new("http://localhost:5081/");
    private long _nextCustomer;

    public SimulatedWhatsApp(SimulatorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        Options = options;
        Clock = new SimulatorClock(time);
        Faults = new FaultBoard(options.Seed);
        Media = new MediaShelf(Clock);
        Templates = new TemplateShelf();
        _agenda = new Agenda(Clock, loggers.CreateLogger<SimulatedWhatsApp>());
        Webhooks = new WebhookDispatcher(options, Faults, _agenda, Clock, time, loggers.CreateLogger<WebhookDispatcher>())
        {
            Target = options.WebhookUrl,
        };
        Catalog = new ProductShelf();
        Token = new TokenState(options.AccessToken);
        Uploads = new UploadShelf(Clock);
        Limits = new RateLimits(options, Clock);
        Traffic = new ScriptedCustomers(this, _agenda);
        Clock.OffsetChanged += (_, _) => Publish(null);
        Faults.Changed += (_, _) => ReleaseHeld();
        Webhooks.Attempted += (_, _) => Publish(null);
        Fill();
    }

    /// <summary>Raised after each change, on any thread and often: listeners gather several before they draw.</summary>
    public event EventHandler<WorldChange>? Changed;

    public SimulatorOptions Options { get; }
    public SimulatorClock Clock { get; }
    public FaultBoard Faults { get; }
    public MediaShelf Media { get; }
    public TemplateShelf Templates { get; }
    public ProductShelf Catalog { get; }
    public WebhookDispatcher Webhooks { get; }
    public ScriptedCustomers Traffic { get; }
    internal RateLimits Limits { get; }
    internal TokenState Token { get; }
    internal UploadShelf Uploads { get; }

    /// <summary>The address the simulator is reached at; download addresses are built on it.</summary>
    public Uri BaseUri
    {
        get => Volatile.Read(ref _baseUri);
        internal set => Volatile.Write(ref _baseUri, value);
    }

    /// <summary>The business account as it is now.</summary>
    public BusinessAccount Account => Volatile.Read(ref _account);

    public IReadOnlyList<BusinessNumber> Numbers
    {
        get
        {
            lock (_gate)
            {
                return [.. _numbers.Values];
            }
        }
    }

    public IReadOnlyList<Customer> Customers
    {
        get
        {
            lock (_gate)
            {
                return [.. _customers.Values];
            }
        }
    }

    public BusinessNumber? FindNumber(string id)
    {
        lock (_gate)
        {
            return _numbers.GetValueOrDefault(id);
        }
    }

    public Customer? FindCustomer(string id)
    {
        lock (_gate)
        {
            return _customers.GetValueOrDefault(id);
        }
    }

    /// <summary>The chat with a number; the first number when none is named. Null when there is no such customer or number.</summary>
    public ChatView? FindChat(string customerId, string? numberId = null)
    {
        lock (_gate)
        {
            var number = numberId is null ? _numbers.Values.First() : _numbers.GetValueOrDefault(numberId);
            if (number is null || !_customers.TryGetValue(customerId, out var customer))
            {
                return null;
            }

            var chat = _chats.GetValueOrDefault((customerId, number.Id));
            return new ChatView(
                customer,
                number,
                chat is null ? [] : [.. chat.Lines],
                chat?.LastInboundAt + ServiceWindow,
                chat?.TypingUntil);
        }
    }

    /// <summary>Back to the beginning: no chats, no faults, no waiting webhooks, the demo world. The clock keeps its offset.</summary>
    public void Reset()
    {
        Traffic.Stop();
        _agenda.Clear();
        Webhooks.Clear();
        Faults.Clear();
        Media.Clear();
        Limits.Clear();
        lock (_gate)
        {
            _customers.Clear();
            _customerAt.Clear();
            _chats.Clear();
            _chatOfMessage.Clear();
            _open.Clear();
            _held.Clear();
            _serviceDelivered.Clear();
            _ledger.Clear();
            _sent.Clear();
            _reached.Clear();
            _groups.Clear();
            _flows.Clear();
        }

        Fill();
        Publish(null);
    }

    public void Dispose()
    {
        Traffic.Stop();
        _agenda.Dispose();
        Webhooks.Dispose();
    }

    internal static string NewWamid()
    {
        Span<byte> bytes = stackalloc byte[25];
        "HBgM"u8.CopyTo(bytes);
        Guid.CreateVersion7().TryWriteBytes(bytes[4..]);
        RandomNumberGenerator.Fill(bytes[20..]);
        return "wamid." + Convert.ToBase64String(bytes);
    }

    /// <summary>What a business keeps with a number.</summary>
    internal NumberDesk DeskOf(string numberId)
    {
        lock (_gate)
        {
            if (!_desks.TryGetValue(numberId, out var desk))
            {
                _desks.Add(numberId, desk = new NumberDesk());
            }

            return desk;
        }
    }

    internal void Publish(string? customerId) => Changed?.Invoke(this, new WorldChange(customerId));

    /// <summary>The same person gets the same user id in every run, so that a console's database stays right.</summary>
    internal static string UserIdOf(string phone)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes("customer " + phone));
        var number = BitConverter.ToUInt64(hash) % 9_000_000_000_000_000 + 1_000_000_000_000_000;
        return $"{DemoWorld.CountryOf(phone)}.{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private Chat ChatOf(string customerId, string numberId)
    {
        if (!_chats.TryGetValue((customerId, numberId), out var chat))
        {
            _chats.Add((customerId, numberId), chat = new Chat(customerId, numberId));
        }

        return chat;
    }

    private void Put(Chat chat, ChatLine line)
    {
        _chatOfMessage[line.Id] = chat;
        foreach (var gone in chat.Add(line))
        {
            _chatOfMessage.Remove(gone);
        }
    }

    private bool NumberShown(Customer customer, Chat chat) =>
        !customer.HiddenNumber || chat.NumberShownUntil > Clock.GetUtcNow();

    private void Fill()
    {
        lock (_gate)
        {
            _nextCustomer = 0;
            _account = new BusinessAccount();
            Webhooks.Muted = false;
            _internationalFrom = DateTimeOffset.MaxValue;
            _desks.Clear();
            _numbers.Clear();
            foreach (var number in DemoWorld.Numbers)
            {
                _numbers.Add(number.Id, number);
            }
        }

        Catalog.Reset();
        Token.Reset();
        Uploads.Clear();
        Templates.Replace(DemoTemplates.All);
        if (Options.DemoCustomers)
        {
            foreach (var customer in DemoWorld.Customers)
            {
                MakeCustomer(customer);
            }
        }
    }
}
