using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Traffic;

/// <summary>
/// Customers who write by themselves: a few each minute, one line of a small story at a time, and who answer when the
/// business writes back. The same seed tells the same stories in the same order.
/// </summary>
public sealed class ScriptedCustomers
{
    private static readonly TimeSpan ThinkingTime = TimeSpan.FromSeconds(8);

    private readonly Lock _gate = new();
    private readonly SimulatedWhatsApp _world;
    private readonly Agenda _agenda;
    private readonly Dictionary<string, Story> _stories = new(StringComparer.Ordinal);
    private Random _dice = NewDice(1);
    private double _perMinute;
    private int _run;

    internal ScriptedCustomers(SimulatedWhatsApp world, Agenda agenda)
    {
        _world = world;
        _agenda = agenda;
        world.Changed += OnChange;
    }

    /// <summary>How many customers write per minute; 0 when they are quiet.</summary>
    public double CustomersPerMinute
    {
        get
        {
            lock (_gate)
            {
                return _perMinute;
            }
        }
    }

    /// <summary>Starts the traffic, or changes its pace.</summary>
    public void Start(double customersPerMinute)
    {
        int run;
        lock (_gate)
        {
            _perMinute = Math.Clamp(customersPerMinute, 0, 600);
            _dice = NewDice(_world.Options.Seed);
            run = ++_run;
        }

        _world.Publish(null);
        PlanNext(run);
    }

    public void Stop()
    {
        lock (_gate)
        {
            _perMinute = 0;
            _run++;
            _stories.Clear();
        }
    }

    private void PlanNext(int run)
    {
        TimeSpan pause;
        lock (_gate)
        {
            if (run != _run || _perMinute <= 0)
            {
                return;
            }

            pause = TimeSpan.FromMinutes(1 / _perMinute);
        }

        _agenda.After(pause, () =>
        {
            SpeakUp(run);
            PlanNext(run);
        });
    }

    private void SpeakUp(int run)
    {
        var able = _world.Customers
            .Where(customer => customer is { OnWhatsApp: true, Online: true, Blocks: false })
            .OrderBy(customer => customer.Id, StringComparer.Ordinal)
            .ToList();
        var numbers = _world.Numbers;
        Customer customer;
        Story? story;
        string? line;
        lock (_gate)
        {
            if (run != _run || able.Count == 0)
            {
                return;
            }

            customer = able[_dice.Next(able.Count)];
            if (!_stories.TryGetValue(customer.Id, out story) || story.Over)
            {
                story = new Story(DemoWorld.Stories[_dice.Next(DemoWorld.Stories.Count)], numbers[_dice.Next(numbers.Count)].Id);
                _stories[customer.Id] = story;
            }

            line = story.Next();
        }

        if (line is not null)
        {
            _world.Write(customer.Id, new CustomerMessage(MessageContent.OfText(line)) { NumberId = story.NumberId });
        }
    }

    // Somebody in the middle of a story answers a message of the business that has reached the phone.
    private void OnChange(object? sender, WorldChange change)
    {
        if (change.CustomerId is null)
        {
            return;
        }

        Story? story;
        int run;
        lock (_gate)
        {
            run = _run;
            if (_perMinute <= 0 || !_stories.TryGetValue(change.CustomerId, out story) || story.Answering || story.Over)
            {
                return;
            }
        }

        var last = _world.FindChat(change.CustomerId, story.NumberId)?.Lines.LastOrDefault();
        lock (_gate)
        {
            if (last is not { FromCustomer: false, OnPhone: true } || story.Answered == last.Id || run != _run)
            {
                return;
            }

            story.Answering = true;
            story.Answered = last.Id;
        }

        _agenda.After(ThinkingTime, () => Answer(run, change.CustomerId, story));
    }

    private void Answer(int run, string customerId, Story story)
    {
        string? line;
        lock (_gate)
        {
            story.Answering = false;
            if (run != _run)
            {
                return;
            }

            line = story.Next();
        }

        if (line is not null)
        {
            _world.Write(customerId, new CustomerMessage(MessageContent.OfText(line)) { NumberId = story.NumberId });
        }
    }

#pragma warning disable CA5394 // The stories must be repeatable, not unpredictable.
    private static Random NewDice(int seed) => new(seed);
#pragma warning restore CA5394

    private sealed class Story(IReadOnlyList<string> lines, string numberId)
    {
        private int _told;

        public string NumberId { get; } = numberId;
        public bool Answering { get; set; }
        public string? Answered { get; set; }
        public bool Over => _told >= lines.Count;

        public string? Next() => Over ? null : lines[_told++];
    }
}
