namespace WaConsole.Core.Sending;

/// <summary>The shortest trip of the last five to ten seconds. Zero, which is always true, until there were enough to know.</summary>
internal sealed class ShortestTrip
{
    private const int Enough = 50;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private TimeSpan _begun;
    private TimeSpan _before;
    private TimeSpan _current = TimeSpan.MaxValue;
    private int _count;

    public TimeSpan Value => _current < _before ? _current : _before;

    public void Add(TimeSpan trip, TimeSpan now)
    {
        if (now - _begun >= Period)
        {
            _before = now - _begun < 2 * Period && _count >= Enough ? _current : TimeSpan.Zero;
            (_begun, _current, _count) = (now, TimeSpan.MaxValue, 0);
        }

        _current = trip < _current ? trip : _current;
        _count++;
    }
}
