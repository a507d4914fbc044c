using Microsoft.Extensions.Logging;

namespace WaConsole.Simulator.World;

/// <summary>What will happen at a moment of simulated time, in order. One timer serves all of it.</summary>
internal sealed partial class Agenda : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Sequence)> _entries = new();
    private readonly SimulatorClock _clock;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private long _sequence;
    private bool _running;
    private bool _disposed;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public Agenda(SimulatorClock clock, ILogger log)
    {
        _clock = clock;
        _log = log;
        _timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.OffsetChanged += OnOffsetChanged;
    }

    /// <summary>Runs the action after the delay. One without delay runs on this thread, unless a loop is already at it.</summary>
    public void After(TimeSpan delay, Action action)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var due = _clock.GetUtcNow() + delay;
            _entries.Enqueue(action, (due, _sequence++));
            // What is run below needs no timer: the timer's thread would take it, and the caller would go on before it was done.
            if (delay > TimeSpan.Zero && due < _armedFor)
            {
                Arm();
            }
        }

        if (delay <= TimeSpan.Zero)
        {
            RunDue();
        }
    }

    /// <summary>Whether anything is due within this time.</summary>
    public bool AnythingWithin(TimeSpan time)
    {
        lock (_gate)
        {
            return _running || (_entries.TryPeek(out _, out var next) && next.Due <= _clock.GetUtcNow() + time);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _entries.Clear();
        }

        _clock.OffsetChanged -= OnOffsetChanged;
        _timer.Dispose();
    }

    private void OnOffsetChanged(object? sender, EventArgs e) => RunDue();

    private void RunDue()
    {
        lock (_gate)
        {
            // An action that schedules another one arrives here again: the loop already running takes it.
            if (_running || _disposed)
            {
                return;
            }

            _running = true;
        }

        while (TakeDue() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception fault)
            {
                ActionFailed(_log, fault);
            }
        }
    }

    private Action? TakeDue()
    {
        lock (_gate)
        {
            if (!_disposed && _entries.TryPeek(out _, out var next) && next.Due <= _clock.GetUtcNow())
            {
                return _entries.Dequeue();
            }

            // Before the timer is set: one that is due already looks at once, on this thread when the clock is a test's.
            _running = false;
            _armedFor = DateTimeOffset.MaxValue;
            Arm();
            return null;
        }
    }

    private void Arm()
    {
        if (!_disposed && _entries.TryPeek(out _, out var next))
        {
            _armedFor = next.Due;
            var wait = next.Due - _clock.GetUtcNow();
            // A timer takes 49 days at most, so it looks again once a day.
            _timer.Change(
                wait < TimeSpan.Zero ? TimeSpan.Zero : wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1),
                Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Something the simulated WhatsApp had planned failed")]
    private static partial void ActionFailed(ILogger log, Exception fault);
}
