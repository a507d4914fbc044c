namespace WaConsole.Core.Sending;

/// <summary>
/// Pure: one customer and one number, a message every six seconds, and up to 45 at once that are paid for afterwards (Meta, Pair rate
/// limits, 2026). Kept per conversation, in its row, is until when what was sent is paid for, in Unix milliseconds: so it holds over
/// restarts and for every node.
/// </summary>
internal static class PairPace
{
    public const int Burst = 45;

    /// <summary>WhatsApp's six seconds and what one message may arrive earlier after the one before.</summary>
    public const long Interval = 6_100;

    private const long Most = Burst * Interval;

    public static long MostPaid(DateTime nowUtc) => Moment(nowUtc) + Most;

    public static long Moment(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <returns>How long to wait before one more may go to this customer; zero: it may go.</returns>
    public static TimeSpan Wait(long paidUntil, long now) =>
        TimeSpan.FromMilliseconds(Math.Max(0, (Owes(paidUntil, now) ? paidUntil - now : 0) + Interval - Most));

    /// <summary>After one more. BeginSending writes the same in the database's words.</summary>
    public static long After(long paidUntil, long now) => (Owes(paidUntil, now) ? paidUntil : now) + Interval;

    /// <summary>Nobody can owe more than a burst: then the clock was set back, and what is owed is not known.</summary>
    private static bool Owes(long paidUntil, long now) => paidUntil > now && paidUntil <= now + Most;
}
