using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>What goes out. Texts as the person typed them; files by the id of an upload of ours.</summary>
public abstract record ReplyContent
{
    private ReplyContent()
    {
    }

    public sealed record Text(string Body) : ReplyContent;

    /// <summary><see cref="Kind"/> is Image, Video, Audio, Document or Sticker and must fit the file's real type.</summary>
    public sealed record Media(MessageKind Kind, long MediaFileId, string? Caption = null, string? FileName = null, bool Voice = false) : ReplyContent;

    public sealed record Template(string Name, string Language, TemplateValues Values) : ReplyContent;
}

/// <summary>
/// <see cref="ClientKey"/> is made once by whoever composes (a screen, or derived from an Idempotency-Key): the same key twice is the same message.
/// <see cref="RequestHash"/>, when given, must be the same for the same key.
/// </summary>
public sealed record Reply(
    long ConversationId, Guid ClientKey, ReplyContent Content, long? ReplyToMessageId = null, OutboxLane Lane = OutboxLane.Agent, string? RequestHash = null);

public abstract record SendReplyOutcome
{
    private SendReplyOutcome()
    {
    }

    /// <summary>In the outbox, in one transaction with the message. <see cref="Repeated"/>: this key had been queued before; nothing new was sent.</summary>
    public sealed record Queued(long MessageId, long ConversationId, DeliveryStatus Status, bool Repeated) : SendReplyOutcome;

    public sealed record Refused(Refusal Why) : SendReplyOutcome;

    public sealed record NoSuchConversation : SendReplyOutcome;

    public sealed record KeyReused : SendReplyOutcome;
}

/// <summary>Queues a reply to a conversation. Sending it is the outbox's work; this asks the gate and records.</summary>
public sealed class SendReply(Store store, SendGate gate, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
{
    public Task<SendReplyOutcome> RunAsync(Caller caller, Reply reply, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
