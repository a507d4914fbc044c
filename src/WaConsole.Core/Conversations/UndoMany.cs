using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Takes back what <see cref="ActOnMany"/> did: each conversation is what it was before, with an activity line of its own. One that
/// somebody, or the customer, has changed since is left as it is now, and the outcome says so.
/// </summary>
public sealed class UndoMany
{
    private static readonly TimeSpan Touch = TimeSpan.FromMilliseconds(1);

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;
    private readonly LabelConversation _label;

    internal UndoMany(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp, LabelConversation label)
    {
        (_store, _lane, _live, _clock, _whatsApp, _label) = (store, lane, live, clock, whatsApp, label);
    }

    /// <param name="caller">Who takes it back: what they may not see any more stays.</param>
    /// <param name="act">What was done.</param>
    /// <param name="before">Of the outcome of that act.</param>
    /// <param name="cancellationToken">Ends between two conversations.</param>
    public async Task<ManyOutcome> RunAsync(Caller caller, ManyAct act, IReadOnlyList<BeforeAct> before, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        List<long> done = [];
        List<NotDone> left = [];
        foreach (var one in before.Take(ActOnMany.Most))
        {
            var why = act is ManyAct.Label label
                ? await UnlabelAsync(caller, label, one, cancellationToken)
                : await RestoreAsync(caller, act, one, cancellationToken);
            if (why is null)
            {
                done.Add(one.ConversationId);
            }
            else
            {
                left.Add(new NotDone(one.ConversationId, why));
            }
        }

        return new ManyOutcome(done, left, []);
    }

    /// <summary>Only labels the act really put on or took off: one that was there before stays.</summary>
    private async Task<string?> UnlabelAsync(Caller caller, ManyAct.Label act, BeforeAct before, CancellationToken cancellationToken)
    {
        var had = LabelIds.Read(before.LabelIds);
        var add = act.Remove.Except(act.Add).Intersect(had).ToList();
        var remove = act.Add.Except(had).ToList();
        return await _label.RunAsync(caller, before.ConversationId, add, remove, cancellationToken) switch
        {
            LabelOutcome.Done => null,
            LabelOutcome.NoSuchLabel => Texts.Conversations.Of("LabelGone"),
            _ => Texts.Conversations.Of("NotYours"),
        };
    }

    /// <returns>Why it stays as it is; null when it is as before.</returns>
    private async Task<string?> RestoreAsync(Caller caller, ManyAct act, BeforeAct before, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, caller, before.ConversationId, cancellationToken) is not { } conversation)
        {
            return Texts.Conversations.Of("NotYours");
        }

        if (!IsAsActed(conversation, act, before))
        {
            return Texts.Conversations.Of("ChangedSince");
        }

        string? assignee = null;
        if (act is ManyAct.Assign && before.AssigneeId is { } person)
        {
            assignee = await ListAssignees.Of(db, conversation.NumberId)
                .Where(agent => agent.Id == person)
                .Select(agent => agent.DisplayName)
                .SingleOrDefaultAsync(cancellationToken);
            if (assignee is null)
            {
                return Texts.Conversations.Of("CannotTake");
            }
        }

        var waitedNoMore = conversation.WaitingSinceUtc is null;
        if (Restore(conversation, act, before, caller.Name, assignee) is { } line)
        {
            ActivityLine.Add(db, conversation, caller, line, _whatsApp.UtcNow, _clock.GetUtcNow().UtcDateTime);
        }

        // Who has it was told that the customer wrote, until it was resolved.
        var told = waitedNoMore && conversation is { WaitingSinceUtc: not null, AssigneeId: { } owner } && owner != caller.AgentId
            ? Notify.Add(
                db, [owner], NotificationKind.Message, conversation.Id, conversation.LastMessageId,
                conversation.LastPreview, _clock.GetUtcNow().UtcDateTime)
            : [];
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _live.Publish([
            new ConversationChanged(conversation.NumberId, conversation.Id),
            new InboxChanged(conversation.NumberId, conversation.Id),
            .. told,
        ]);
        return null;
    }

    /// <summary>Still what the act made of it, or what it was when the act had nothing to do.</summary>
    private static bool IsAsActed(Conversation now, ManyAct act, BeforeAct before) => act switch
    {
        ManyAct.Assign wish => now.AssigneeId == wish.AssigneeId,
        ManyAct.SetStatus wish => now.Status == wish.Status
            && IsSame(now.SnoozedUntilUtc, wish.Status == ConversationStatus.Snoozed ? wish.UntilUtc : null),
        ManyAct.MarkRead => now.UnreadCount == 0,
        ManyAct.MarkUnread => now.UnreadCount == Math.Max(before.UnreadCount, 1) || now.UnreadCount == before.UnreadCount,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    /// <summary>PostgreSQL keeps microseconds: what was written comes back cut.</summary>
    private static bool IsSame(DateTime? kept, DateTime? wished) =>
        kept is { } one && wished is { } other ? (one - other).Duration() <= Touch : kept is null && wished is null;

    /// <returns>The line that tells of it; null where the act left none either.</returns>
    private static MessageContent.Activity? Restore(Conversation now, ManyAct act, BeforeAct before, string by, string? assignee)
    {
        switch (act)
        {
            case ManyAct.Assign:
                if (now.AssigneeId == before.AssigneeId)
                {
                    return null;
                }

                now.AssigneeId = before.AssigneeId;
                return new MessageContent.Activity(assignee is null ? "unassigned" : "assigned", by, assignee);
            case ManyAct.SetStatus:
                if (now.Status == before.Status && now.SnoozedUntilUtc == before.SnoozedUntilUtc)
                {
                    return null;
                }

                now.Status = before.Status;
                now.SnoozedUntilUtc = before.SnoozedUntilUtc;
                now.WaitingSinceUtc = before.WaitingSinceUtc;
                return new MessageContent.Activity(ChangeStatus.TypeOf(before.Status), by, null, before.SnoozedUntilUtc);
            default:
                now.UnreadCount = before.UnreadCount;
                now.FirstUnreadMessageId = before.FirstUnreadMessageId;
                return null;
        }
    }
}
