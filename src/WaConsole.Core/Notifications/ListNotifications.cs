using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Notifications;

public sealed record NotificationView(
    long Id, NotificationKind Kind, long ConversationId, long? MessageId, string CustomerName, string ActorName, string Preview, DateTime AtUtc, bool IsRead);

/// <summary><see cref="Unread"/> is counted up to <see cref="ListNotifications.MaxCount"/>.</summary>
public sealed record NotificationList(IReadOnlyList<NotificationView> Newest, int Unread)
{
    public static NotificationList Empty { get; } = new([], 0);
}

/// <summary>
/// What the caller was told lately: what they have not seen first, each part newest first. Conversations of numbers that are not theirs any more
/// are left out.
/// </summary>
public sealed class ListNotifications(Store store)
{
    public const int Shown = 40;

    public const int MaxCount = 100;

    public async Task<NotificationList> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.MayUseInbox || caller.AgentId is not { } agentId)
        {
            return NotificationList.Empty;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var numbers = caller.Numbers?.ToList();
        var seen =
            from note in db.Notifications.AsNoTracking()
            join conversation in db.Conversations on note.ConversationId equals conversation.Id
            where note.AgentId == agentId && (numbers == null || numbers.Contains(conversation.NumberId))
            select new Told { Note = note, Conversation = conversation };
        var unread = seen.Where(row => row.Note.ReadAtUtc == null).OrderByDescending(row => row.Note.Id);
        var newest = await ShownAsync(unread, Shown);
        var count = newest.Count < Shown ? newest.Count : await unread.Take(MaxCount).CountAsync(cancellationToken);
        if (newest.Count < Shown)
        {
            // One may have been read between the two questions. It is shown once: the screen knows its entries by their ids.
            var shown = newest.Select(note => note.Id).ToArray();
            newest.AddRange(await ShownAsync(
                seen.Where(row => row.Note.ReadAtUtc != null && !shown.Contains(row.Note.Id)).OrderByDescending(row => row.Note.Id),
                Shown - newest.Count));
        }

        return new NotificationList(await WithReasonsAsync(db, newest, cancellationToken), count);

        Task<List<NotificationView>> ShownAsync(IQueryable<Told> rows, int atMost) => rows.Take(atMost)
            .Select(row => new NotificationView(
                row.Note.Id,
                row.Note.Kind,
                row.Note.ConversationId,
                row.Note.MessageId,
                ContactName.Of(
                    row.Conversation.Contact.GivenName, row.Conversation.Contact.ProfileName, row.Conversation.Contact.Username,
                    row.Conversation.Contact.Phone, row.Conversation.Contact.UserId),
                row.Note.ActorName,
                row.Note.Preview,
                row.Note.AtUtc,
                row.Note.ReadAtUtc != null))
            .ToListAsync(cancellationToken);
    }

    /// <summary>In the reader's language, as beside the message itself.</summary>
    private static async Task<List<NotificationView>> WithReasonsAsync(
        WaConsoleDb db, List<NotificationView> notes, CancellationToken cancellationToken)
    {
        notes = [.. notes.Select(note => note.Kind == NotificationKind.DraftKept ? note with { Preview = KeptText.Read(note.Preview)! } : note)];
        var ids = notes.Where(note => note.Kind == NotificationKind.Failed).Select(note => note.MessageId).ToList();
        if (ids.Count == 0)
        {
            return notes;
        }

        var errors = await db.Messages.AsNoTracking().Where(m => ids.Contains(m.Id))
            .Select(m => new { m.Id, m.ErrorCode, m.ErrorTitle })
            .ToDictionaryAsync(m => m.Id, m => m.ErrorCode is { } code ? ErrorSentence.Of(code) : KeptText.Read(m.ErrorTitle), cancellationToken);
        return [.. notes.Select(note => note.Kind == NotificationKind.Failed && note.MessageId is { } id
            ? note with { Preview = errors.GetValueOrDefault(id) ?? Texts.Conversations.Of("NoReason") }
            : note)];
    }

    private sealed record Told
    {
        public required Notification Note { get; init; }

        public required Conversation Conversation { get; init; }
    }
}
