using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Interactive;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public abstract record UndoSendOutcome
{
    private UndoSendOutcome()
    {
    }

    /// <summary>
    /// <see cref="Text"/> is what was taken back; with its files and quote it is in the draft again. A draft has no place for something to
    /// tap: that comes back here whole, with the file that stood above it.
    /// </summary>
    public sealed record Undone(string Text, InteractiveMessage? Interactive = null, DraftFile? Head = null) : UndoSendOutcome;

    /// <summary>It is on its way, or was sent.</summary>
    public sealed record TooLate : UndoSendOutcome;

    /// <summary>Nothing of this caller's.</summary>
    public sealed record NoSuchMessage : UndoSendOutcome;
}

/// <summary>
/// Takes a reply back that no sender has begun: its right to be sent and the message go in one transaction, so that it either leaves or
/// never was. What was written is a draft again.
/// </summary>
public sealed class UndoSend
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal UndoSend(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public Task<UndoSendOutcome> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken) =>
        RunAsync(caller, messageId, asDraft: true, cancellationToken);

    /// <param name="caller">Whose it is.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="asDraft">False for what was not written in its conversation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<UndoSendOutcome> RunAsync(Caller caller, long messageId, bool asDraft, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterFirstAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().Include(m => m.MediaFile).SingleOrDefaultAsync(
            m => m.Id == messageId && m.Direction == MessageDirection.Outbound && m.AuthorId != null && m.AuthorId == caller.AgentId, cancellationToken);
        if (message is null)
        {
            return new UndoSendOutcome.NoSuchMessage();
        }

        await LockSent.RunAsync(db, [messageId], [message.ConversationId]);
        if (await LockConversation.RunAsync(db, caller, message.ConversationId, cancellationToken) is not { } conversation)
        {
            return new UndoSendOutcome.NoSuchMessage();
        }

        var entry = await NotBegun(db, messageId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (message.Kind is MessageKind.Template or MessageKind.Location or MessageKind.Contacts || entry is null || await NotBegun(db, messageId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new UndoSendOutcome.TooLate();
        }

        await db.Messages.Where(m => m.Id == messageId).ExecuteDeleteAsync(cancellationToken);
        await FreeFileAsync(db, message, cancellationToken);
        var undone = UndoneOf(message);
        if (asDraft && (undone.Interactive is null || message.ReplyToMessageId is not null))
        {
            await PutBackAsync(db, caller, message, undone, cancellationToken);
        }

        await HandleAsBeforeAsync(db, conversation, entry, cancellationToken);
        await ShowWithoutAsync(db, conversation, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish(
            new ConversationChanged(conversation.NumberId, conversation.Id), new InboxChanged(conversation.NumberId, conversation.Id));
        return undone;
    }

    private static UndoSendOutcome.Undone UndoneOf(Message message) => ReplyJson.Read(message.ReplyJson) is ReplyContent.Interactive { What: var what }
        ? new UndoSendOutcome.Undone("", what, message.MediaFile is { } head
            ? new DraftFile(head.Id, head.Key, head.FileName, head.MimeType, head.SizeBytes, UploadRules.KindOf(head.MimeType) ?? MessageKind.Document)
            : null)
        : new UndoSendOutcome.Undone(message.Text);

    /// <summary>A leased row may be uploading its file; one that was tried may have reached WhatsApp.</summary>
    private static IQueryable<OutboxEntry> NotBegun(WaConsoleDb db, long messageId) => db.Outbox.Where(e =>
        e.MessageId == messageId && e.State == OutboxState.Waiting && e.Attempts == 0 && e.LeasedBy == null);

    /// <summary>A file that went with nothing else is an upload not sent yet, which a draft may hold.</summary>
    private static async Task FreeFileAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken)
    {
        if (message.MediaFileId is { } file && !await db.Messages.AnyAsync(m => m.MediaFileId == file, cancellationToken))
        {
            await db.MediaFiles.Where(f => f.Id == file && f.UploadedById == message.AuthorId).ExecuteUpdateAsync(
                set => set.SetProperty(f => f.ConversationId, (long?)null).SetProperty(f => f.NumberId, (long?)null), cancellationToken);
        }
    }

    private async Task PutBackAsync(
        WaConsoleDb db, Caller caller, Message message, UndoSendOutcome.Undone undone, CancellationToken cancellationToken)
    {
        var agentId = caller.AgentId!.Value;
        var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == message.ConversationId && d.AgentId == agentId, cancellationToken);
        if (draft is null)
        {
            draft = new Draft { ConversationId = message.ConversationId, AgentId = agentId };
            db.Drafts.Add(draft);
        }

        // Something may have been begun since: it comes after.
        draft.Text = draft.Text.Length == 0 ? undone.Text : undone.Text.Length == 0 ? draft.Text : undone.Text + "\n" + draft.Text;
        draft.MediaFileIds = string.Join(',', [
            .. message.MediaFileId is { } file && undone.Interactive is null ? [file.ToString(System.Globalization.CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. draft.MediaFileIds.Split(',', StringSplitOptions.RemoveEmptyEntries),
        ]);
        draft.ReplyToMessageId ??= message.ReplyToMessageId;

        // What was taken back does not go out with what waits.
        draft.DeliverKey = null;
        draft.UpdatedAtUtc = _clock.GetUtcNow().UtcDateTime;
    }

    /// <summary>Status, snooze and waiting as they were, unless somebody handled the conversation since or it was answered after all.</summary>
    private static async Task HandleAsBeforeAsync(
        WaConsoleDb db, Conversation conversation, OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (entry.StatusBefore is not { } status || conversation.Status != ConversationStatus.Open)
        {
            return;
        }

        if (conversation.LastMessageId == entry.MessageId)
        {
            (conversation.Status, conversation.WaitingSinceUtc, conversation.SnoozedUntilUtc) =
                (status, entry.WaitingSinceBeforeUtc, entry.SnoozedUntilBeforeUtc);
        }
        else if (!await db.Messages.AnyAsync(
            m => m.ConversationId == conversation.Id && m.Id > entry.MessageId && m.Direction == MessageDirection.Outbound, cancellationToken))
        {
            conversation.WaitingSinceUtc = entry.WaitingSinceBeforeUtc ?? conversation.WaitingSinceUtc;
        }
        else if (await db.Outbox.Where(e => e.ConversationId == conversation.Id && e.MessageId > entry.MessageId && e.StatusBefore != null)
            .OrderBy(e => e.MessageId).FirstOrDefaultAsync(cancellationToken) is { } next)
        {
            // It is the first answer now, and may be taken back too.
            (next.StatusBefore, next.WaitingSinceBeforeUtc, next.SnoozedUntilBeforeUtc) =
                (status, entry.WaitingSinceBeforeUtc, entry.SnoozedUntilBeforeUtc);
        }
    }

    /// <summary>The row in the list with its newest line, as if it had not been sent.</summary>
    private static async Task ShowWithoutAsync(WaConsoleDb db, Conversation conversation, CancellationToken cancellationToken)
    {
        var lines = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation.Id && m.Direction != MessageDirection.None);
        var last = await lines.Include(m => m.MediaFile).OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken);
        conversation.LastMessageId = null;
        conversation.LastPreview = "";
        if (last is not null)
        {
            ShowLast.Apply(conversation, last);
        }
    }
}
