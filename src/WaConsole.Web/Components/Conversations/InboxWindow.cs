using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// Pure: the part of an endless list that is on screen. Pages come at one end and, past <see cref="MaxPages"/>, leave at the other; the
/// cursors at both ends bring them back.
/// </summary>
public sealed class InboxWindow
{
    public const int PageSize = 50;
    public const int MaxPages = 6;

    private readonly IReadOnlyList<InboxPage> _pages;

    private InboxWindow(IReadOnlyList<InboxPage> pages)
    {
        _pages = pages;
        Rows = [.. pages.SelectMany(page => page.Rows)];
    }

    public IReadOnlyList<InboxRow> Rows { get; }

    public int Pages => _pages.Count;

    /// <summary>Cursor the window begins after; null at the top of the list.</summary>
    public string? Start => _pages[0].Start;

    /// <summary>Cursor the next page begins after; null at the end of the list.</summary>
    public string? Next => _pages[^1].Next;

    public InboxCut Cut => _pages.Select(page => page.Cut).Max();

    /// <param name="pages">One or more, in the order of the list.</param>
    public static InboxWindow Of(IReadOnlyList<InboxPage> pages) => new(Distinct(pages));

    /// <summary>The page after <see cref="Next"/>. A row that moved there while it was read stays where it is shown.</summary>
    public InboxWindow Below(InboxPage page) => new(Last([.. _pages, Without(page, Rows)]));

    /// <summary>The page before <see cref="Start"/>, read backwards.</summary>
    public InboxWindow Above(InboxPage page) => new(First([Without(page, Rows), .. _pages]));

    /// <summary>The same rows in the same places, with the contents of <paramref name="fresh"/>.</summary>
    public InboxWindow Renewed(IReadOnlyList<InboxRow> fresh)
    {
        var byId = fresh.ToDictionary(row => row.Id);
        return new([.. _pages.Select(page => page with { Rows = [.. page.Rows.Select(row => byId.GetValueOrDefault(row.Id, row))] })]);
    }

    private static IReadOnlyList<InboxPage> First(IReadOnlyList<InboxPage> pages) => [.. pages.Take(MaxPages)];

    private static IReadOnlyList<InboxPage> Last(IReadOnlyList<InboxPage> pages) => [.. pages.TakeLast(MaxPages)];

    private static InboxPage Without(InboxPage page, IReadOnlyList<InboxRow> shown)
    {
        var known = shown.Select(row => row.Id).ToHashSet();
        return page with { Rows = [.. page.Rows.Where(row => !known.Contains(row.Id))] };
    }

    private static List<InboxPage> Distinct(IReadOnlyList<InboxPage> pages)
    {
        HashSet<long> known = [];
        return [.. pages.Select(page => page with { Rows = [.. page.Rows.Where(row => known.Add(row.Id))] })];
    }
}
