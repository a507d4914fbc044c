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
    int Limit = 50);

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
    bool OptedOut);

public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, string? Next);

/// <summary>Counts of the tabs under the query's status and number, and unread conversations over all.</summary>
public sealed record InboxCounts(int Mine, int Unassigned, int All, int UnreadConversations);

/// <summary>A page of conversations the caller may see, by keyset.</summary>
public sealed class ListInbox(Store store, WhatsAppClock whatsApp)
{
    /// <exception cref="InvalidCursorException">The cursor is not one of ours, or belongs to another sort.</exception>
    public Task<InboxPage> RunAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public Task<InboxCounts> CountAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

public sealed class InvalidCursorException() : Exception("The cursor is not valid. Start again without one.");
