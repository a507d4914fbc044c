using System.Diagnostics.Metrics;

namespace WaConsole.Core.Intake;

/// <summary>Measures of intake, as docs/operations.md lists them.</summary>
internal static class IntakeMeter
{
    private static readonly Meter Meter = new("WaConsole.Intake");

    public static readonly Gauge<double> Age = Meter.CreateGauge<double>(
        "waconsole.intake.age", "s", "How long the oldest webhook has waited to be worked off; 0 when none waits.");

    public static readonly Histogram<int> CommitSize = Meter.CreateHistogram(
        "waconsole.intake.commit.size", "{webhook}", "Webhooks that shared one commit before their 200.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });

    public static readonly Histogram<double> ProjectionLag = Meter.CreateHistogram(
        "waconsole.intake.projection.lag", "s", "From a webhook's arrival to the commit of what it says.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800] });
}
