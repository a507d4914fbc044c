using WaConsole.Core.Resources;

namespace WaConsole.Core.Hours;

/// <summary>Minutes of the day, the end not included; 1,440 is midnight. What goes over midnight is two spans.</summary>
public sealed record OpenSpan(DayOfWeek Day, int From, int To)
{
    public const int DayLength = 24 * 60;
}

/// <summary>When a number's people are there: weekly spans on the clock of a time zone, without the holidays.</summary>
public sealed record OpeningHours(string TimeZone, IReadOnlyList<OpenSpan> Week, IReadOnlyList<DateOnly> Holidays)
{
    public const int MaxSpansOfDay = 6;
    public const int MaxHolidays = 200;

    /// <summary>A year of holidays and then some: past that nobody comes back.</summary>
    private const int DaysAhead = 400;

    public bool IsOpenAt(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);
        var minute = (local.Hour * 60) + local.Minute;
        return !Holidays.Contains(DateOnly.FromDateTime(local)) && Week.Any(span => span.Day == local.DayOfWeek && span.From <= minute && minute < span.To);
    }

    /// <returns>The first moment after this one at which somebody comes; null when nobody does.</returns>
    public DateTime? NextOpeningAfter(DateTime utc)
    {
        var zone = Zone;
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
        for (var ahead = 0; ahead <= DaysAhead; ahead++)
        {
            var date = first.AddDays(ahead);
            if (Holidays.Contains(date))
            {
                continue;
            }

            foreach (var span in Week.Where(span => span.Day == date.DayOfWeek).OrderBy(span => span.From))
            {
                var opens = ToUtc(date.ToDateTime(TimeOnly.MinValue).AddMinutes(span.From), zone);
                if (opens > utc)
                {
                    return opens;
                }
            }
        }

        return null;
    }

    /// <summary>What is wrong with them, in words.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (!(TimeZone.Length == 0 && Week.Count == 0) && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            problems.Add(Texts.Hours.Of("ZoneUnknown"));
        }

        if (Week.Any(span => !Enum.IsDefined(span.Day) || span.From < 0 || span.To > OpenSpan.DayLength || span.From >= span.To))
        {
            problems.Add(Texts.Hours.Of("SpanBackwards"));
        }

        foreach (var day in Week.GroupBy(span => span.Day))
        {
            var spans = day.OrderBy(span => span.From).ToList();
            if (spans.Count > MaxSpansOfDay)
            {
                problems.Add(Texts.Hours.Of("TooManySpans", MaxSpansOfDay));
            }

            if (spans.Zip(spans.Skip(1)).Any(pair => pair.First.To > pair.Second.From))
            {
                problems.Add(Texts.Hours.Of("SpansOverlap"));
            }
        }

        if (Holidays.Count > MaxHolidays)
        {
            problems.Add(Texts.Hours.Of("TooManyHolidays", MaxHolidays));
        }

        return [.. problems.Distinct()];
    }

    /// <summary>A zone that this machine no longer knows counts as UTC.</summary>
    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>In spring some hours do not exist: what opens in them opens when they are over.</summary>
    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
