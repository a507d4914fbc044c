using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What the list shows once changed rows are in their places.</summary>
/// <param name="Window">The same object when nothing on screen changed.</param>
/// <param name="Incomplete">Rows we do not know may belong on screen: read the page again.</param>
/// <param name="CountsMayDiffer">A conversation may have come to a tab or left it.</param>
public sealed record PlacedRows(InboxWindow Window, bool Incomplete, bool CountsMayDiffer);

/// <summary>Pure: puts changed rows where the list would have read them.</summary>
/// <param name="sort">How the list is sorted.</param>
/// <param name="readAtUtc">When the rows on screen were read: it decided which windows were closed.</param>
/// <param name="nowUtc">When the changed rows were read.</param>
public sealed class ListPlace(InboxSort sort, DateTime readAtUtc, DateTime nowUtc)
{
    /// <param name="window">What is shown, in its order.</param>
    /// <param name="changed">Conversations that changed.</param>
    /// <param name="fresh">Those of them that belong to the list, wherever in it they stand.</param>
    public PlacedRows Merge(InboxWindow window, IReadOnlyCollection<long> changed, IReadOnlyList<InboxRow> fresh)
    {
        var before = window.Rows.Where(row => changed.Contains(row.Id)).ToDictionary(row => row.Id);
        var countsMayDiffer = changed.Count > before.Count
            || fresh.Count < changed.Count
            || fresh.Any(row => before[row.Id].AssigneeId != row.AssigneeId || before[row.Id].Status != row.Status);
        var asOf = window.Start is { } first ? InboxStanding.AsOf(first, sort) : readAtUtc;

        // Beyond the ends stand rows that were not read, and a changed one may stand anywhere among them.
        var shown = fresh.Where(row => IsWithin(window, row)).ToList();
        var overdue = fresh.Any(row => InboxStanding.Moved(sort, asOf, nowUtc, row));
        if (shown.Count == before.Count && shown.TrueForAll(row => before.GetValueOrDefault(row.Id) == row))
        {
            return new PlacedRows(window, overdue, countsMayDiffer);
        }

        List<InboxRow> rows = [.. window.Rows.Where(row => !before.ContainsKey(row.Id)), .. shown];
        rows.Sort((one, other) => InboxStanding.Compare(sort, asOf, one, other));
        var room = window.Pages * InboxWindow.PageSize;
        var next = rows.Count > room ? InboxStanding.CursorAt(sort, asOf, rows[room - 1]) : window.Next;
        var incomplete = overdue || (rows.Count < window.Rows.Count && (window.Start is not null || window.Next is not null));
        return new PlacedRows(InboxWindow.Of(Pages(window, [.. rows.Take(room)], asOf, next)), incomplete, countsMayDiffer);
    }

    private bool IsWithin(InboxWindow window, InboxRow row) =>
        (window.Start is not { } start || InboxStanding.IsBehind(start, sort, row))
        && (window.Next is not { } end || !InboxStanding.IsBehind(end, sort, row));

    private List<InboxPage> Pages(InboxWindow window, IReadOnlyList<InboxRow> rows, DateTime asOf, string? next)
    {
        List<InboxPage> pages = [];
        foreach (var some in rows.Chunk(InboxWindow.PageSize))
        {
            pages.Add(new InboxPage(some, pages.Count == 0 ? window.Start : pages[^1].Next, InboxStanding.CursorAt(sort, asOf, some[^1])));
        }

        if (pages.Count == 0)
        {
            pages.Add(InboxPage.Empty with { Start = window.Start });
        }

        pages[^1] = pages[^1] with { Next = next, Cut = window.Cut };
        return pages;
    }
}
