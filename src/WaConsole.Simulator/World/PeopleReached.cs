namespace WaConsole.Simulator.World;

/// <summary>
/// The people a portfolio reached outside a service window in the last 24 hours, each counted once.
/// Source: Meta, "Messaging limits", 21 May 2026.
/// </summary>
internal sealed class PeopleReached
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Queue<(DateTimeOffset At, string Customer)> _order = new();
    private readonly Dictionary<string, DateTimeOffset> _lastAt = new(StringComparer.Ordinal);

    /// <summary>False when one more person would pass the limit. Somebody already reached today is free.</summary>
    public bool Take(string customerId, DateTimeOffset now, int? most)
    {
        Forget(now);
        if (!_lastAt.ContainsKey(customerId) && _lastAt.Count >= most)
        {
            return false;
        }

        _lastAt[customerId] = now;
        _order.Enqueue((now, customerId));
        return true;
    }

    public int Count(DateTimeOffset now)
    {
        Forget(now);
        return _lastAt.Count;
    }

    public void Clear()
    {
        _order.Clear();
        _lastAt.Clear();
    }

    private void Forget(DateTimeOffset now)
    {
        while (_order.TryPeek(out var first) && first.At <= now - Day)
        {
            _order.Dequeue();
            if (_lastAt.TryGetValue(first.Customer, out var last) && last == first.At)
            {
                _lastAt.Remove(first.Customer);
            }
        }
    }
}
