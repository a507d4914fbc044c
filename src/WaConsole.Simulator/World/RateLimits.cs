using WaConsole.Simulator.Hosting;

namespace WaConsole.Simulator.World;

/// <summary>
/// The limits of WhatsApp that answer at once. Source: Meta, "About the platform" (pair limit: one message per six
/// seconds, bursts borrow from the future) and "Throughput" (80 messages a second, in and out together; 1,000 for a raised
/// number, 20 for one that also lives in the app), November 2025; Graph rate limiting for the management calls, 2026.
/// </summary>
internal sealed class RateLimits(SimulatorOptions options, TimeProvider clock)
{
    public const int ManagementPerHour = 5_000;
    public const int CreationsPerHour = 100;

    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Second, int Count)> _throughput = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Number, string Customer), DateTimeOffset> _paidUntil = [];
    private readonly Queue<DateTimeOffset> _creations = new();
    private (long Hour, int Count) _management;

    /// <summary>Counts a message that may not be refused (an inbound one).</summary>
    public void Count(BusinessNumber number) => TakeThroughput(number);

    /// <summary>False when the number has used up this second.</summary>
    public bool TakeThroughput(BusinessNumber number)
    {
        if (options.ThroughputPerSecond == 0)
        {
            return true;
        }

        var most = number.OnBusinessApp ? Math.Min(20, options.ThroughputPerSecond)
            : number.Throughput == "HIGH" ? Math.Max(1000, options.ThroughputPerSecond)
            : options.ThroughputPerSecond;
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var (last, count) = _throughput.GetValueOrDefault(number.Id);
            count = last == second ? count + 1 : 1;
            _throughput[number.Id] = (second, count);
            return count <= most;
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

    /// <summary>Counts a management call and tells how many this hour has seen.</summary>
    public int TakeManagement()
    {
        var hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        lock (_gate)
        {
            _management = _management.Hour == hour ? (hour, _management.Count + 1) : (hour, 1);
            return _management.Count;
        }
    }

    /// <summary>False when 100 templates were created within an hour.</summary>
    public bool TakeCreation()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            while (_creations.TryPeek(out var first) && first <= now - TimeSpan.FromHours(1))
            {
                _creations.Dequeue();
            }

            if (_creations.Count >= CreationsPerHour)
            {
                return false;
            }

            _creations.Enqueue(now);
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _throughput.Clear();
            _paidUntil.Clear();
            _creations.Clear();
            _management = default;
        }
    }
}
