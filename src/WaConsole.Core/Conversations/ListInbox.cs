using Microsoft.EntityFrameworkCore;
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
}

/// <summary><see cref="Cursor"/> is the opaque <see cref="InboxPage.Next"/> of the page before. <see cref="Status"/> null means all. Limit 1 to 100.</summary>
public sealed record InboxQuery(
    InboxTab Tab = InboxTab.All,
    ConversationStatus? Status = ConversationStatus.Open,
    InboxSort Sort = InboxSort.Newest,
    string? Search = null,
    long? NumberId = null,
    string? Cursor = null,
    int Limit = 50,
    long? LabelId = null);

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
    string? LabelIds);

public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, string? Next);

/// <summary>
/// Counts of the tabs under the query's status, number and label, and unread conversations over all. Counting stops at
/// <see cref="ListInbox.MaxCount"/>, which then means that many or more.
/// </summary>
public sealed record InboxCounts(int Mine, int Unassigned, int All, int UnreadConversations);

/// <summary>A page of conversations the caller may see, by keyset.</summary>
public sealed class ListInbox(Store store, WhatsAppClock whatsApp)
{
    public const int MaxLimit = 100;

    public const int MaxCount = 10_000;

    /// <exception cref="InvalidCursorException">The cursor is not one of ours, or belongs to another sort.</exception>
    public async Task<InboxPage> RunAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken)
    {
        var numbers = NumbersOf(caller, query.NumberId);
        var after = query.Cursor is { Length: > 0 } cursor ? InboxCursor.Read(cursor, query.Sort) : null;
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        if (numbers is { Count: 0 } || (query.Tab == InboxTab.Mine && caller.AgentId is null))
        {
            return new InboxPage([], null);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var rows = InTab(OfNumbers(db.Conversations.AsNoTracking(), numbers), caller, query.Tab);
        if (query.Status is { } status)
        {
            rows = rows.Where(c => c.Status == status);
        }

        rows = await InboxLabel.OnlyAsync(db, rows, query.LabelId, cancellationToken);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var found = await SearchIndex.FindConversationsAsync(db, query.Search, numbers, cancellationToken);
            if (found.Count == 0)
            {
                return new InboxPage([], null);
            }

            rows = rows.Where(c => found.Contains(c.Id));
        }

        return await ReadAsync(db, rows, query.Sort, after, limit, cancellationToken);
    }

    public async Task<InboxCounts> CountAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken)
    {
        var numbers = NumbersOf(caller, query.NumberId);
        await using var db = await store.OpenAsync(cancellationToken);
        var rows = await InboxLabel.OnlyAsync(db, OfNumbers(db.Conversations, numbers), query.LabelId, cancellationToken);
        var unread = OfNumbers(db.Conversations, caller.Numbers).Where(c => c.UnreadCount > 0);
        if (query.Status is { } status)
        {
            rows = rows.Where(c => c.Status == status);
        }

        var mine = caller.AgentId is null ? 0 : await CountAsync(InTab(rows, caller, InboxTab.Mine));
        return new InboxCounts(
            mine, await CountAsync(InTab(rows, caller, InboxTab.Unassigned)), await CountAsync(rows), await CountAsync(unread));

        Task<int> CountAsync(IQueryable<Conversation> counted) =>
            counted.OrderByDescending(c => c.LastActivityAtUtc).ThenByDescending(c => c.Id).Take(MaxCount).CountAsync(cancellationToken);
    }

    private static IReadOnlyCollection<long>? NumbersOf(Caller caller, long? wanted)
    {
        caller.MustUseInbox();
        if (wanted is not { } number)
        {
            return caller.Numbers;
        }

        caller.MustSeeNumber(number);
        return [number];
    }

    private static IQueryable<Conversation> OfNumbers(IQueryable<Conversation> rows, IReadOnlyCollection<long>? numbers)
    {
        if (numbers is null)
        {
            return rows;
        }

        if (numbers.Count == 1)
        {
            var only = numbers.First();
            return rows.Where(c => c.NumberId == only);
        }

        return rows.Where(c => numbers.Contains(c.NumberId));
    }

    private static IQueryable<Conversation> InTab(IQueryable<Conversation> rows, Caller caller, InboxTab tab) => tab switch
    {
        InboxTab.Mine => rows.Where(c => c.AssigneeId == caller.AgentId),
        InboxTab.Unassigned => rows.Where(c => c.AssigneeId == null),
        _ => rows,
    };

    private async Task<InboxPage> ReadAsync(
        WaConsoleDb db, IQueryable<Conversation> rows, InboxSort sort, InboxCursor? after, int limit, CancellationToken cancellationToken)
    {
        var asOf = after?.AsOfUtc ?? whatsApp.UtcNow;
        var read = new List<(InboxRow Row, int Stretch)>();
        for (var stretch = after?.Stretch ?? 0; stretch < InboxOrder.StretchesOf(sort) && read.Count <= limit; stretch++)
        {
            var part = InboxOrder.Stretch(rows, sort, stretch, asOf, after).Take(limit + 1 - read.Count);
            foreach (var row in await Project(db, part, whatsApp.UtcNow).ToListAsync(cancellationToken))
            {
                read.Add((row, stretch));
            }
        }

        if (read.Count <= limit)
        {
            return new InboxPage([.. read.Select(r => r.Row)], null);
        }

        var (last, inStretch) = read[limit - 1];
        var next = new InboxCursor(sort, inStretch, asOf, InboxOrder.KeyOf(sort, inStretch, last), last.Id);
        return new InboxPage([.. read.Take(limit).Select(r => r.Row)], next.Write());
    }

    private static IQueryable<InboxRow> Project(WaConsoleDb db, IQueryable<Conversation> rows, DateTime nowUtc) => rows.Select(c => new InboxRow(
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
        c.LabelIds));
}

public sealed class InvalidCursorException() : Exception("The cursor is not valid. Start again without one.");
