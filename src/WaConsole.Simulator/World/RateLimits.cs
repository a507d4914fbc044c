using WaConsole.Simulator.Hosting;

namespace WaConsole.Simulator.World;

/// <summary>
/// The two limits of WhatsApp that answer at once. Source: Meta, "About the platform" (pair limit: one message per six
/// seconds, bursts borrow from the future) and "Throughput" (80 messages a second, in and out together), November 2025.
/// </summary>
internal sealed class RateLimits(SimulatorOptions options, TimeProvider clock)
{
    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Second, int Count)> _throughput = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Number, string Customer), DateTimeOffset> _paidUntil = [];

    /// <summary>Counts a message that may not be refused (an inbound one).</summary>
    public void Count(string numberId) => TakeThroughput(numberId);

    /// <summary>False when the number has used up this second.</summary>
    public bool TakeThroughput(string numberId)
    {
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var (last, count) = _throughput.GetValueOrDefault(numberId);
            count = last == second ? count + 1 : 1;
            _throughput[numberId] = (second, count);
            return options.ThroughputPerSecond == 0 || count <= options.ThroughputPerSecond;
        }
    }

    /// <summary>False when this customer has had too many messages from this number lately.</summary>
    public bool TakePair(string numberId, string customerId)
    {
        if (options.PairBurst == 0)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var paid = _paidUntil.GetValueOrDefault((numberId, customerId));
            var next = (paid > now ? paid : now) + PairInterval;
            if (next - now > PairInterval * options.PairBurst)
            {
                return false;
            }

            _paidUntil[(numberId, customerId)] = next;
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _throughput.Clear();
            _paidUntil.Clear();
        }
    }
}
