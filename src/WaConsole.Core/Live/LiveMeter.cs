using System.Diagnostics.Metrics;

namespace WaConsole.Core.Live;

/// <summary>Measures of the live screens, as docs/operations.md lists them.</summary>
internal static class LiveMeter
{
    private static readonly Meter Meter = new("WaConsole.Live");

    public static readonly Counter<long> Changes = Meter.CreateCounter<long>(
        "waconsole.live.changes", "{change}", "Changes told to the screens of this node.");

    public static readonly Histogram<double> RefreshDuration = Meter.CreateHistogram<double>(
        "waconsole.live.refresh.duration", "s", "How long a screen's part took to read again and draw.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
}
