using WaConsole.Core.Hours;

namespace WaConsole.Web.Components.Team.Hours;

/// <summary>A week while it is edited. Midnight at the end of a day is written 00:00.</summary>
public sealed class HoursDraft
{
    /// <summary>As most calendars begin it.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public string TimeZone { get; set; } = "";

    public List<SpanDraft> Spans { get; } = [];

    public List<DateOnly> Holidays { get; } = [];

    public bool AwayOn { get; set; }

    public string AwayText { get; set; } = "";

    public static HoursDraft From(HoursView view, string zoneOfViewer)
    {
        var draft = new HoursDraft
        {
            TimeZone = view.Hours.TimeZone.Length > 0 ? view.Hours.TimeZone : zoneOfViewer,
            AwayOn = view.AwayOn,
            AwayText = view.AwayText,
        };
        draft.Spans.AddRange(view.Hours.Week.Select(span => new SpanDraft(span.Day) { From = Time(span.From), To = Time(span.To) }));
        draft.Holidays.AddRange(view.Hours.Holidays);
        return draft;
    }

    public IEnumerable<SpanDraft> Of(DayOfWeek day) => Spans.Where(span => span.Day == day);

    /// <summary>After the last of the day, or the usual office hours.</summary>
    public void Add(DayOfWeek day)
    {
        var last = Of(day).LastOrDefault();
        var from = last is null ? new TimeOnly(9, 0) : last.To == TimeOnly.MinValue ? last.To : last.To.AddHours(1);
        Spans.Add(new SpanDraft(day) { From = from, To = last is null ? new TimeOnly(17, 0) : from.AddHours(3) });
    }

    public HoursChange Change(long numberId) => new(
        numberId,
        new OpeningHours(TimeZone, [.. Days.SelectMany(Of).Select(span => new OpenSpan(span.Day, Minutes(span.From), span.To == TimeOnly.MinValue ? OpenSpan.DayLength : Minutes(span.To)))], [.. Holidays]),
        AwayOn,
        AwayText);

    private static TimeOnly Time(int minutes) => TimeOnly.MinValue.AddMinutes(minutes);

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;
}

public sealed class SpanDraft(DayOfWeek day)
{
    public DayOfWeek Day => day;

    public TimeOnly From { get; set; }

    public TimeOnly To { get; set; }
}
