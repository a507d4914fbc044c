using System.Globalization;
using Microsoft.Extensions.Localization;

namespace WaConsole.Web.Components.Shared;

/// <summary>The viewer's time zone, chosen or as the browser told it once. Turns UTC into what a person reads.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    /// <param name="zone">IANA name from the browser; UTC when we do not know it.</param>
    public static ViewerClock For(string? zone) =>
        new(zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc);

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>A local time back to UTC; one that the clock change skips is moved an hour on.</summary>
    public DateTime Utc(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(unspecified) ? unspecified.AddHours(1) : unspecified, Zone);
    }

    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.CurrentCulture);

    public string Exact(DateTime utc) => DateTexts.Write(Local(utc), "Moment");

    /// <summary>Time today, otherwise weekday and time: "17:05", "Tue 17:05".</summary>
    public string Moment(DateTime utc, DateTime nowUtc) => Day(utc) == Day(nowUtc)
        ? Time(utc)
        : Local(utc).ToString("ddd HH:mm", CultureInfo.CurrentCulture);

    public string DayName(DateOnly day, DateTime nowUtc, IStringLocalizer words)
    {
        var today = Day(nowUtc);
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => words["Today"],
            1 => words["Yesterday"],
            > 1 and < 7 => day.ToString("dddd", CultureInfo.CurrentCulture),
            _ => DateTexts.Write(day, day.Year == today.Year ? "DayOfYear" : "Day"),
        };
    }

    /// <summary>For lists: "now", "5 min", "3 h", a weekday within the week, then the date. The browser moves it on by the same rule.</summary>
    public string Relative(DateTime utc, DateTime nowUtc, IStringLocalizer words) => (nowUtc - utc) switch
    {
        { TotalMinutes: < 1 } => words["Now"],
        { TotalHours: < 1 } age => words["Minutes", (int)age.TotalMinutes],
        { TotalHours: < 24 } age => words["Hours", (int)age.TotalHours],
        { TotalDays: < 7 } => Local(utc).ToString("ddd", CultureInfo.CurrentCulture),
        _ => Local(utc).ToString("d MMM", CultureInfo.CurrentCulture),
    };
}
