using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Stores a customer's message with its contact and conversation in the caller's transaction: unique by wamid, whoever wrote it is
/// resolved, the conversation reopens, the window moves by the message's own time.
/// </summary>
internal static class ReceiveMessage
{
    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, InboundMessageItem item, Reception at, CancellationToken cancellationToken)
    {
        var from = SenderOf(item, at.Scope);
        if (at.NumberId is not { } numberId)
        {
            return new Recorded.Refused("The message does not say which business number it came to.");
        }

        if (!from.HasKey)
        {
            return new Recorded.Refused("The message does not say who sent it.");
        }

        var wamid = ReceivedMessage.WamidOf(item.Wamid);
        if (await db.Messages.AnyAsync(m => m.Wamid == wamid, cancellationToken))
        {
            return new Recorded.Duplicate();
        }

        if (item.System is { } notice)
        {
            return await RecordSystemNotice.ApplyAsync(db, item, notice, from, at, cancellationToken);
        }

        var contact = await ResolveContact.ApplyAsync(db, from, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (TellIdentity.Changed(db, at).Count > 0)
        {
            await TellIdentity.ApplyAsync(db, contact, at, cancellationToken);
        }

        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, numberId, at.NowUtc, cancellationToken);

        var message = ReceivedMessage.Of(item, conversation, MessageDirection.Inbound, at.NowUtc);
        await QuoteAsync(db, message, cancellationToken);
        db.Messages.Add(message);
        await db.SaveChangesAsync(cancellationToken);

        Arrive(conversation, message, item, at.Arrivals);
        await db.SaveChangesAsync(cancellationToken);
        await HearWish.ApplyAsync(db, item, message, conversation, at, cancellationToken);
        await HearAgreement.ApplyAsync(db, item, message, conversation, at, cancellationToken);

        at.MediaWaits |= message.MediaFile is not null;
        at.AppearedWamid = wamid;
        at.Changes.NewLine(conversation.NumberId, conversation.Id, message.Id);
        return new Recorded.Stored();
    }

    public static PersonIdentity SenderOf(InboundMessageItem item, string scope) => new PersonIdentity(
        scope, item.From ?? item.WaId, item.FromUserId, item.FromParentUserId, item.Username, item.ProfileName)
    {
        SeenAtUtc = item.TimestampUtc,
    }.Cleaned();

    /// <summary>Joins an answer to the line it quotes, when we have that line.</summary>
    public static async Task QuoteAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken)
    {
        if (message.ReplyToWamid is { } quoted)
        {
            message.ReplyToMessageId = await db.Messages
                .Where(m => m.Wamid == quoted && m.NumberId == message.NumberId)
                .Select(m => (long?)m.Id)
                .FirstOrDefaultAsync(cancellationToken);
        }
    }

    /// <summary>Pure: what a message that has its id changes on its conversation.</summary>
    public static void Arrive(Conversation conversation, Message message, InboundMessageItem item, Arrivals arrivals)
    {
        Wait(conversation, message, arrivals);
        if (item.ReferralJson is { } referral && ReceivedContent.ReadReferral(referral) is { } ad)
        {
            conversation.ReferralJson = ContentJson.Write(ad);
        }

        if (OpensWindow(item))
        {
            OpenWindow.By(conversation, item.TimestampUtc);
        }
    }

    /// <summary>Pure: the newest line, unread and to be answered.</summary>
    public static void Wait(Conversation conversation, Message message, Arrivals arrivals)
    {
        arrivals.Add(conversation, began: conversation.WaitingSinceUtc is null);
        ShowLast.Apply(conversation, message);
        conversation.UnreadCount++;
        conversation.FirstUnreadMessageId ??= message.Id;
        conversation.WaitingSinceUtc ??= message.SentAtUtc;
        conversation.Answered();
        conversation.Status = ConversationStatus.Open;
        conversation.SnoozedUntilUtc = null;
    }

    /// <summary>
    /// Whether an edit or a reaction opens the window is not documented, so they do not; numbers without the phone app get edits as
    /// an unsupported message. Everything else a customer sends opens it, unsupported kinds included.
    /// </summary>
    private static bool OpensWindow(InboundMessageItem item) =>
        item.Kind != CloudApi.MessageKind.Unsupported || item.UnsupportedType is not ("edit" or "reaction");
}
