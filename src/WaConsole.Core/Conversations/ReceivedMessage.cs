using WaConsole.CloudApi;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: the rows of a message as WhatsApp delivered it. Nothing in it can make it unfit to store.</summary>
internal static class ReceivedMessage
{
    private const int WamidLength = 512;

    public static string WamidOf(string wamid) => StoredText.Clean(wamid, WamidLength);

    /// <summary>The message this one answers.</summary>
    public static string? QuotedOf(MessageItem item) => StoredText.CleanOrNull(item.Context?.QuotedWamid, WamidLength);

    public static Message Of(MessageItem item, Conversation conversation, MessageDirection direction, DateTime nowUtc)
    {
        var kind = ReceivedContent.KindOf(item);
        var content = ReceivedContent.Of(item);
        return new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            Direction = direction,
            Kind = kind,
            Wamid = WamidOf(item.Wamid),
            Text = StoredText.Clean(item.Text),
            ContentJson = content is null ? null : ContentJson.Write(content),
            RawJson = item.RawJson,
            MediaFile = item.Media is { } media ? FileOf(media, kind, conversation, nowUtc) : null,
            SentAtUtc = item.TimestampUtc,
            CreatedAtUtc = nowUtc,
            ReplyToWamid = QuotedOf(item),
            Forwarded = item.Context is { Forwarded: true } or { FrequentlyForwarded: true },
        };
    }

    private static MediaFile FileOf(MessageMedia media, MessageKind kind, Conversation conversation, DateTime nowUtc)
    {
        var hasSource = media.Id is { Length: > 0 } || media.Url is { Length: > 0 };
        return new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = hasSource ? MediaState.Pending : MediaState.Failed,
            Failure = hasSource ? null : Texts.Media.Keep("NoFile"),
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            WhatsAppMediaId = StoredText.CleanOrNull(media.Id),
            SourceUrl = StoredText.CleanOrNull(media.Url),
            ClaimedMimeType = StoredText.CleanOrNull(media.MimeType),
            Sha256 = MediaHash.Parse(media.Sha256) is { } hash ? Convert.ToHexStringLower(hash) : null,
            FileName = SafeFileName.Of(StoredText.Clean(media.FileName), kind, media.MimeType),
            NextAttemptAtUtc = nowUtc,
            CreatedAtUtc = nowUtc,
        };
    }
}
