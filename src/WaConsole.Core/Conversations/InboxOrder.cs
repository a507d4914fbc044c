using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The sorts of the inbox. Each is one or two stretches read one after the other, and each stretch is a range of one index: rows
/// without a value form a stretch of their own instead of relying on where a database puts its nulls.
/// </summary>
internal static class InboxOrder
{
    public static int StretchesOf(InboxSort sort) => sort == InboxSort.Newest ? 1 : 2;

    /// <summary>The rows of a stretch in order, after the cursor when it stands in this stretch.</summary>
    public static IQueryable<Conversation> Stretch(
        IQueryable<Conversation> rows, InboxSort sort, int stretch, DateTime asOfUtc, InboxCursor? after)
    {
        var windowEnd = asOfUtc + ServiceWindow.ComposerMargin;
        var from = after?.Stretch == stretch ? after : null;
        return (sort, stretch) switch
        {
            (InboxSort.LongestWaiting, 0) => ByWaiting(rows, from),
            (InboxSort.LongestWaiting, _) => ByActivity(rows.Where(c => c.WaitingSinceUtc == null), from),
            (InboxSort.WindowClosingFirst, 0) => ByWindow(rows.Where(c => c.WindowExpiresAtUtc > windowEnd), from),
            (InboxSort.WindowClosingFirst, _) =>
                ByActivity(rows.Where(c => c.WindowExpiresAtUtc == null || c.WindowExpiresAtUtc <= windowEnd), from),
            (InboxSort.UnreadFirst, 0) => ByActivity(rows.Where(c => c.UnreadCount > 0), from),
            (InboxSort.UnreadFirst, _) => ByActivity(rows.Where(c => c.UnreadCount <= 0), from),
            _ => ByActivity(rows, from),
        };
    }

    /// <summary>The value a row is placed by in its stretch.</summary>
    public static DateTime KeyOf(InboxSort sort, int stretch, InboxRow row) => (sort, stretch) switch
    {
        (InboxSort.LongestWaiting, 0) => row.WaitingSinceUtc!.Value,
        (InboxSort.WindowClosingFirst, 0) => row.Window.ExpiresAtUtc!.Value,
        _ => row.LastActivityAtUtc,
    };

    // "x <= a and (x < a or id < b)" lets both databases start in the index at a; the plain "x < a or (x = a and id < b)" does not.
    private static IQueryable<Conversation> ByActivity(IQueryable<Conversation> rows, InboxCursor? after)
    {
        if (after is not null)
        {
            var (at, id) = (after.AfterUtc, after.AfterId);
            rows = rows.Where(c => c.LastActivityAtUtc <= at && (c.LastActivityAtUtc < at || c.Id < id));
        }

        return rows.OrderByDescending(c => c.LastActivityAtUtc).ThenByDescending(c => c.Id);
    }

    private static IQueryable<Conversation> ByWaiting(IQueryable<Conversation> rows, InboxCursor? after)
    {
        rows = rows.Where(c => c.WaitingSinceUtc != null);
        if (after is not null)
        {
            var (at, id) = (after.AfterUtc, after.AfterId);
            rows = rows.Where(c => c.WaitingSinceUtc >= at && (c.WaitingSinceUtc > at || c.Id > id));
        }

        return rows.OrderBy(c => c.WaitingSinceUtc).ThenBy(c => c.Id);
    }

    private static IQueryable<Conversation> ByWindow(IQueryable<Conversation> rows, InboxCursor? after)
    {
        if (after is not null)
        {
            var (at, id) = (after.AfterUtc, after.AfterId);
            rows = rows.Where(c => c.WindowExpiresAtUtc >= at && (c.WindowExpiresAtUtc > at || c.Id > id));
        }

        return rows.OrderBy(c => c.WindowExpiresAtUtc).ThenBy(c => c.Id);
    }
}
