using WaConsole.Core.Sending;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: what was composed becomes the messages WhatsApp knows: one per file, the text as the first caption when it can be one.</summary>
public static class SplitReply
{
    /// <summary>A longer text is no caption: it follows the files it was written for.</summary>
    public const int LongestCaption = GateRules.CaptionLimit;

    /// <param name="conversationId">Where they go.</param>
    /// <param name="key">Made once per wish to send: the same wish again is the same messages.</param>
    /// <param name="text">As it was typed.</param>
    /// <param name="files">In their order.</param>
    /// <param name="replyTo">The message the first of them answers.</param>
    public static IReadOnlyList<Reply> Run(long conversationId, Guid key, string text, IReadOnlyList<DraftFile> files, long? replyTo)
    {
        var body = text.Trim();
        List<ReplyContent> parts = [];
        var isAboutFile = body.Length > 0 && files is [{ TakesCaption: true }, ..];
        var captionGoesWithFile = isAboutFile && body.Length <= LongestCaption;
        if (body.Length > 0 && !isAboutFile)
        {
            parts.Add(new ReplyContent.Text(body));
        }

        for (var at = 0; at < files.Count; at++)
        {
            var file = files[at];
            var caption = captionGoesWithFile && at == 0 ? body : null;
            parts.Add(new ReplyContent.Media(
                file.SendAs, file.MediaFileId, caption, file.SendAs == MessageKind.Document ? file.FileName : null, file.IsVoiceNote));
        }

        if (isAboutFile && !captionGoesWithFile)
        {
            parts.Add(new ReplyContent.Text(body));
        }

        return [.. parts.Select((part, index) => new Reply(conversationId, KeyOf(key, index), part, index == 0 ? replyTo : null))];
    }

    /// <summary>The key of the first part is the wish itself; later parts differ from it in the last byte.</summary>
    public static Guid KeyOf(Guid key, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        bytes[15] ^= (byte)index;
        return new Guid(bytes);
    }
}
