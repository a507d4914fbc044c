using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A person sends a failed message again, or an unknown one after <see cref="UnknownWait"/> (a duplicate is then possible and the person was told).
/// The gate is asked again. The new try is a new message with its own client key; the old one keeps its history.
/// </summary>
public sealed class SendAgain(Store store, SendReply reply, TimeProvider clock)
{
    public static readonly TimeSpan UnknownWait = OfferAgain.After;

    /// <summary>What cannot be repeated is refused with code not_repeatable. Twice for the same message is one new message.</summary>
    public async Task<SendReplyOutcome> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId, cancellationToken);
        if (message is null || !caller.MaySeeNumber(message.NumberId))
        {
            return new SendReplyOutcome.NoSuchConversation();
        }

        if (Problem(message, clock.GetUtcNow().UtcDateTime) is { } problem)
        {
            return new SendReplyOutcome.Refused(new Refusal("not_repeatable", problem));
        }

        if (ContentOf(message) is not { } content)
        {
            return new SendReplyOutcome.Refused(new Refusal("not_repeatable", Texts.Sending.Of("CannotRepeat")));
        }

        return await reply.RunAsync(
            caller, new Reply(message.ConversationId, KeyOf(messageId), content, message.ReplyToMessageId) { InsteadOf = messageId },
            cancellationToken);
    }

    /// <summary>Messages that came from elsewhere (the phone app, an import) were not asked for here; their text is all there is.</summary>
    private static ReplyContent? ContentOf(Message message) =>
        ReplyJson.Read(message.ReplyJson) ?? (message.Kind == MessageKind.Text ? new ReplyContent.Text(message.Text) : null);

    private static string? Problem(Message message, DateTime nowUtc)
    {
        var since = message.StatusAtUtc ?? message.CreatedAtUtc;
        if (message.Direction == MessageDirection.Outbound && RepeatRules.MayRepeat(message.Status, message.ErrorCode, since, nowUtc))
        {
            return null;
        }

        return message.Status switch
        {
            DeliveryStatus.Unknown => Texts.Sending.Of("UnknownTooFresh", Texts.Moment(since + UnknownWait)),
            DeliveryStatus.Failed when message.ErrorCode is { } code => ErrorSentence.Of(code),
            _ => Texts.Sending.Of("NotSendableAgain"),
        };
    }

    /// <summary>The same for the same message, so that a double click is one try.</summary>
    private static Guid KeyOf(long messageId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"send again {messageId}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
