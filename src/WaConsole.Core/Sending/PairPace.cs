namespace WaConsole.Core.Sending;

/// <summary>
/// One customer and one number: a message every six seconds, and up to 45 at once that are paid for afterwards. Kept per pair is until
/// when what was sent is paid for.
/// </summary>
internal sealed class PairPace(TimeProvider clock)
{
    public const int Burst = 45;

    /// <summary>WhatsApp's six seconds and what one message may arrive earlier after the one before.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(6.1);

    private const int KeptAtLeast = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, TimeSpan> _paidUntil = [];
    private readonly long _start = clock.GetTimestamp();
    private int _tidyAt = KeptAtLeast;

    public TimeSpan Take(long conversationId)
    {
        lock (_gate)
        {
            var now = clock.GetElapsedTime(_start);
            var paid = _paidUntil.GetValueOrDefault(conversationId);
            var next = (paid > now ? paid : now) + Interval;
            if (next - now - Interval * Burst is { Ticks: > 0 } wait)
            {
                return wait;
            }

            _paidUntil[conversationId] = next;
            Tidy(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Those who owe nothing are forgotten, when as many have come as were left the last time.</summary>
    private void Tidy(TimeSpan now)
    {
        if (_paidUntil.Count < _tidyAt)
        {
            return;
        }

        foreach (var (conversationId, paid) in _paidUntil)
        {
            if (paid <= now)
            {
                _paidUntil.Remove(conversationId);
            }
        }

        _tidyAt = Math.Max(KeptAtLeast, _paidUntil.Count * 2);
    }
}
