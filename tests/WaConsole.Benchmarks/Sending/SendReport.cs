namespace WaConsole.Benchmarks.Sending;

/// <summary>A message as the simulator received it.</summary>
internal sealed record Arrival(string Key, DateTimeOffset At, string Number, string Customer);

/// <summary>A reply of an agent: when Send was pressed, and when it was in the outbox.</summary>
internal sealed record AgentReply(string Key, DateTimeOffset PressedAt, DateTimeOffset QueuedAt);

/// <summary>What the simulator's ledger says about a run.</summary>
internal sealed class SendReport
{
    public const int PairBurst = 45;

    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    private readonly List<double> _fromPressed;
    private readonly List<double> _fromQueued;

    public SendReport(
        List<Arrival> ledger, IReadOnlySet<string> mass, List<AgentReply> replies, DateTimeOffset started, TimeSpan from, TimeSpan to, int rate)
    {
        Twice = ledger.Count - ledger.Select(entry => entry.Key).Distinct().Count();
        var arrivedAt = ledger.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Min(entry => entry.At));
        _fromPressed = [.. replies.Where(reply => arrivedAt.ContainsKey(reply.Key))
            .Select(reply => (arrivedAt[reply.Key] - reply.PressedAt).TotalMilliseconds).Order()];
        _fromQueued = [.. replies.Where(reply => arrivedAt.ContainsKey(reply.Key))
            .Select(reply => (arrivedAt[reply.Key] - reply.QueuedAt).TotalMilliseconds).Order()];
        var moments = ledger.Select(entry => entry.At).Order().ToList();
        PerSecond = moments.Count(at => at - started >= from && at - started < to) / (to - from).TotalSeconds;
        Error = Math.Abs(PerSecond - rate) / rate * 100;
        Most = MostInASecond(moments);
        Answered = mass.Count(arrivedAt.ContainsKey);
        FullestPair = ledger.GroupBy(entry => (entry.Number, entry.Customer)).Select(pair => Owed(pair.Select(entry => entry.At).Order())).DefaultIfEmpty().Max();
    }

    /// <summary>Mass and replies together: WhatsApp counts both.</summary>
    public double PerSecond { get; }

    /// <summary>Percent.</summary>
    public double Error { get; }

    public int Most { get; }

    public int Twice { get; }

    public int Answered { get; }

    /// <summary>
    /// The most messages that one customer had got and that were not paid for yet, at one in six seconds: 45 are allowed (Meta, Pair rate
    /// limits, 2026).
    /// </summary>
    public double FullestPair { get; }

    public double Reply(double share) => At(_fromPressed, share);

    public double ReplyFromQueue(double share) => At(_fromQueued, share);

    private static double Owed(IEnumerable<DateTimeOffset> arrivals)
    {
        var (most, paidUntil) = (0.0, DateTimeOffset.MinValue);
        foreach (var at in arrivals)
        {
            paidUntil = (paidUntil > at ? paidUntil : at) + PairInterval;
            most = Math.Max(most, (paidUntil - at) / PairInterval);
        }

        return most;
    }

    private static double At(List<double> ordered, double share) =>
        ordered.Count == 0 ? double.NaN : ordered[(int)Math.Ceiling(share * (ordered.Count - 1))];

    private static int MostInASecond(List<DateTimeOffset> moments)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < moments.Count; last++)
        {
            while (moments[last] - moments[first] >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
