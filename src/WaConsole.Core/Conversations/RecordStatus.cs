using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Keeps a status as a fact and derives the message's state from it. A status that carries our own id settles a send whose answer
/// was lost: WhatsApp echoes it as biz_opaque_callback_data in every status of the message (Meta, Send messages, November 2025).
/// </summary>
internal static class RecordStatus
{
    private const int ReEngagementNeeded = 131047;
    private const int StatusLength = 64;
    private const int ParticipantLength = 256;

    /// <summary>Before the id of the message that was reacted to, in what WhatsApp echoes with the statuses of the reaction.</summary>
    public const string ReactionMark = "reaction:";

    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, StatusItem item, Reception at, CancellationToken cancellationToken)
    {
        if (item.IsPayment)
        {
            return new Recorded.Stored();
        }

        if (IsOfReaction(item))
        {
            await LoseReactionAsync(db, item, at, cancellationToken);
            return new Recorded.Stored();
        }

        var fact = FactOf(item);
        var known = await db.MessageStatusFacts.AnyAsync(
            f => f.Wamid == fact.Wamid && f.Status == fact.Status && f.Participant == fact.Participant, cancellationToken);
        if (known)
        {
            return new Recorded.Duplicate();
        }

        if (await FindAsync(db, item, fact.Wamid, cancellationToken) is not { } message)
        {
            return new Recorded.WaitsFor(fact.Wamid);
        }

        fact.MessageId = message.Id;
        db.MessageStatusFacts.Add(fact);
        await SettleAsync(db, message, fact.Wamid, at, cancellationToken);
        var wasLost = message.Status == DeliveryStatus.Failed;
        Move(message, item);
        if (EndsConsent(item))
        {
            await db.SaveChangesAsync(cancellationToken);
            var stop = NewConsent.Stop(
                ConsentPurpose.Marketing, ConsentSource.WhatsAppRefusal, item.TimestampUtc, new ConsentEvidence { Wamid = fact.Wamid });
            await KeepConsent.ApplyAsync(db, message.Conversation.ContactId, stop with { NumberId = message.NumberId }, cancellationToken);
            await TellConsent.ApplyAsync(db, message.Conversation.ContactId, at.Changes, cancellationToken);
        }

        await LearnRecipientAsync(db, message.Conversation.Contact, item, at, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (!wasLost && message.Status == DeliveryStatus.Failed)
        {
            await LoseReply.ApplyAsync(db, [message.Id], item.TimestampUtc, at.NowUtc, at.Changes, cancellationToken);
        }

        Tell(at.Changes, message, item);
        return new Recorded.Stored();
    }

    /// <summary>
    /// A failure may also have closed the window or told that the customer wants no more, and the first answer to somebody who came from an ad
    /// begins their free time; any other status is a tick.
    /// </summary>
    public static void Tell(ChangeSet changes, Message message, StatusItem item, long? staysWith = null)
    {
        if (item.Kind == StatusKind.Failed || IsFreeEntryPoint(item))
        {
            changes.NewLine(message.NumberId, message.ConversationId, message.Id);
        }
        else
        {
            changes.Line(message.NumberId, message.ConversationId, message.Id, staysWith);
        }
    }

    public static MessageStatusFact FactOf(StatusItem item) => new()
    {
        Wamid = ReceivedMessage.WamidOf(item.Wamid),
        Status = StoredText.Clean(item.Status, StatusLength),
        Participant = StoredText.Clean(item.ParticipantUserId ?? item.ParticipantId, ParticipantLength),
        AtUtc = item.TimestampUtc,
        ErrorCode = item.Errors.Count > 0 ? item.Errors[0].Code : null,
        RawJson = item.RawJson,
    };

    /// <summary>Our own id of the message, as we gave it when sending.</summary>
    public static Guid? ClientKeyOf(StatusItem item) => Guid.TryParseExact(item.CallbackData, "N", out var clientKey) ? clientKey : null;

    /// <summary>A reaction is no line of the thread: of its statuses only that it failed means something.</summary>
    public static bool IsOfReaction(StatusItem item) => item.CallbackData?.StartsWith(ReactionMark, StringComparison.Ordinal) == true;

    /// <summary>WhatsApp says that this customer wants no marketing.</summary>
    public static bool EndsConsent(StatusItem item) =>
        item.Kind == StatusKind.Failed && item.Errors.Any(error => error.Code == RetryPlan.OptedOut);

    /// <summary>The customer a status names, when it names one by a user id.</summary>
    public static PersonIdentity? RecipientOf(StatusItem item, string scope, string? phone) =>
        item.RecipientUserId is { Length: > 0 } userId && item.ParticipantId is null
            ? new PersonIdentity(scope, phone, userId, item.RecipientParentUserId, item.ContactUsername, item.ContactName)
            : null;

    /// <summary>Pure: whether to look closer at whom a status names, see <see cref="NewcomerOf"/>.</summary>
    public static bool MayShowAnother(StatusItem item, string? knownUserId) =>
        knownUserId is not null && item is { RecipientId.Length: > 0, RecipientUserId: { Length: > 0 } shown } && shown != knownUserId;

    /// <summary>
    /// Pure: who has the number of a contact now, when a status shows another user id behind it. An id that was the contact's says nothing, since
    /// statuses come late; nor does one without the number, which may be the same person's after a move.
    /// </summary>
    /// <param name="contact">With identifiers.</param>
    public static PersonIdentity? NewcomerOf(StatusItem item, string scope, Contact contact) =>
        MayShowAnother(item, contact.UserId)
        && RecipientOf(item, scope, item.RecipientId)?.Cleaned() is { } who
        && ResolveContact.PassedFrom(contact, who) is not null
        && !contact.Identifiers.Any(i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.Value == who.UserId)
            ? who with { SeenAtUtc = item.TimestampUtc }
            : null;

    /// <summary>WhatsApp has these messages, whatever became of the answers to our requests: the right to send them is used up.</summary>
    public static Task UseUpAsync(WaConsoleDb db, IReadOnlyCollection<long> messageIds, CancellationToken cancellationToken) =>
        db.Outbox.Where(e => EF.Parameter(messageIds).Contains(e.MessageId) && e.State != OutboxState.Done)
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, OutboxState.Done).SetProperty(e => e.LeasedUntilUtc, (DateTime?)null),
                cancellationToken);

    /// <summary>Replies among these messages: who waited for one that fails waits again.</summary>
    public static Task<List<long>> RepliesAmongAsync(WaConsoleDb db, IReadOnlyCollection<long> messageIds, CancellationToken cancellationToken) =>
        LoseReply.AmongAsync(db, messageIds, cancellationToken);

    /// <summary>Nothing but a webhook will tell: the outbox row is still open.</summary>
    public static bool IsUnsettled(Message message) => message.Status <= DeliveryStatus.Accepted;

    private static async Task LoseReactionAsync(WaConsoleDb db, StatusItem item, Reception at, CancellationToken cancellationToken)
    {
        if (item.Kind != StatusKind.Failed || !long.TryParse(item.CallbackData.AsSpan(ReactionMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return;
        }

        // WhatsApp's times are whole seconds. One that was chosen since is not the one that failed.
        var before = item.TimestampUtc.AddSeconds(1);
        var gone = await db.Set<Reaction>().Where(r => r.MessageId == id && !r.FromCustomer && r.AtUtc < before).ExecuteDeleteAsync(cancellationToken);
        if (gone > 0 && await db.Messages.Where(m => m.Id == id).Select(m => new { m.NumberId, m.ConversationId }).SingleOrDefaultAsync(cancellationToken) is { } message)
        {
            at.Changes.Add(new MessageChanged(message.NumberId, message.ConversationId, id));
        }
    }

    private static async Task<Message?> FindAsync(WaConsoleDb db, StatusItem item, string wamid, CancellationToken cancellationToken)
    {
        var messages = db.Messages.Include(m => m.Conversation).ThenInclude(c => c.Contact);
        if (await messages.SingleOrDefaultAsync(m => m.Wamid == wamid, cancellationToken) is { } message)
        {
            return message;
        }

        return ClientKeyOf(item) is { } clientKey
            ? await messages.SingleOrDefaultAsync(m => m.ClientKey == clientKey, cancellationToken)
            : null;
    }

    private static async Task SettleAsync(
        WaConsoleDb db, Message message, string wamid, Reception at, CancellationToken cancellationToken)
    {
        if (message.Wamid is null)
        {
            message.Wamid = wamid;
            at.AppearedWamid = wamid;
        }

        if (IsUnsettled(message))
        {
            await UseUpAsync(db, [message.Id], cancellationToken);
        }
    }

    /// <summary>Pure: what the status changes on the message and its conversation.</summary>
    public static void Move(Message message, StatusItem item)
    {
        var conversation = message.Conversation;
        var state = StateOf(item) is { } reported ? message.Status.After(reported) : message.Status;
        if (state != message.Status)
        {
            message.Status = state;
            message.StatusAtUtc = item.TimestampUtc;
            TakeError(message, state == DeliveryStatus.Failed ? item.Errors : []);
        }

        if (conversation.LastMessageId == message.Id)
        {
            conversation.LastStatus = message.Status;
        }

        if (item.Kind == StatusKind.Failed && item.Errors.Any(error => error.Code == ReEngagementNeeded))
        {
            OpenWindow.Shut(conversation, item.TimestampUtc);
        }

        if (item.Pricing is { } pricing)
        {
            message.PricingCategory = StoredText.CleanOrNull(pricing.Category, StatusLength) ?? message.PricingCategory;
            message.PricingType = StoredText.CleanOrNull(pricing.Type, StatusLength) ?? message.PricingType;
            EstimateQueued.PutCharge(message);
        }

        if (item is { Conversation.ExpiresUtc: { } expires } && IsFreeEntryPoint(item)
            && (conversation.EntryPointExpiresAtUtc is null || expires > conversation.EntryPointExpiresAtUtc))
        {
            conversation.EntryPointExpiresAtUtc = expires;
        }
    }

    private static DeliveryStatus? StateOf(StatusItem item) => item.Kind switch
    {
        StatusKind.Sent => DeliveryStatus.Sent,
        StatusKind.Delivered => DeliveryStatus.Delivered,
        StatusKind.Read => DeliveryStatus.Read,
        StatusKind.Played => DeliveryStatus.Played,
        StatusKind.Failed => DeliveryStatus.Failed,
        _ => null,
    };

    private static void TakeError(Message message, IReadOnlyList<CloudApiError> errors)
    {
        var error = errors.Count > 0 ? errors[0] : null;
        message.ErrorCode = error?.Code;
        message.ErrorTitle = StoredText.CleanOrNull(error?.Title);
        message.ErrorDetails = StoredText.CleanOrNull(error?.Details ?? error?.Message);
    }

    /// <summary>Since v24.0 only these carry a conversation; older versions sent one with every message.</summary>
    private static bool IsFreeEntryPoint(StatusItem item) =>
        string.Equals(item.Pricing?.Type, "free_entry_point", StringComparison.OrdinalIgnoreCase)
        || string.Equals(item.Conversation?.OriginType, "referral_conversion", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Somebody known by phone alone gets the user id with the first status; a name in it is newer than ours. Another user id behind the number is
    /// somebody else.
    /// </summary>
    private static async Task LearnRecipientAsync(
        WaConsoleDb db, Contact contact, StatusItem item, Reception at, CancellationToken cancellationToken)
    {
        if (MayShowAnother(item, contact.UserId))
        {
            await db.Entry(contact).Collection(c => c.Identifiers).LoadAsync(cancellationToken);
            if (NewcomerOf(item, at.Scope, contact) is { } newcomer)
            {
                await db.SaveChangesAsync(cancellationToken);
                await ResolveContact.ApplyAsync(db, newcomer, at.NowUtc, cancellationToken);
                await TellIdentity.ApplyAsync(db, contact, at, cancellationToken);
            }

            return;
        }

        if (contact.UserId is not null || RecipientOf(item, at.Scope, contact.Phone) is not { } recipient)
        {
            return;
        }

        await db.SaveChangesAsync(cancellationToken);
        await ResolveContact.ApplyAsync(db, recipient, at.NowUtc, cancellationToken);
    }
}
