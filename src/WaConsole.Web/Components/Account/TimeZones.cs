using System.Globalization;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Account;

internal sealed record TimeZoneName(string Id, string Name);

/// <summary>The zones of the world by place, as the tz database names them; a server knows hundreds, links and abbreviations among them.</summary>
internal static class TimeZones
{
    private static readonly string[] Areas = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    public static IReadOnlyList<TimeZoneName> All { get; } =
    [
        new("UTC", "UTC"),
        .. TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && zone.Id.Length <= Agent.MaxTimeZone && Areas.Contains(zone.Id.Split('/')[0]))
            .Select(zone => new TimeZoneName(zone.Id, $"{zone.Id.Replace('_', ' ')} ({Offset(zone.BaseUtcOffset)})"))
            .OrderBy(zone => zone.Id, StringComparer.Ordinal),
    ];

    private static string Offset(TimeSpan offset) =>
        "UTC" + (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
