using System.Text.Json;

namespace WaConsole.Benchmarks.Intake;

/// <summary>What the process that makes the load is told.</summary>
/// <param name="Rate">Webhooks due per second; null for as fast as they are answered.</param>
internal sealed record LoadOrder(int Port, string Path, string Secret, string Name, double Seconds, int Connections, int? Rate, int AtMost)
{
    public string ToText() => JsonSerializer.Serialize(this);

    public static LoadOrder Parse(string text) => JsonSerializer.Deserialize<LoadOrder>(text)!;
}

/// <summary>What it says at the end. Latency counts from when a webhook was due, or sent when none is due.</summary>
internal sealed record LoadResult(
    int Acknowledged, int Refused, int Broken, double Seconds, double Median, double P95, double P99, double Max, double CpuSeconds)
{
    public double PerSecond => Acknowledged / Seconds;
}
