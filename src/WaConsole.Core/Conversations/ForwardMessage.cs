using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Sends what stands in one conversation to another, as our own message: WhatsApp's API knows no forwarding. The same gate decides. A
/// file is copied: those who may see one conversation do not thereby see the files of the other.
/// </summary>
public sealed class ForwardMessage
{
    private readonly Store _store;
    private readonly OpenMedia _open;
    private readonly StoreUpload _upload;
    private readonly SendReply _send;
    private readonly DropUpload _drop;
    private readonly UndoSend _undo;

    internal ForwardMessage(Store store, OpenMedia open, StoreUpload upload, SendReply send, DropUpload drop, UndoSend undo)
    {
        (_store, _open, _upload, _send, _drop, _undo) = (store, open, upload, send, drop, undo);
    }

    /// <param name="caller">Must see both conversations.</param>
    /// <param name="messageId">A text or a file, of either side.</param>
    /// <param name="conversationId">Where it goes.</param>
    /// <param name="clientKey">Made once for one wish to forward: the same again is the same message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SendReplyOutcome> RunAsync(
        Caller caller, long messageId, long conversationId, Guid clientKey, CancellationToken cancellationToken) =>
        RunAsync(caller, messageId, conversationId, clientKey, TimeSpan.Zero, cancellationToken);

    /// <summary>The same, held back for a while in which it can be taken back.</summary>
    public async Task<SendReplyOutcome> RunAsync(
        Caller caller, long messageId, long conversationId, Guid clientKey, TimeSpan hold, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        Message? message;
        long? target;
        await using (var db = await _store.OpenAsync(cancellationToken))
        {
            if (await QueueReply.EarlierAsync(db, clientKey, conversationId, null, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            message = await db.Messages.AsNoTracking().Include(m => m.MediaFile)
                .SingleOrDefaultAsync(m => m.Id == messageId && m.DeletedAtUtc == null, cancellationToken);
            target = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        }

        // Before a file is copied for it.
        if (message is null || !caller.MaySeeNumber(message.NumberId) || target is not { } number || !caller.MaySeeNumber(number))
        {
            return new SendReplyOutcome.NoSuchConversation();
        }

        var (content, refusal) = await ContentAsync(caller, message, cancellationToken);
        if (content is null)
        {
            return new SendReplyOutcome.Refused(refusal!);
        }

        var outcome = await _send.RunAsync(caller, new Reply(conversationId, clientKey, content, Hold: hold), cancellationToken);
        if (content is ReplyContent.Media { MediaFileId: var copy } && outcome is not SendReplyOutcome.Queued { Repeated: false })
        {
            await _drop.RunAsync(caller, copy, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>Nothing of it stays: it was not written there, and is no draft.</summary>
    /// <param name="caller">Who forwarded.</param>
    /// <param name="messageId">Of the outcome.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it is on its way.</returns>
    public async Task<bool> TakeBackAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        long? copy;
        await using (var db = await _store.OpenAsync(cancellationToken))
        {
            copy = await db.Messages.Where(m => m.Id == messageId).Select(m => m.MediaFileId).SingleOrDefaultAsync(cancellationToken);
        }

        if (await _undo.RunAsync(caller, messageId, asDraft: false, cancellationToken) is not UndoSendOutcome.Undone)
        {
            return false;
        }

        if (copy is { } file)
        {
            await _drop.RunAsync(caller, file, CancellationToken.None);
        }

        return true;
    }

    /// <summary>What the forward button is shown for.</summary>
    public static bool MayForward(ThreadLine line) => line is { Id: > 0, Deleted: false } && line.Direction != MessageDirection.None && line.Kind switch
    {
        MessageKind.Text => line.Text.Length > 0,
        MessageKind.Image or MessageKind.Video or MessageKind.Audio or MessageKind.Document or MessageKind.Sticker => line.Media is { State: MediaState.Ready },
        _ => false,
    };

    private async Task<(ReplyContent? Content, Refusal? Refusal)> ContentAsync(Caller caller, Message message, CancellationToken cancellationToken)
    {
        if (message is { Kind: MessageKind.Text, Text.Length: > 0, Direction: not MessageDirection.None })
        {
            return (new ReplyContent.Text(message.Text), null);
        }

        if (message is not { Direction: not MessageDirection.None, MediaFile: { } file }
            || await _open.RunAsync(caller, file.Key, cancellationToken) is not { } source)
        {
            return (null, new Refusal("not_forwardable", Texts.Conversations.Of("NotForwardable")));
        }

        await using var bytes = File.OpenRead(source.Path);
        return await _upload.RunAsync(caller, bytes, file.FileName, cancellationToken) switch
        {
            UploadOutcome.Stored copy => (MediaOf(message, copy), null),
            UploadOutcome.Refused refused => (null, new Refusal(refused.Code, refused.Sentence)),
            _ => throw new InvalidOperationException("An upload ended in an unknown way."),
        };
    }

    private static ReplyContent.Media MediaOf(Message message, UploadOutcome.Stored copy) => new(
        copy.SendAs,
        copy.MediaFileId,
        copy.SendAs is MessageKind.Audio or MessageKind.Sticker || message.Text.Length == 0 ? null : message.Text,
        copy.SendAs == MessageKind.Document ? copy.FileName : null,
        copy is { SendAs: MessageKind.Audio, MimeType: "audio/ogg" } && ContentJson.Read(message.ContentJson) is MessageContent.Voice { IsVoiceNote: true });
}
