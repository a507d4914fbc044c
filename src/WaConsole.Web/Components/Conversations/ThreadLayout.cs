using System.Globalization;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>One thing the thread draws. Equal records draw the same; <see cref="Key"/> is the identity across renders.</summary>
public abstract record ThreadItem(string Key)
{
    /// <param name="Date">The day of the lines below.</param>
    /// <param name="Before">How often it stands above already: lines are in the order in which they came, and one may come late.</param>
    public sealed record Day(DateOnly Date, int Before = 0)
        : ThreadItem(string.Create(CultureInfo.InvariantCulture, $"day-{Date:O}{(Before > 0 ? $"-{Before}" : "")}"));

    public sealed record Unread(int Count) : ThreadItem("unread");

    public sealed record Activity(ThreadLine Line) : ThreadItem(KeyOf(Line));

    public sealed record Note(ThreadLine Line) : ThreadItem(KeyOf(Line));

    /// <summary><see cref="StartsGroup"/>: another side or author, or more than a minute, or a divider before it.</summary>
    public sealed record Bubble(ThreadLine Line, bool StartsGroup) : ThreadItem(KeyOf(Line));

    /// <summary>Two or more pictures and videos sent together.</summary>
    public sealed record Album(IReadOnlyList<ThreadLine> Lines, bool StartsGroup) : ThreadItem("album-" + KeyOf(Lines[0]));

    /// <summary>The client key comes first, so that the line from the server takes the place of the pending one without a flicker.</summary>
    public static string KeyOf(ThreadLine line) =>
        line.ClientKey is { } key ? "c-" + key.ToString("N") : "m-" + line.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Pure: lines oldest first become days, dividers, activity and bubbles in groups.</summary>
public static class ThreadLayout
{
    private static readonly TimeSpan GroupGap = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<ThreadItem> Of(
        IReadOnlyList<ThreadLine> lines, IEnumerable<ThreadLine> pending, ViewerClock clock, long? firstUnread, int unread)
    {
        var arrived = lines.Where(line => line.ClientKey is not null).Select(line => line.ClientKey).ToHashSet();
        List<ThreadItem> items = new(lines.Count + 8);
        DateOnly? day = null;
        ThreadLine? before = null;
        foreach (var line in lines.Concat(pending.Where(line => !arrived.Contains(line.ClientKey))))
        {
            var date = clock.Day(line.SentAtUtc);
            if (day != date)
            {
                day = date;
                before = null;
                items.Add(new ThreadItem.Day(date, items.OfType<ThreadItem.Day>().Count(item => item.Date == date)));
            }

            if (line.Id == firstUnread && unread > 0)
            {
                before = null;
                items.Add(new ThreadItem.Unread(unread));
            }

            if (line.Kind == MessageKind.Note)
            {
                before = null;
                items.Add(new ThreadItem.Note(line));
                continue;
            }

            if (line.Direction == MessageDirection.None)
            {
                before = null;
                items.Add(new ThreadItem.Activity(line));
                continue;
            }

            items.Add(new ThreadItem.Bubble(line, before is null || !SameGroup(before, line)));
            before = line;
        }

        return Albums.Of(items);
    }

    private static bool SameGroup(ThreadLine before, ThreadLine line) =>
        before.Direction == line.Direction
        && before.AuthorName == line.AuthorName
        && line.SentAtUtc - before.SentAtUtc < GroupGap;
}
