using System.Collections.Concurrent;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// What <see cref="CountServiceMessages"/> says, kept for a minute: every reply asks, while it holds up all who write. A minute's replies make
/// no estimate wrong but those at the thousandth.
/// </summary>
internal sealed class ServiceCounts(TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, (int? Count, int Month, long At)> _known = [];

    public async Task<int?> OfAsync(WaConsoleDb db, long numberId, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(numberId, out var known) && known.Month == nowUtc.Month && clock.GetElapsedTime(known.At) < Keep)
        {
            return known.Count;
        }

        var count = await CountServiceMessages.RunAsync(db, numberId, nowUtc, cancellationToken);
        _known[numberId] = (count, nowUtc.Month, clock.GetTimestamp());
        return count;
    }
}
