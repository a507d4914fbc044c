using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public enum InboxTab
{
    Mine = 1,
    Unassigned = 2,
    All = 3,
}

public enum InboxSort
{
    Newest = 1,
    LongestWaiting = 2,
    WindowClosingFirst = 3,
    UnreadFirst = 4,

    /// <summary>Closing first, and without those whose window is closed.</summary>
    OpenWindows = 5,

    /// <summary>Closing first, and of the open ones only those that close within <see cref="ServiceWindow.Soon"/>.</summary>
    ClosingSoon = 6,

    /// <summary>Newest activity, and only those whose window is closed or was never open.</summary>
    ClosedWindows = 7,
}

/// <summary>
/// <see cref="Cursor"/> is the opaque <see cref="InboxPage.Next"/> of the page before, or, <see cref="Backwards"/>, the
/// <see cref="InboxPage.Start"/> of the page below. <see cref="Status"/> null means all. Limit 1 to 100. <see cref="AssigneeId"/>
/// narrows the tab of all conversations; <see cref="Bounds"/> only a search.
/// </summary>
public sealed record InboxQuery(
    InboxTab Tab = InboxTab.All,
    ConversationStatus? Status = ConversationStatus.Open,
    InboxSort Sort = InboxSort.Newest,
    string? Search = null,
    long? NumberId = null,
    string? Cursor = null,
    int Limit = 50,
    long? LabelId = null,
    bool Backwards = false,
    long? AssigneeId = null,
    SearchBounds? Bounds = null);

/// <summary>One row of the list. Times are UTC; names and previews are the customer's text.</summary>
public sealed record InboxRow(
    long Id,
    long ContactId,
    string Name,
    string? Phone,
    string? UserId,
    string? Username,
    long NumberId,
    string NumberName,
    string NumberDisplay,
    ConversationStatus Status,
    DateTime? SnoozedUntilUtc,
    long? AssigneeId,
    string? AssigneeName,
    int Unread,
    DateTime LastActivityAtUtc,
    string LastPreview,
    MessageKind LastKind,
    MessageDirection LastDirection,
    DeliveryStatus LastStatus,
    DateTime? WaitingSinceUtc,
    WindowView Window,
    bool OptedOut,
    string? LabelIds,
    bool IsGroup = false)
{
    /// <summary>Only in the answer to a search, when a message holds what was searched for.</summary>
    public FoundLine? Found { get; init; }

    public long? LastMessageId { get; init; }
}

/// <summary>Why a page may hold less than there is.</summary>
public enum InboxCut
{
    None = 0,

    /// <summary>The time limit was over first: the person is asked to narrow it down.</summary>
    TooSlow = 1,

    /// <summary>A search that found enough among the newest; older ones are found by a narrower one.</summary>
    OlderLeftOut = 2,
}

/// <summary>
/// Rows in the order of the list. <see cref="Start"/> is the cursor the page begins after, null at the top of the list;
/// <see cref="Next"/> the one the next page begins after, null at its end.
/// </summary>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, string? Start, string? Next, InboxCut Cut = InboxCut.None)
{
    public static InboxPage Empty { get; } = new([], null, null);
}

/// <summary>
/// Counts of the tabs under the query's status, number and label, and unread conversations over all. Counting stops at
/// <see cref="ListInbox.MaxCount"/>, which then means that many or more.
/// </summary>
public sealed record InboxCounts(int Mine, int Unassigned, int All, int UnreadConversations);

/// <summary>A page of conversations the caller may see, by keyset. No question takes longer than <see cref="DatabaseOptions.ReadLimitSeconds"/>.</summary>
public sealed class ListInbox(Store store, WhatsAppClock whatsApp)
{
    public const int MaxLimit = 100;

    public const int MaxCount = 10_000;

    /// <exception cref="InvalidCursorException">The cursor is not one of ours, or belongs to another sort.</exception>
    public async Task<InboxPage> RunAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken)
    {
        var numbers = NumbersOf(caller, query.NumberId);
        var cursor = query.Cursor is { Length: > 0 } text ? InboxCursor.Read(text, query.Sort) : null;
        if (numbers is { Count: 0 } || (query.Tab == InboxTab.Mine && caller.AgentId is null))
        {
            return InboxPage.Empty;
        }

        var page = string.IsNullOrWhiteSpace(query.Search)
            ? await store.ReadWithinAsync(ReadKind.List, (db, within) => PageAsync(db, caller, query, numbers, cursor, within), cancellationToken)
            : await store.SearchAsync((db, within) => FoundAsync(db, caller, query, numbers, cursor, within), cancellationToken);
        return page ?? InboxPage.Empty with { Cut = InboxCut.TooSlow };
    }

    /// <returns>Null when the database did not answer in time: what was known before stays.</returns>
    public async Task<InboxCounts?> CountAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken)
    {
        var numbers = NumbersOf(caller, query.NumberId);
        if (numbers is { Count: 0 })
        {
            return new InboxCounts(0, 0, 0, 0);
        }

        return await store.ReadWithinAsync(
            ReadKind.Count,
            async (db, within) =>
            {
                var all = await AllNumbersAsync(db, within);
                var filter = await InboxLabel.OnlyAsync(
                    db, new InboxFilter(InboxTab.All, caller.AgentId, query.Status, numbers, all), query.LabelId, within);
                var visible = new InboxFilter(InboxTab.All, null, null, caller.Numbers, all);
                return (await db.Database.SqlQueryRaw<InboxCounts>(InboxOrder.Counts(filter, visible, MaxCount)).ToListAsync(within))[0];
            },
            cancellationToken);
    }

    internal static IReadOnlyCollection<long>? NumbersOf(Caller caller, long? wanted)
    {
        caller.MustUseInbox();
        if (wanted is not { } number)
        {
            return caller.Numbers;
        }

        caller.MustSeeNumber(number);
        return [number];
    }

    /// <summary>The conversations of one agent are read as that agent's own: by the same index.</summary>
    internal static InboxFilter FilterOf(
        Caller caller, InboxQuery query, IReadOnlyCollection<long>? numbers, IReadOnlyCollection<long> all) =>
        query is { Tab: InboxTab.All, AssigneeId: { } assignee }
            ? new InboxFilter(InboxTab.Mine, assignee, query.Status, numbers, all)
            : new InboxFilter(query.Tab, caller.AgentId, query.Status, numbers, all);

    private async Task<InboxPage> PageAsync(
        WaConsoleDb db, Caller caller, InboxQuery query, IReadOnlyCollection<long>? numbers, InboxCursor? cursor, CancellationToken cancellationToken) =>
        await FilterAsync(db, caller, query, numbers, cancellationToken) is { } filter
            ? await ReadAsync(db, await InboxLabel.OnlyAsync(db, filter, query.LabelId, cancellationToken), query, cursor, cancellationToken)
            : InboxPage.Empty;

    private async Task<InboxPage> FoundAsync(
        WaConsoleDb db, Caller caller, InboxQuery query, IReadOnlyCollection<long>? numbers, InboxCursor? cursor, CancellationToken cancellationToken)
    {
        if (await FilterAsync(db, caller, query, numbers, cancellationToken) is not { } one)
        {
            return InboxPage.Empty;
        }

        var filter = one with { LabelId = query.LabelId };
        var search = new SearchInbox(db, query.Search!, filter, query.Bounds ?? SearchBounds.None, whatsApp.Offset);
        var found = await search.RunAsync(cancellationToken);
        if (found.Conversations.Count == 0)
        {
            return InboxPage.Empty with { Cut = found.Complete ? InboxCut.None : InboxCut.OlderLeftOut };
        }

        var page = await ReadAsync(db, filter with { Within = found.Conversations }, query, cursor, cancellationToken);
        return page with
        {
            Rows = [.. page.Rows.Select(row => row with { Found = found.Lines.GetValueOrDefault(row.Id) })],
            Cut = found.Complete ? page.Cut : InboxCut.OlderLeftOut,
        };
    }

    /// <returns>Null when there is no number yet.</returns>
    private static async Task<InboxFilter?> FilterAsync(
        WaConsoleDb db, Caller caller, InboxQuery query, IReadOnlyCollection<long>? numbers, CancellationToken cancellationToken)
    {
        // Only these filters need every number by name.
        var filter = FilterOf(caller, query, numbers, []);
        if (numbers is not null || filter.Tab == InboxTab.All)
        {
            return filter;
        }

        var all = await AllNumbersAsync(db, cancellationToken);
        return all.Count == 0 ? null : filter with { AllNumbers = all };
    }

    private async Task<InboxPage> ReadAsync(
        WaConsoleDb db, InboxFilter filter, InboxQuery query, InboxCursor? cursor, CancellationToken cancellationToken)
    {
        var asOf = cursor?.AsOfUtc ?? whatsApp.UtcNow;
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var backwards = query.Backwards && cursor is not null;
        var last = InboxOrder.StretchesOf(query.Sort) - 1;
        List<(InboxPlace Place, int Stretch)> places = [];
        for (var stretch = cursor?.Stretch ?? 0; stretch >= 0 && stretch <= last && places.Count <= limit; stretch += backwards ? -1 : 1)
        {
            var part = InboxOrder.Stretch(
                filter, query.Sort, stretch, asOf, cursor, backwards, limit + 1 - places.Count, db.Database.IsSqlite());
            foreach (var place in await db.Database.SqlQueryRaw<InboxPlace>(part.Sql, part.Times).ToListAsync(cancellationToken))
            {
                places.Add((place, stretch));
            }
        }

        // A row may have moved to a later stretch between the two statements.
        var rows = await RowsAsync(db, [.. places.Take(limit).Select(p => p.Place.Id).Distinct()], cancellationToken);
        var more = places.Count > limit;
        if (!backwards)
        {
            return new InboxPage(rows, cursor?.Write(), more ? CursorAt(limit - 1) : null);
        }

        rows.Reverse();
        return new InboxPage(rows, more ? CursorAt(limit) : null, query.Cursor);

        string CursorAt(int at) => new InboxCursor(
            query.Sort, places[at].Stretch, asOf, DateTime.SpecifyKind(places[at].Place.Key, DateTimeKind.Utc), places[at].Place.Id).Write();
    }

    internal static async Task<IReadOnlyCollection<long>> AllNumbersAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        await db.Numbers.Select(n => n.Id).ToListAsync(cancellationToken);

    private async Task<List<InboxRow>> RowsAsync(WaConsoleDb db, List<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await Project(db, db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id)), whatsApp.UtcNow)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    internal static IQueryable<InboxRow> Project(WaConsoleDb db, IQueryable<Conversation> rows, DateTime nowUtc) => rows.Select(c => new InboxRow(
        c.Id,
        c.ContactId,
        ContactName.Of(c.Contact.GivenName, c.Contact.ProfileName, c.Contact.Username, c.Contact.Phone, c.Contact.UserId),
        c.Contact.Phone,
        c.Contact.UserId,
        c.Contact.Username,
        c.NumberId,
        c.Number.Name,
        c.Number.DisplayPhoneNumber,
        c.Status,
        c.SnoozedUntilUtc,
        c.AssigneeId,
        db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.DisplayName).FirstOrDefault(),
        c.UnreadCount,
        c.LastActivityAtUtc,
        c.LastPreview,
        c.LastKind,
        c.LastDirection,
        c.LastStatus,
        c.WaitingSinceUtc,
        WindowView.Of(c.WindowExpiresAtUtc, c.EntryPointExpiresAtUtc, nowUtc),
        c.Contact.OptedOutAtUtc != null,
        c.LabelIds,
        c.Contact.Phone == null && c.Contact.UserId == null && c.Contact.Identifiers.Any(i => i.Kind == IdentifierKind.Group))
    {
        LastMessageId = c.LastMessageId,
    });
}

public sealed class InvalidCursorException() : Exception("The cursor is not valid. Start again without one.");
