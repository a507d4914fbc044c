using System.Globalization;

namespace WaConsole.Simulator.Phone;

/// <summary>Moments in the reader's time zone.</summary>
internal static class PhoneTime
{
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(PhoneText.T("DayPattern"), CultureInfo.CurrentCulture);

    public static string Full(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>A length in minutes and seconds, as on a clock.</summary>
    public static string Duration(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    /// <summary>A length in days, hours and minutes, the two largest that count.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalDays: >= 1 } => PhoneText.T("DaysHours", length.Days, length.Hours),
        { TotalHours: >= 1 } => PhoneText.T("HoursMinutes", length.Hours, length.Minutes),
        _ => PhoneText.T("Minutes", Math.Max(0, length.Minutes)),
    };
}
