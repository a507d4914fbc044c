using WaConsole.Core.Live;

namespace WaConsole.Core.Window;

/// <summary>
/// WhatsApp's clock: the real one, or the simulator's, which a person can move forward. Windows, expiry and demo time use it;
/// queues, leases and logs use <see cref="TimeProvider"/>.
/// </summary>
public sealed class WhatsAppClock(TimeProvider clock)
{
    private long _offsetTicks;

    public event Action? Changed;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offsetTicks));
        set
        {
            Interlocked.Exchange(ref _offsetTicks, value.Ticks);
            Changed?.Invoke();
        }
    }

    /// <summary>Tells of each change until it is disposed.</summary>
    public IDisposable Follow(Action changed) => new Ear(() => Changed += changed, () => Changed -= changed);

    public DateTime UtcNow => clock.GetUtcNow().UtcDateTime + Offset;
}
