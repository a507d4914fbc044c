namespace WaConsole.Core.Media;

/// <summary>Pure: when to try a download again. WhatsApp keeps received files for seven days (Meta, Media, 2025).</summary>
internal static class MediaRetry
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(7);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
    ];

    /// <returns>Null when it is time to give up.</returns>
    public static DateTime? NextAfter(int attempts, DateTime createdAtUtc, DateTime nowUtc)
    {
        var next = nowUtc + Delays[Math.Clamp(attempts - 1, 0, Delays.Length - 1)];
        return next - createdAtUtc > GiveUpAfter ? null : next;
    }
}
