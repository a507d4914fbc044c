using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace WaConsole.Core.Health;

/// <summary>What was measured in the last minute.</summary>
/// <param name="Count">Measurements, or the sum of a counter.</param>
/// <param name="Mean">Mean of the values; zero without any.</param>
/// <param name="Highest">Highest of the values.</param>
public sealed record Recent(long Count, double Mean, double Highest)
{
    public static Recent None { get; } = new(0, 0, 0);

    public double PerSecond => Count / RecentMeasures.Span.TotalSeconds;
}

/// <summary>Listens to this program's own measures and keeps the last minute of each, for people who have no collector.</summary>
public sealed class RecentMeasures : IHostedService, IDisposable
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private const string Ours = "WaConsole.";

    private readonly ConcurrentDictionary<string, LastMinute> _measures = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _clock;

    public RecentMeasures(TimeProvider clock)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, _measures.GetOrAdd(instrument.Name, _ => new LastMinute()));
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, state) => Add(instrument, value, state));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, state) => Add(instrument, value, state));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, state) => Add(instrument, value, state));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Recent Read(string instrument) =>
        _measures.TryGetValue(instrument, out var measure) ? measure.Read(Second()) : Recent.None;

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, object? state) =>
        (state as LastMinute)?.Add(Second(), value, instrument is Counter<long> ? (long)value : 1);

    private long Second() => _clock.GetTimestamp() / _clock.TimestampFrequency;

    private sealed class LastMinute
    {
        private const int Seconds = 60;

        private readonly Lock _gate = new();
        private readonly Bucket[] _buckets = new Bucket[Seconds];

        public void Add(long second, double value, long count)
        {
            lock (_gate)
            {
                ref var bucket = ref _buckets[second % Seconds];
                if (bucket.Second != second)
                {
                    bucket = new Bucket { Second = second };
                }

                bucket.Count += count;
                bucket.Values++;
                bucket.Sum += value;
                bucket.Highest = Math.Max(bucket.Highest, value);
            }
        }

        public Recent Read(long second)
        {
            lock (_gate)
            {
                var (count, values, sum, highest) = (0L, 0L, 0.0, 0.0);
                foreach (var bucket in _buckets)
                {
                    if (bucket.Values > 0 && second - bucket.Second < Seconds)
                    {
                        count += bucket.Count;
                        values += bucket.Values;
                        sum += bucket.Sum;
                        highest = Math.Max(highest, bucket.Highest);
                    }
                }

                return values == 0 ? Recent.None : new Recent(count, sum / values, highest);
            }
        }

        private struct Bucket
        {
            public long Second;
            public long Count;
            public long Values;
            public double Sum;
            public double Highest;
        }
    }
}
