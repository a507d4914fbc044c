using System.Globalization;
using WaConsole.Benchmarks.Live;

namespace WaConsole.Benchmarks.Agents;

/// <summary>Cores in use while messages came.</summary>
internal sealed record AgentsCpu(double Console, double Circuits, double Load);

/// <summary>What the agents saw, and what it cost.</summary>
internal sealed class AgentsReport
{
    /// <summary>Milliseconds of p95 from webhook to render batch.</summary>
    public const int AimMs = 300;

    /// <summary>Bytes of an idle screen.</summary>
    private const double AimMemory = 1024 * 1024;

    private readonly AgentsRun _run;
    private readonly MessageLoad _load;
    private readonly int _first;
    private readonly IReadOnlyList<CircuitSeen> _seen;
    private readonly SeenTimes _own;
    private readonly SeenTimes _watched;

    public AgentsReport(AgentsRun run, MessageLoad load, int first, IReadOnlyList<CircuitSeen> seen)
    {
        (_run, _load, _first, _seen) = (run, load, first, seen);
        _own = run.Own(load, first, seen);
        _watched = new SeenTimes(load, first, [.. seen.TakeLast(run.Watching).Select(circuit => circuit.Messages)], (_, _) => true);
    }

    /// <summary>Circuits opened between the two readings of memory, and how long that took.</summary>
    public required int Opened { get; init; }

    public required TimeSpan Opening { get; init; }

    public required SettledMemory Before { get; init; }

    public required SettledMemory Idle { get; init; }

    public required AgentsCpu Cpu { get; init; }

    /// <summary>Bytes of physical memory when the load ended.</summary>
    public required long UnderLoad { get; init; }

    public bool KeepsUp => _own.Missing == 0 && _own.At(0.95) < AimMs;

    public bool IsGood => KeepsUp && PerCircuit < AimMemory;

    private double PerCircuit => (double)(Idle.Collected - Before.Collected) / Opened;

    public void Print()
    {
        var answers = _load.AnswersSince(_first);
        var seconds = _run.Duration.TotalSeconds;
        var (batches, bytes) = (_seen.Sum(circuit => circuit.Batches), _seen.Sum(circuit => circuit.Bytes));
        Say($"{_run.Agents} agents on {_run.Database}: {_run.Agents - _run.Watching} on Mine with {_run.Each} conversations each, {_run.Watching} on All; {_run.Rate} messages/s for {seconds:0} s");
        Say($"  memory, idle            {Mb(Idle.Collected):0} MB, of which {PerCircuit / 1024:0} KB per circuit ({Mb(Before.Collected):0} MB with {_run.Agents - Opened} circuits; before collecting {Mb(Before.AsItStood):0} and {Mb(Idle.AsItStood):0} MB)");
        Say($"  objects among it        {Mb(Idle.Objects):0} MB, of which {(double)(Idle.Objects - Before.Objects) / Opened / 1024:0} KB per circuit ({Mb(Before.Objects):0} MB with {_run.Agents - Opened} circuits)");
        Say($"  memory under load       {Mb(UnderLoad):0} MB");
        Say($"  opening                 {Opening.TotalMilliseconds / Opened:0} ms each, signing in included");
        Say($"  until the 200           p50 {SeenTimes.Percentile(answers, 0.5):0} ms   p95 {SeenTimes.Percentile(answers, 0.95):0} ms   p99 {SeenTimes.Percentile(answers, 0.99):0} ms   {_load.Refused} refused");
        Say($"  POST to render batch    p50 {_own.At(0.5):0} ms   p95 {_own.At(0.95):0} ms   p99 {_own.At(0.99):0} ms   max {_own.At(1):0} ms   (the agent concerned, {_own.Shown} rows, {_own.Missing} never seen)");
        if (_run.Watching > 0)
        {
            Say($"  the same on All         p50 {_watched.At(0.5):0} ms   p95 {_watched.At(0.95):0} ms   p99 {_watched.At(0.99):0} ms   ({_watched.Shown} of {_watched.Expected}; a row that newer ones push off the page is not drawn)");
        }

        Say($"  render batches          {batches / seconds:0} /s, {(batches == 0 ? 0 : bytes / batches)} bytes each");
        Say($"  processors              console {Cpu.Console:0.00}, circuits {Cpu.Circuits:0.00}, load {Cpu.Load:0.00}");
    }

    private static double Mb(long bytes) => bytes / 1024.0 / 1024.0;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
