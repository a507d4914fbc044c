namespace WaConsole.Benchmarks.Live;

/// <summary>
/// How long each message took from its POST to each screen that had to show it. A message counts as shown when it or a newer one of the
/// same customer was: a row shows the newest only.
/// </summary>
internal sealed class SeenTimes
{
    private readonly MessageLoad _load;
    private readonly IReadOnlyList<double> _all;
    private readonly IReadOnlyList<double> _lastScreen;

    /// <param name="screens">What each of them saw.</param>
    /// <param name="concerns">Whether a screen, by its place, has to show what this customer writes.</param>
    public SeenTimes(MessageLoad load, int first, IReadOnlyList<IReadOnlyList<Seen>> screens, Func<int, int, bool> concerns)
    {
        _load = load;
        List<double> all = [];
        Dictionary<int, double> slowest = [];
        for (var screen = 0; screen < screens.Count; screen++)
        {
            var at = screens[screen].GroupBy(seen => seen.Number).ToDictionary(group => group.Key, group => group.Min(seen => seen.AtUnixMs));
            for (var number = first; number <= load.Last; number++)
            {
                if (!concerns(screen, load.CustomerOf(number)))
                {
                    continue;
                }

                Expected++;
                if (ShownAt(at, number) is not { } shown)
                {
                    Missing++;
                    continue;
                }

                Replaced += at.ContainsKey(number) ? 0 : 1;
                var latency = shown - load.SentAtUnixMs(number);
                all.Add(latency);
                slowest[number] = Math.Max(slowest.GetValueOrDefault(number), latency);
            }
        }

        _all = [.. all.Order()];
        _lastScreen = [.. slowest.Values.Order()];
    }

    public int Expected { get; }

    public int Shown => _all.Count;

    /// <summary>A newer message of the same customer was there first.</summary>
    public int Replaced { get; }

    public int Missing { get; }

    /// <summary>Milliseconds.</summary>
    public double At(double share) => Percentile(_all, share);

    /// <summary>Milliseconds until the last screen showed a message.</summary>
    public double LastScreenAt(double share) => Percentile(_lastScreen, share);

    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * (sorted.Count - 1))];

    private double? ShownAt(Dictionary<int, double> at, int number)
    {
        double? shown = null;
        for (var candidate = number; candidate <= _load.Last; candidate += _load.Customers)
        {
            if (at.TryGetValue(candidate, out var seen) && (shown is null || seen < shown))
            {
                shown = seen;
            }
        }

        return shown;
    }
}
