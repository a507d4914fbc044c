using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// How many different people a portfolio wrote to outside their window in the last 24 hours. Counting a hundred thousand takes a while, so
/// far from the limit the last count, with what was granted since, is good for some seconds; near it every question counts.
/// </summary>
internal sealed class PortfolioUse(TimeProvider clock)
{
    /// <summary>What was noted when a message was queued is not noted anew if it leaves so soon: a broadcast without delay writes nothing more.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>WhatsApp's day, from when the message left, which is by so much after the time that was noted.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromHours(24) + Fresh;

    private const int Near = 1_000;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (DateTime AtUtc, int Count)> _counts = new(StringComparer.Ordinal);

    public static Task<int> CountAsync(WaConsoleDb db, string portfolio, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var since = nowUtc - Day;
        return db.PortfolioReaches.CountAsync(r => r.PortfolioId == portfolio && r.AtUtc > since, cancellationToken);
    }

    public async Task<int> LeftAsync(WaConsoleDb db, string portfolio, int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (_counts.TryGetValue(portfolio, out var last) && now - last.AtUtc < GoodFor && now >= last.AtUtc && limit - last.Count > Near)
        {
            return limit - last.Count;
        }

        var count = await CountAsync(db, portfolio, now, cancellationToken);
        _counts[portfolio] = (now, count);
        return limit - count;
    }

    /// <summary>One more person, whom the last count does not know.</summary>
    public void Grant(string portfolio)
    {
        while (_counts.TryGetValue(portfolio, out var last) && !_counts.TryUpdate(portfolio, (last.AtUtc, last.Count + 1), last))
        {
        }
    }
}
