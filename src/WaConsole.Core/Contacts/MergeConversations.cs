using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Labels;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>Two threads of one person with one number become one; lines keep their order of arrival. Inside the caller's transaction.</summary>
internal static class MergeConversations
{
    public static async Task ApplyAsync(
        WaConsoleDb db, Conversation stays, Conversation goes, CancellationToken cancellationToken)
    {
        // A tracked line left behind would be deleted with its conversation.
        foreach (var message in db.Messages.Local.Where(m => m.ConversationId == goes.Id).ToList())
        {
            message.Conversation = stays;
        }

        await db.Messages.Where(m => m.ConversationId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ConversationId, stays.Id), cancellationToken);
        foreach (var review in db.StopReviews.Local.Where(r => r.ConversationId == goes.Id).ToList())
        {
            review.ConversationId = stays.Id;
        }

        await db.StopReviews.Where(r => r.ConversationId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ConversationId, stays.Id), cancellationToken);
        await db.Outbox.Where(e => e.ConversationId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ConversationId, stays.Id), cancellationToken);
        await db.MediaFiles.Where(f => f.ConversationId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.ConversationId, stays.Id), cancellationToken);
        await MoveDraftsAsync(db, stays.Id, goes.Id, cancellationToken);
        await UnitePeopleAsync(db, stays.Id, goes.Id, cancellationToken);
        await UniteAwayAsync(db, stays.Id, goes.Id, cancellationToken);
        await UniteLabelsAsync(db, stays, goes, cancellationToken);
        Fold(stays, goes);
        db.Conversations.Remove(goes);
    }

    private static async Task MoveDraftsAsync(WaConsoleDb db, long staysId, long goesId, CancellationToken cancellationToken)
    {
        var drafts = await db.Drafts.Where(d => d.ConversationId == goesId).ToListAsync(cancellationToken);
        foreach (var draft in drafts)
        {
            var own = await db.Drafts.SingleOrDefaultAsync(
                d => d.ConversationId == staysId && d.AgentId == draft.AgentId, cancellationToken);
            if (own is null)
            {
                db.Drafts.Add(new Draft
                {
                    ConversationId = staysId,
                    AgentId = draft.AgentId,
                    Text = draft.Text,
                    NoteText = draft.NoteText,
                    MediaFileIds = draft.MediaFileIds,
                    ReplyToMessageId = draft.ReplyToMessageId,
                    DeliverKey = draft.DeliverKey is null ? null : Guid.CreateVersion7(),
                    UpdatedAtUtc = draft.UpdatedAtUtc,
                });
            }
            else
            {
                own.Text = Joined(own.Text, draft.Text);

                // Nobody released the two together.
                own.DeliverKey = null;
                own.NoteText = Joined(own.NoteText ?? "", draft.NoteText ?? "") is { Length: > 0 } note ? note : null;
            }

            db.Drafts.Remove(draft);
        }
    }

    private static string Joined(string one, string other) => one.Length == 0 ? other : other.Length == 0 ? one : one + "\n" + other;

    private static async Task UnitePeopleAsync(WaConsoleDb db, long staysId, long goesId, CancellationToken cancellationToken)
    {
        var own = await db.Participants.Where(p => p.ConversationId == staysId).Select(p => p.AgentId).ToListAsync(cancellationToken);
        var others = await db.Participants.Where(p => p.ConversationId == goesId).ToListAsync(cancellationToken);
        db.Participants.RemoveRange(others);
        db.Participants.AddRange(others.Where(other => !own.Contains(other.AgentId))
            .Select(other => new Participant { ConversationId = staysId, AgentId = other.AgentId, SinceUtc = other.SinceUtc }));
        await db.Notifications.Where(n => n.ConversationId == goesId)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ConversationId, staysId), cancellationToken);
    }

    /// <summary>Whom the away message has answered in either thread is not answered once more in the same window.</summary>
    private static async Task UniteAwayAsync(WaConsoleDb db, long staysId, long goesId, CancellationToken cancellationToken)
    {
        if (await db.AwayAnswers.SingleOrDefaultAsync(a => a.ConversationId == goesId, cancellationToken) is not { } other)
        {
            return;
        }

        var own = await db.AwayAnswers.SingleOrDefaultAsync(a => a.ConversationId == staysId, cancellationToken);
        if (own is null)
        {
            own = new AwayAnswer { ConversationId = staysId };
            db.AwayAnswers.Add(own);
        }

        own.SeenMessageId = Math.Max(own.SeenMessageId, other.SeenMessageId);
        own.AnsweredAtUtc = own.AnsweredAtUtc > other.AnsweredAtUtc ? own.AnsweredAtUtc : other.AnsweredAtUtc ?? own.AnsweredAtUtc;
        db.AwayAnswers.Remove(other);
    }

    private static async Task UniteLabelsAsync(WaConsoleDb db, Conversation stays, Conversation goes, CancellationToken cancellationToken)
    {
        var own = await db.ConversationLabels.Where(l => l.ConversationId == stays.Id).Select(l => l.LabelId).ToListAsync(cancellationToken);
        var others = await db.ConversationLabels.Where(l => l.ConversationId == goes.Id).Select(l => l.LabelId).ToListAsync(cancellationToken);
        db.ConversationLabels.AddRange(others.Except(own).Select(id => new ConversationLabel { LabelId = id, ConversationId = stays.Id }));
        stays.LabelIds = LabelIds.Write(own.Concat(others));
    }

    private static void Fold(Conversation stays, Conversation goes)
    {
        if ((goes.LastMessageId ?? 0) > (stays.LastMessageId ?? 0))
        {
            stays.LastMessageId = goes.LastMessageId;
            stays.LastPreview = goes.LastPreview;
            stays.LastKind = goes.LastKind;
            stays.LastDirection = goes.LastDirection;
            stays.LastStatus = goes.LastStatus;
        }

        if (goes.Status < stays.Status)
        {
            stays.Status = goes.Status;
            stays.SnoozedUntilUtc = goes.SnoozedUntilUtc;
        }

        if (goes.WindowOpenedAtUtc is { } opened && (stays.WindowOpenedAtUtc is null || opened > stays.WindowOpenedAtUtc))
        {
            stays.WindowOpenedAtUtc = goes.WindowOpenedAtUtc;
            stays.WindowExpiresAtUtc = goes.WindowExpiresAtUtc;
            stays.WindowExpiryAnnounced = goes.WindowExpiryAnnounced;
            stays.ClosingToldAtUtc = goes.ClosingToldAtUtc;
        }

        stays.UnansweredCount = Math.Max(stays.UnansweredCount, goes.UnansweredCount);
        stays.UnansweredSinceUtc = Later(stays.UnansweredSinceUtc, goes.UnansweredSinceUtc);
        stays.AssigneeId ??= goes.AssigneeId;
        stays.UnreadCount += goes.UnreadCount;
        stays.FirstUnreadMessageId = Earlier(stays.FirstUnreadMessageId, goes.FirstUnreadMessageId);
        stays.WaitingSinceUtc = Earlier(stays.WaitingSinceUtc, goes.WaitingSinceUtc);
        stays.EntryPointExpiresAtUtc = Later(stays.EntryPointExpiresAtUtc, goes.EntryPointExpiresAtUtc);
        stays.LastActivityAtUtc = stays.LastActivityAtUtc > goes.LastActivityAtUtc ? stays.LastActivityAtUtc : goes.LastActivityAtUtc;
        stays.ReferralJson ??= goes.ReferralJson;
        stays.CreatedAtUtc = stays.CreatedAtUtc < goes.CreatedAtUtc ? stays.CreatedAtUtc : goes.CreatedAtUtc;
    }

    private static T? Earlier<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is null ? other : other is null || one.Value.CompareTo(other.Value) < 0 ? one : other;

    private static T? Later<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is null ? other : other is null || one.Value.CompareTo(other.Value) > 0 ? one : other;
}
