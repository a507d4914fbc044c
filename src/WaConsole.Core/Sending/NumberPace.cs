namespace WaConsole.Core.Sending;

/// <summary>
/// One number's pace, from two rules. No more than the rate leaves in any second, exactly: the moments of the last messages are kept.
/// And they leave evenly: what a stall held up is caught up by a tenth of a second's worth at once, not by the whole second's.
/// </summary>
internal sealed class NumberPace
{
    /// <summary>
    /// A second and what a message may be late on its way: evenly spaced messages that arrive up to this much closer together still
    /// keep WhatsApp's limit. It costs one percent of the rate.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(1010);

    private const int BurstShare = 10;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _start;

    /// <summary>Moments of the newest messages, in a ring as long as the rate: the oldest of them decides about the next.</summary>
    private TimeSpan[] _moments;
    private int _next;
    private double _tokens;
    private TimeSpan _filledAt;

    public NumberPace(int rate, TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _moments = Empty(rate);
        _tokens = Burst;
    }

    /// <summary>Messages a second. WhatsApp raises a number while it sends.</summary>
    public int Rate
    {
        get => _moments.Length;
        set
        {
            lock (_gate)
            {
                if (value != _moments.Length)
                {
                    Resize(value);
                }
            }
        }
    }

    private int Burst => Math.Max(1, _moments.Length / BurstShare);

    private TimeSpan Interval => Window / _moments.Length;

    // A timer's own clock does not jump when somebody sets the time.
    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <returns>How long to wait before one more may leave; zero: it was counted and may go.</returns>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            var now = Now;
            Fill(now);
            var full = _moments[_next] + Window - now;
            var even = _tokens >= 1 ? TimeSpan.Zero : (1 - _tokens) * Interval;
            var wait = full > even ? full : even;
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _tokens--;
            Keep(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Messages that left or came without asking.</summary>
    public void Count(int messages, TimeSpan ago)
    {
        lock (_gate)
        {
            var now = Now;
            Fill(now);
            var counted = Math.Min(messages, _moments.Length);
            var late = counted - counted * (ago / Window);
            _tokens = Math.Max(-_moments.Length, _tokens - Math.Max(0, late));
            for (var index = 0; index < counted; index++)
            {
                Keep(now - ago);
            }
        }
    }

    public int Spent()
    {
        lock (_gate)
        {
            var since = Now - Window;
            return _moments.Count(moment => moment > since);
        }
    }

    private static TimeSpan[] Empty(int rate)
    {
        var moments = new TimeSpan[rate];
        Array.Fill(moments, -Window);
        return moments;
    }

    private void Fill(TimeSpan now)
    {
        _tokens = Math.Min(Burst, _tokens + (now - _filledAt) / Interval);
        _filledAt = now;
    }

    private void Keep(TimeSpan moment)
    {
        _moments[_next] = moment;
        _next = (_next + 1) % _moments.Length;
    }

    private void Resize(int rate)
    {
        var newest = _moments.Skip(_next).Concat(_moments.Take(_next)).TakeLast(rate).ToArray();
        _moments = Empty(rate);
        newest.CopyTo(_moments, 0);
        _next = newest.Length % rate;
        _tokens = Math.Min(_tokens, Burst);
    }
}
