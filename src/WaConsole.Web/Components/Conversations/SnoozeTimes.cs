using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: the ends a snooze can have, at nine in the morning where the viewer sits.</summary>
public static class SnoozeTimes
{
    private const int Morning = 9;

    public static DateTime InAnHour(DateTime nowUtc) => nowUtc.AddHours(1);

    public static DateTime Tomorrow(DateTime nowUtc, ViewerClock viewer) => At(viewer.Local(nowUtc).Date.AddDays(1), viewer);

    /// <summary>On a Monday it is the Monday after.</summary>
    public static DateTime NextMonday(DateTime nowUtc, ViewerClock viewer)
    {
        var today = viewer.Local(nowUtc).Date;
        var days = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        return At(today.AddDays(days == 0 ? 7 : days), viewer);
    }

    private static DateTime At(DateTime day, ViewerClock viewer) => viewer.Utc(day.AddHours(Morning));
}
