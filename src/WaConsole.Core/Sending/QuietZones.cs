using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;

namespace WaConsole.Core.Sending;

/// <summary>Pure: when a person must not be disturbed, by their country's clocks. It is quiet while it is quiet in one of its zones.</summary>
internal static class QuietZones
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <returns>When it is quiet no more; null when it is not quiet now. A country nobody knows is taken for UTC.</returns>
    public static DateTime? QuietUntil(string? country, TimeOnly from, TimeOnly to, DateTime nowUtc)
    {
        var zones = CountryZones.Of(country);
        if (!IsQuiet(zones, from, to, nowUtc))
        {
            return null;
        }

        var at = new DateTime(nowUtc.Ticks - (nowUtc.Ticks % Step.Ticks), DateTimeKind.Utc) + Step;
        var last = nowUtc.AddDays(2);
        while (at < last && IsQuiet(zones, from, to, at))
        {
            at += Step;
        }

        return at;
    }

    private static bool IsQuiet(IReadOnlyList<TimeZoneInfo> zones, TimeOnly from, TimeOnly to, DateTime utc) =>
        zones.Any(zone => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone)).IsBetween(from, to));
}
