namespace WaConsole.Simulator.World;

/// <summary>
/// The clock of the simulated WhatsApp: the real one plus an offset that only grows. Timers run in real time;
/// whoever waits for a moment of simulated time listens to <see cref="OffsetChanged"/> and looks again.
/// </summary>
public sealed class SimulatorClock(TimeProvider inner) : TimeProvider
{
    private long _offsetTicks;

    /// <summary>Raised after the clock was moved, on the thread that moved it.</summary>
    public event EventHandler? OffsetChanged;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves the clock forward. It never goes back: WhatsApp's timestamps do not either.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _offsetTicks, by.Ticks);
        OffsetChanged?.Invoke(this, EventArgs.Empty);
    }
}
