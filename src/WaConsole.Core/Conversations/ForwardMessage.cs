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
    private readonly MediaStore _files;
    private readonly StoreUpload _upload;
    private readonly SendReply _send;

    internal ForwardMessage(Store store, MediaStore files, StoreUpload upload, SendReply send)
    {
        (_store, _files, _upload, _send) = (store, files, upload, send);
    }

    /// <param name="caller">Must see both conversations.</param>
    /// <param name="messageId">A text or a file, of either side.</param>
    /// <param name="conversationId">Where it goes.</param>
    /// <param name="clientKey">Made once for one wish to forward: the same again is the same message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SendReplyOutcome> RunAsync(
        Caller caller, long messageId, long conversationId, Guid clientKey, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        Message? message;
        await using (var db = await _store.OpenAsync(cancellationToken))
        {
            if (await QueueReply.EarlierAsync(db, clientKey, conversationId, null, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            message = await db.Messages.AsNoTracking().Include(m => m.MediaFile)
                .SingleOrDefaultAsync(m => m.Id == messageId && m.DeletedAtUtc == null, cancellationToken);
        }

        if (message is null || !caller.MaySeeNumber(message.NumberId))
        {
            return new SendReplyOutcome.NoSuchConversation();
        }

        var (content, refusal) = await ContentAsync(caller, message, cancellationToken);
        return content is null
            ? new SendReplyOutcome.Refused(refusal!)
            : await _send.RunAsync(caller, new Reply(conversationId, clientKey, content), cancellationToken);
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

        if (message is not { Direction: not MessageDirection.None, MediaFile: { State: MediaState.Ready } file } || !File.Exists(_files.PathOf(file.Key)))
        {
            return (null, new Refusal("not_forwardable", Texts.Conversations.Of("NotForwardable")));
        }

        await using var bytes = File.OpenRead(_files.PathOf(file.Key));
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
