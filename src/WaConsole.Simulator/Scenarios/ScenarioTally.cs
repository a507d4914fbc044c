using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Scenarios;

/// <summary>Counts what customers did during a run.</summary>
internal sealed class ScenarioTally
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _notWritten = new(StringComparer.Ordinal);
    private readonly List<(string CustomerId, string NumberId, DateTimeOffset At)> _messages = [];

    public IReadOnlyDictionary<string, int> Written => Copy(_written);

    public IReadOnlyDictionary<string, int> NotWritten => Copy(_notWritten);

    public void Add(WriteOutcome outcome)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case WriteOutcome.Sent { Line: { FromCustomer: true } line }:
                    _written[line.Content.Kind] = _written.GetValueOrDefault(line.Content.Kind) + 1;
                    if (line.Content.Kind != "reaction")
                    {
                        _messages.Add((line.CustomerId, line.NumberId, line.At));
                    }

                    break;
                case WriteOutcome.Refused refused:
                    _notWritten[refused.Why] = _notWritten.GetValueOrDefault(refused.Why) + 1;
                    break;
            }
        }
    }

    /// <summary>How many messages a send to the same customer followed, and how soon at the middle.</summary>
    public (int Answered, TimeSpan? Median) Answers(IReadOnlyList<LedgerEntry> ledger)
    {
        var sends = ledger.ToLookup(entry => (entry.CustomerId, entry.NumberId), entry => entry.At);
        List<TimeSpan> waits = [];
        lock (_gate)
        {
            foreach (var (customer, number, at) in _messages)
            {
                var first = sends[(customer, number)].Where(sent => sent >= at).Cast<DateTimeOffset?>().FirstOrDefault();
                if (first is { } answer)
                {
                    waits.Add(answer - at);
                }
            }
        }

        waits.Sort();
        return (waits.Count, waits.Count == 0 ? null : waits[waits.Count / 2]);
    }

    private Dictionary<string, int> Copy(Dictionary<string, int> counts)
    {
        lock (_gate)
        {
            return new Dictionary<string, int>(counts, StringComparer.Ordinal);
        }
    }
}
