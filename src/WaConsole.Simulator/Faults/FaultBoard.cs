namespace WaConsole.Simulator.Faults;

/// <summary>The faults in force. The same seed and the same calls give the same faults.</summary>
public sealed class FaultBoard(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<FaultKind, int> _struck = [];
    private Random _dice = NewDice(seed);
    private int _inForce;

    public event EventHandler? Changed;

    public IReadOnlyList<Fault> InForce
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Select(entry => entry.Fault with { Next = entry.Left })];
            }
        }
    }

    /// <summary>How often each kind has struck since the board was cleared.</summary>
    public IReadOnlyDictionary<FaultKind, int> Struck
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<FaultKind, int>(_struck);
            }
        }
    }

    /// <summary>Puts a fault on the board; one of the same kind and number is replaced.</summary>
    public void Set(Fault fault)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.Fault.Kind == fault.Kind && entry.Fault.NumberId == fault.NumberId);
            if (fault.Next is null or > 0)
            {
                _entries.Add(new Entry(fault) { Left = fault.Next });
            }

            Volatile.Write(ref _inForce, _entries.Count);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Clear(FaultKind? kind = null)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => kind is null || entry.Fault.Kind == kind);
            if (kind is null)
            {
                _dice = NewDice(seed);
                _struck.Clear();
            }

            Volatile.Write(ref _inForce, _entries.Count);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Asks whether the fault strikes now, and uses it up if it was for a number of times.</summary>
    public Fault? Take(FaultKind kind, string? numberId = null)
    {
        // Every send asks a dozen times; nearly always nothing is on the board.
        if (Volatile.Read(ref _inForce) == 0)
        {
            return null;
        }

        Fault struck;
        lock (_gate)
        {
            var entry = _entries.Find(e =>
                e.Fault.Kind == kind && (e.Fault.NumberId is null || e.Fault.NumberId == numberId));
            if (entry is null || (entry.Fault.Rate < 1 && _dice.NextDouble() >= entry.Fault.Rate))
            {
                return null;
            }

            struck = entry.Fault;
            _struck[kind] = _struck.GetValueOrDefault(kind) + 1;
            if (entry.Left is null)
            {
                return struck;
            }

            entry.Left--;
            if (entry.Left == 0)
            {
                _entries.Remove(entry);
                Volatile.Write(ref _inForce, _entries.Count);
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return struck;
    }

#pragma warning disable CA5394 // Faults must be repeatable, not unpredictable.
    private static Random NewDice(int seed) => new(seed);
#pragma warning restore CA5394

    private sealed class Entry(Fault fault)
    {
        public Fault Fault { get; } = fault;
        public int? Left { get; set; }
    }
}
