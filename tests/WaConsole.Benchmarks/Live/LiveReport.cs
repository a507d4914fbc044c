using System.Globalization;

namespace WaConsole.Benchmarks.Live;

/// <summary>What the pages saw, against what was sent.</summary>
internal sealed class LiveReport
{
    private readonly LiveRun _run;
    private readonly MessageLoad _load;
    private readonly IReadOnlyList<double> _all;
    private readonly IReadOnlyList<double> _lastScreen;
    private readonly IReadOnlyList<double> _answers;
    private readonly int _expected;
    private readonly int _replaced;
    private readonly int _missing;

    public LiveReport(LiveRun run, MessageLoad load, int first, IReadOnlyList<IReadOnlyList<Seen>> screens)
    {
        _run = run;
        _load = load;
        var sent = Enumerable.Range(first, load.Last - first + 1).ToList();
        List<double> all = [];
        Dictionary<int, double> slowest = [];
        foreach (var screen in screens)
        {
            var at = screen.GroupBy(seen => seen.Number).ToDictionary(group => group.Key, group => group.Min(seen => seen.AtUnixMs));
            foreach (var number in sent)
            {
                _expected++;
                if (ShownAt(at, number) is not { } shown)
                {
                    _missing++;
                    continue;
                }

                _replaced += at.ContainsKey(number) ? 0 : 1;
                var latency = shown - load.SentAtUnixMs(number);
                all.Add(latency);
                slowest[number] = Math.Max(slowest.GetValueOrDefault(number), latency);
            }
        }

        _all = [.. all.Order()];
        _lastScreen = [.. slowest.Values.Order()];
        _answers = [.. sent.Select(load.AnsweredAfterMs).Order()];
    }

    public double ConsoleCpu { get; init; }

    public double BrowserCpu { get; init; }

    public long ConsoleMemory { get; init; }

    public bool IsGood => _missing == 0 && Percentile(_all, 0.5) < 100 && Percentile(_all, 0.99) < 400;

    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
         Live on {_run.Database}: {_run.Conversations} conversations, {_run.Screens} pages of one Chromium, list by "{_run.Sort}",
         {_run.Rate} messages/s from {_run.Talking} customers for {_run.Duration.TotalSeconds:0} s
           until the 200             p50 {Percentile(_answers, 0.5):0} ms   p99 {Percentile(_answers, 0.99):0} ms   {_load.Refused} refused
           POST to changed row       p50 {Percentile(_all, 0.5):0} ms   p90 {Percentile(_all, 0.9):0} ms   p99 {Percentile(_all, 0.99):0} ms   max {Percentile(_all, 1):0} ms   ({_all.Count} rows on {_run.Screens} pages)
           until the last page       p50 {Percentile(_lastScreen, 0.5):0} ms   p99 {Percentile(_lastScreen, 0.99):0} ms
           not drawn by itself       {_replaced} of {_expected} (a newer message of the same customer was there first)
           never seen                {_missing}
           processors                console {ConsoleCpu:0.00}, browser {BrowserCpu:0.00}; console memory {ConsoleMemory / 1024 / 1024} MB
         """));

    /// <summary>When this message or a newer one of the same customer was on screen.</summary>
    private double? ShownAt(Dictionary<int, double> at, int number)
    {
        double? shown = null;
        for (var candidate = number; candidate <= _load.Last; candidate += _run.Talking)
        {
            if (at.TryGetValue(candidate, out var seen) && (shown is null || seen < shown))
            {
                shown = seen;
            }
        }

        return shown;
    }

    private static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * (sorted.Count - 1))];
}
