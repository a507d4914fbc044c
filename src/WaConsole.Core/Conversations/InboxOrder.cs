using System.Globalization;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>A conversation and the value it is placed by.</summary>
internal sealed record InboxPlace(long Id, DateTime Key);

/// <summary>SQL for both databases; <see cref="Times"/> are its parameters {0}, {1}…</summary>
internal sealed record InboxStatement(string Sql, object[] Times);

/// <summary>
/// The sorts of the inbox, read from the order of an index. Each is one or two stretches read one after the other: rows without a value
/// form a stretch of their own instead of relying on where a database puts its nulls. Waiting, window and unread have a small index of
/// their own that holds the filters' columns; everything else is one range by activity per status and number, cut and joined.
/// </summary>
internal static class InboxOrder
{
    /// <summary>Joining more ranges than this costs more than sorting; SQLite refuses more than 500.</summary>
    private const int MaxRanges = 200;

    public static int StretchesOf(InboxSort sort) =>
        sort is InboxSort.Newest or InboxSort.OpenWindows or InboxSort.ClosingSoon or InboxSort.ClosedWindows ? 1 : 2;

    /// <summary>
    /// Places of a stretch in order, after <paramref name="cursor"/> when it stands in this stretch. Backwards: up to and including it,
    /// nearest first.
    /// </summary>
    public static InboxStatement Stretch(
        InboxFilter filter, InboxSort sort, int stretch, DateTime asOfUtc, InboxCursor? cursor, bool backwards, int limit, bool isSqlite)
    {
        var windowEnd = asOfUtc + ServiceWindow.ComposerMargin;
        List<object> times = [];
        var (key, ascending, hasIndex, condition) = (sort, stretch) switch
        {
            (InboxSort.LongestWaiting, 0) => ("WaitingSinceUtc", true, true, "\"WaitingSinceUtc\" IS NOT NULL"),
            (InboxSort.LongestWaiting, _) => ("LastActivityAtUtc", false, false, "\"WaitingSinceUtc\" IS NULL"),
            (InboxSort.WindowClosingFirst, 0) or (InboxSort.OpenWindows, _) => ("WindowExpiresAtUtc", true, true, $"\"WindowExpiresAtUtc\" > {Time(windowEnd)}"),
            (InboxSort.ClosingSoon, _) =>
                ("WindowExpiresAtUtc", true, true, $"\"WindowExpiresAtUtc\" > {Time(windowEnd)} AND \"WindowExpiresAtUtc\" <= {Time(asOfUtc + ServiceWindow.Soon)}"),
            (InboxSort.WindowClosingFirst or InboxSort.ClosedWindows, _) =>
                ("LastActivityAtUtc", false, false, $"(\"WindowExpiresAtUtc\" IS NULL OR \"WindowExpiresAtUtc\" <= {Time(windowEnd)})"),
            (InboxSort.UnreadFirst, 0) => ("LastActivityAtUtc", false, true, "\"UnreadCount\" > 0"),
            (InboxSort.UnreadFirst, _) => ("LastActivityAtUtc", false, false, "\"UnreadCount\" <= 0"),
            _ => ("LastActivityAtUtc", false, false, ""),
        };
        List<string> always = condition.Length > 0 ? [condition] : [];
        if (cursor?.Stretch == stretch)
        {
            // "x <= a and (x < a or id < b)" lets both databases start in the index at a; the plain "x < a or (x = a and id < b)" does not.
            var at = Time(cursor.AfterUtc);
            var side = ascending != backwards ? ">" : "<";
            always.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"\"{key}\" {side}= {at} AND (\"{key}\" {side} {at} OR \"Id\" {side}{(backwards ? "=" : "")} {cursor.AfterId})"));
        }

        var cut = new Cut(key, ascending != backwards ? "ASC" : "DESC", limit);
        return new InboxStatement(Sql(filter, cut, always, hasIndex, isSqlite), [.. times]);

        string Time(DateTime utc)
        {
            times.Add(utc);
            return $"{{{times.Count - 1}}}";
        }
    }

    /// <summary>Counts of the tabs and of unread conversations, none of them counted further than <paramref name="most"/>.</summary>
    public static string Counts(InboxFilter filter, InboxFilter visible, int most) => $"""
        SELECT {Mine(filter, most)} AS "Mine", {Count(filter with { Tab = InboxTab.Unassigned }, most)} AS "Unassigned",
        {Count(filter with { Tab = InboxTab.All }, most)} AS "All", {Count(visible, most, "\"UnreadCount\" > 0")} AS "UnreadConversations"
        """;

    /// <summary>Of an agent's filter their own count, of one without an agent what all agents share.</summary>
    public static string TabCounts(InboxFilter filter, int most) => filter.AgentId is not null
        ? $"""SELECT {Mine(filter, most)} AS "Mine", 0 AS "Unassigned", 0 AS "All" """
        : $"""
           SELECT 0 AS "Mine", {Count(filter with { Tab = InboxTab.Unassigned }, most)} AS "Unassigned",
           {Count(filter with { Tab = InboxTab.All }, most)} AS "All"
           """;

    private static string Mine(InboxFilter filter, int most) =>
        filter.AgentId is null ? "0" : Count(filter with { Tab = InboxTab.Mine }, most);

    private static string Count(InboxFilter of, int most, params string[] also) =>
        $"(SELECT CAST(COUNT(*) AS integer) FROM (SELECT 1 FROM \"Conversations\"{Where(also, of.Spelled().Conditions())} LIMIT {most}) n)";

    private static string Sql(InboxFilter filter, Cut cut, List<string> always, bool hasIndex, bool isSqlite)
    {
        if (filter.Within is not null)
        {
            return Range(filter, cut, always, "+", oneRange: false);
        }

        if (hasIndex)
        {
            // SQLite would rather read all of an agent's or a number's rows and sort them.
            return Range(filter, cut, always, isSqlite ? "+" : "", oneRange: false);
        }

        var ranges = filter.Ranges();
        return ranges.Count switch
        {
            1 => Range(ranges[0], cut, always, "", oneRange: true),
            > MaxRanges => Range(filter, cut, always, "", oneRange: false),
            _ => $"SELECT \"Id\", \"Key\" FROM ({string.Join(" UNION ALL ", ranges.Select((range, at) =>
                $"SELECT \"Id\", \"Key\" FROM ({Range(range, cut, always, "", oneRange: true)}) r{at}"))}) u ORDER BY \"Key\" {cut.Way}, \"Id\" {cut.Way} LIMIT {cut.Limit}",
        };
    }

    private static string Range(InboxFilter filter, Cut cut, List<string> always, string hide, bool oneRange)
    {
        // PostgreSQL does not take "is null" as one value: it reads the index in order only when the column is part of the order.
        var unassigned = oneRange && filter.Tab == InboxTab.Unassigned ? $"\"AssigneeId\" {cut.Way}, " : "";
        return $"""
                SELECT "Id", "{cut.Key}" AS "Key" FROM "Conversations"{Where(always, filter.Conditions(hide))}
                ORDER BY {unassigned}"{cut.Key}" {cut.Way}, "Id" {cut.Way} LIMIT {cut.Limit}
                """;
    }

    private static string Where(IEnumerable<string> always, IEnumerable<string> filter)
    {
        var all = string.Join(" AND ", always.Concat(filter));
        return all.Length > 0 ? " WHERE " + all : "";
    }

    private sealed record Cut(string Key, string Way, int Limit);
}
