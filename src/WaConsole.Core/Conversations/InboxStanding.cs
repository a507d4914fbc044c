using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: where a row stands in the list under each sort, as <see cref="ListInbox"/> reads it, so that a screen can place a changed row itself.</summary>
public static class InboxStanding
{
    /// <summary>Below zero when the first row stands before the second.</summary>
    public static int Compare(InboxSort sort, DateTime asOfUtc, InboxRow first, InboxRow second) =>
        Compare(sort, Of(sort, asOfUtc, first), Of(sort, asOfUtc, second));

    /// <summary>Whether a row stands behind a cursor, as of the moment of that cursor.</summary>
    public static bool IsBehind(string cursor, InboxSort sort, InboxRow row)
    {
        var place = InboxCursor.Read(cursor, sort);
        return Compare(sort, Of(sort, place.AsOfUtc, row), new Standing(place.Stretch, place.AfterUtc, place.AfterId)) > 0;
    }

    /// <summary>The moment that decides for the pages of this cursor which windows are closed.</summary>
    public static DateTime AsOf(string cursor, InboxSort sort) => InboxCursor.Read(cursor, sort).AsOfUtc;

    /// <summary>The cursor of the page that begins after this row.</summary>
    public static string CursorAt(InboxSort sort, DateTime asOfUtc, InboxRow row)
    {
        var at = Of(sort, asOfUtc, row);
        return new InboxCursor(sort, at.Stretch, asOfUtc, at.Key, at.Id).Write();
    }

    /// <summary>Whether a row stands among others at one moment than at another: its window closed in between.</summary>
    public static bool Moved(InboxSort sort, DateTime fromUtc, DateTime toUtc, InboxRow row) =>
        Of(sort, fromUtc, row).Stretch != Of(sort, toUtc, row).Stretch;

    /// <summary>Whether the list under this sort has a place for the row at all.</summary>
    public static bool Shows(InboxSort sort, DateTime nowUtc, InboxRow row) => Of(sort, nowUtc, row).Stretch < InboxOrder.StretchesOf(sort);

    private static Standing Of(InboxSort sort, DateTime asOfUtc, InboxRow row) => sort switch
    {
        InboxSort.LongestWaiting when row.WaitingSinceUtc is { } since => new Standing(0, since, row.Id),
        InboxSort.WindowClosingFirst or InboxSort.OpenWindows when IsOpen(row, asOfUtc) => new Standing(0, row.Window.ExpiresAtUtc!.Value, row.Id),
        InboxSort.ClosingSoon when IsOpen(row, asOfUtc) && row.Window.ExpiresAtUtc <= asOfUtc + ServiceWindow.Soon =>
            new Standing(0, row.Window.ExpiresAtUtc.Value, row.Id),
        InboxSort.ClosedWindows when !IsOpen(row, asOfUtc) => new Standing(0, row.LastActivityAtUtc, row.Id),
        InboxSort.UnreadFirst when row.Unread > 0 => new Standing(0, row.LastActivityAtUtc, row.Id),
        InboxSort.Newest => new Standing(0, row.LastActivityAtUtc, row.Id),
        _ => new Standing(1, row.LastActivityAtUtc, row.Id),
    };

    private static bool IsOpen(InboxRow row, DateTime asOfUtc) => row.Window.ExpiresAtUtc > asOfUtc + ServiceWindow.ComposerMargin;

    private static int Compare(InboxSort sort, Standing first, Standing second)
    {
        if (first.Stretch != second.Stretch)
        {
            return first.Stretch.CompareTo(second.Stretch);
        }

        var byKey = first.Key.CompareTo(second.Key);
        var order = byKey != 0 ? byKey : first.Id.CompareTo(second.Id);
        var isAscending = first.Stretch == 0 && sort is (InboxSort.LongestWaiting or InboxSort.WindowClosingFirst or InboxSort.OpenWindows or InboxSort.ClosingSoon);
        return isAscending ? order : -order;
    }

    /// <summary>Stretch 0 holds the rows with the value the list is sorted by, stretch 1 the others by activity.</summary>
    private readonly record struct Standing(int Stretch, DateTime Key, long Id);
}
