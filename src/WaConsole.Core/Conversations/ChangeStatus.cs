using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record ChangeStatusOutcome
{
    private ChangeStatusOutcome()
    {
    }

    public sealed record Done : ChangeStatusOutcome;

    public sealed record NoSuchConversation : ChangeStatusOutcome;

    /// <summary>The customer wrote something the caller has not seen: the conversation stays as it is.</summary>
    public sealed record NewerMessage(string Sentence) : ChangeStatusOutcome;
}

/// <summary>Opens, sets pending, snoozes (with a time; a new customer message always reopens) or resolves, and leaves an activity line.</summary>
public sealed class ChangeStatus
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;

    internal ChangeStatus(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
    {
        (_store, _lane, _live, _clock, _whatsApp) = (store, lane, live, clock, whatsApp);
    }

    /// <summary>Whatever the customer may have written.</summary>
    /// <returns>False when there is no such conversation the caller may see.</returns>
    public async Task<bool> RunAsync(
        Caller caller, long conversationId, ConversationStatus status, DateTime? snoozedUntilUtc, CancellationToken cancellationToken) =>
        await RunAsync(caller, conversationId, status, snoozedUntilUtc, null, cancellationToken) is ChangeStatusOutcome.Done;

    /// <param name="snoozedUntilUtc">Only for a snooze: when it ends. Null: when the customer writes.</param>
    /// <param name="seenMessageId">The newest message the caller saw: one that came after it is not put away unseen. Null asks nothing.</param>
    public async Task<ChangeStatusOutcome> RunAsync(
        Caller caller, long conversationId, ConversationStatus status, DateTime? snoozedUntilUtc, long? seenMessageId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterFirstAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return new ChangeStatusOutcome.NoSuchConversation();
        }

        var until = status == ConversationStatus.Snoozed ? snoozedUntilUtc : null;
        if (conversation.Status == status && conversation.SnoozedUntilUtc == until)
        {
            return new ChangeStatusOutcome.Done();
        }

        if (status != ConversationStatus.Open && seenMessageId is { } seen && await db.Messages.AnyAsync(
            m => m.ConversationId == conversationId && m.Id > seen && m.Direction == MessageDirection.Inbound, cancellationToken))
        {
            return new ChangeStatusOutcome.NewerMessage(Texts.Conversations.Of("NewerMessage"));
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        conversation.Status = status;
        conversation.SnoozedUntilUtc = until;
        IReadOnlyList<LiveChange> told = [];
        if (status == ConversationStatus.Resolved)
        {
            conversation.WaitingSinceUtc = null;
            told = await Notify.SettleAsync(db, [conversationId], except: null, cancellationToken);
        }

        var activity = new MessageContent.Activity(TypeOf(status), caller.Name, null, until);
        ActivityLine.Add(db, conversation, caller, activity, _whatsApp.UtcNow, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish([
            new ConversationChanged(conversation.NumberId, conversation.Id),
            new InboxChanged(conversation.NumberId, conversation.Id),
            .. told,
        ]);
        return new ChangeStatusOutcome.Done();
    }

    /// <summary>The word of the activity line.</summary>
    internal static string TypeOf(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "open",
        ConversationStatus.Pending => "pending",
        ConversationStatus.Snoozed => "snoozed",
        ConversationStatus.Resolved => "resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
