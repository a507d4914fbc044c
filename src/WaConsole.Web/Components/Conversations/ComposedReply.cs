using WaConsole.Core.Conversations;
using WaConsole.Core.Media;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: what is in the composer, as the messages it becomes and as the bubbles drawn for them.</summary>
public static class ComposedReply
{
    /// <param name="key">Made once per press of Send: the same press tried again is the same messages.</param>
    public static IReadOnlyList<Reply> Split(long conversationId, Guid key, string text, IReadOnlyList<AttachedFile> files, long? replyTo)
    {
        IReadOnlyList<DraftFile> kept =
        [
            .. files.Select(file => new DraftFile(
                file.MediaFileId!.Value, file.MediaKey ?? Guid.Empty, file.Name, file.MimeType ?? "", file.SizeBytes, file.SendAs ?? MessageKind.Document,
                file.IsVoiceNote)),
        ];
        return SplitReply.Run(conversationId, key, text, kept, replyTo);
    }

    /// <summary>The bubble drawn until the real line arrives under the same client key. Its id is negative: nothing can be done to it yet.</summary>
    public static ThreadLine Pending(Reply reply, IReadOnlyList<AttachedFile> files, string author, QuotedLine? quote, DateTime nowUtc)
    {
        var file = reply.Content is ReplyContent.Media media ? files.FirstOrDefault(f => f.MediaFileId == media.MediaFileId) : null;
        var (kind, text) = reply.Content switch
        {
            ReplyContent.Text words => (MessageKind.Text, words.Body),
            ReplyContent.Media sent => (sent.Kind, sent.Caption ?? ""),
            _ => (MessageKind.Template, ""),
        };
        var view = file is null
            ? null
            : new MediaView(file.MediaFileId!.Value, file.MediaKey!.Value, MediaState.Ready, file.MimeType ?? "", file.SizeBytes, file.Name, null, null, null);
        var content = reply.Content is ReplyContent.Media { Voice: true } ? new MessageContent.Voice(IsVoiceNote: true, Seconds: null) : null;
        return Line(reply.ClientKey, kind, text, content, view, author, reply.ReplyToMessageId is null ? null : quote, nowUtc);
    }

    public static ThreadLine Line(
        Guid key, MessageKind kind, string text, MessageContent? content, MediaView? media, string author, QuotedLine? quote, DateTime nowUtc) =>
        new(-1, null, key, MessageDirection.Outbound, kind, text, content, media, DeliveryStatus.Queued, null, nowUtc, author, quote,
            null, null, Forwarded: false, Edited: false, Deleted: false, null, MaySendAgain: false);

    public static bool CarriesText(Reply part) => part.Content is ReplyContent.Text or ReplyContent.Media { Caption: not null };
}
