using System.Globalization;

namespace WaConsole.Benchmarks.Live;

/// <summary>What the screens saw, against what was sent: pages of a real browser and circuits without one apart.</summary>
internal sealed class LiveReport(LiveRun run, MessageLoad load, int first)
{
    private readonly List<(string Kind, int Screens, SeenTimes Times)> _kinds = [];

    public double ConsoleCpu { get; init; }

    public double BrowserCpu { get; init; }

    public double CircuitsCpu { get; init; }

    public long ConsoleMemory { get; init; }

    public bool IsGood => _kinds.TrueForAll(kind => kind.Times.Missing == 0 && kind.Times.At(0.5) < 100 && kind.Times.At(0.99) < 400);

    public void Add(string kind, IReadOnlyList<IReadOnlyList<Seen>> screens)
    {
        if (screens.Count > 0)
        {
            _kinds.Add((kind, screens.Count, new SeenTimes(load, first, screens, (_, _) => true)));
        }
    }

    public void Print()
    {
        var answers = load.AnswersSince(first);
        Say($"Live on {run.Database}: {run.Conversations} conversations, {run.Screens} screens, {run.Browsers} of them pages of one Chromium, list by \"{run.Sort}\",");
        Say($"{run.Rate} messages/s from {run.Talking} customers for {run.Duration.TotalSeconds:0} s");
        Say($"  until the 200             p50 {SeenTimes.Percentile(answers, 0.5):0} ms   p99 {SeenTimes.Percentile(answers, 0.99):0} ms   {load.Refused} refused");
        foreach (var (kind, screens, times) in _kinds)
        {
            Say($"  {screens} {kind}");
            Say($"    POST to changed row     p50 {times.At(0.5):0} ms   p90 {times.At(0.9):0} ms   p99 {times.At(0.99):0} ms   max {times.At(1):0} ms   ({times.Shown} rows)");
            Say($"    until the last of them  p50 {times.LastScreenAt(0.5):0} ms   p99 {times.LastScreenAt(0.99):0} ms");
            Say($"    not drawn by itself     {times.Replaced} of {times.Expected} (a newer message of the same customer was there first)");
            Say($"    never seen              {times.Missing}");
        }

        Say($"  processors                console {ConsoleCpu:0.00}, browser {BrowserCpu:0.00}, circuits {CircuitsCpu:0.00}; console memory {ConsoleMemory / 1024 / 1024} MB");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
