using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>What is to be done to each of several conversations.</summary>
public abstract record ManyAct
{
    private ManyAct()
    {
    }

    /// <param name="AssigneeId">Null takes them from whoever has them.</param>
    public sealed record Assign(long? AssigneeId) : ManyAct;

    public sealed record Label(IReadOnlyCollection<long> Add, IReadOnlyCollection<long> Remove) : ManyAct;

    /// <param name="Status">What they become.</param>
    /// <param name="UntilUtc">Only for a snooze: when it ends. Null: when the customer writes.</param>
    public sealed record SetStatus(ConversationStatus Status, DateTime? UntilUtc = null) : ManyAct
    {
        /// <summary>Of a single conversation: the newest message the caller saw. One that came after it is not put away unseen.</summary>
        public long? SeenMessageId { get; init; }
    }

    public sealed record MarkRead : ManyAct;

    /// <summary>From the customer's last message on.</summary>
    public sealed record MarkUnread : ManyAct;
}

public sealed record NotDone(long ConversationId, string Sentence);

/// <summary>What an act changes of a conversation, as it was before.</summary>
public sealed record BeforeAct(
    long ConversationId, long? AssigneeId, ConversationStatus Status, DateTime? SnoozedUntilUtc, DateTime? WaitingSinceUtc, int UnreadCount,
    long? FirstUnreadMessageId, string? LabelIds);

/// <summary>Each conversation that was asked for is in one of the two, once. <see cref="Before"/> is what <see cref="UndoMany"/> takes back to.</summary>
public sealed record ManyOutcome(IReadOnlyList<long> Done, IReadOnlyList<NotDone> NotDone, IReadOnlyList<BeforeAct> Before);

/// <summary>
/// One act on several conversations. Each is asked for anew what the caller may do with it, and is changed by itself: what cannot be done
/// to one is done to the others, and the outcome says which and why.
/// </summary>
public sealed class ActOnMany(Store store, AssignConversation assign, LabelConversation label, ChangeStatus status, MarkConversationRead mark,
    MarkNotificationsRead told)
{
    public const int Most = 100;

    public async Task<ManyOutcome> RunAsync(
        Caller caller, IReadOnlyCollection<long> conversationIds, ManyAct act, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var before = await ReadAsync(conversationIds, cancellationToken);
        List<long> done = [];
        List<NotDone> left = [];
        foreach (var (at, id) in conversationIds.Distinct().Index())
        {
            var why = at < Most ? await ActAsync(caller, id, act, cancellationToken) : Texts.Conversations.Of("TooManyAtOnce", Most);
            if (why is null)
            {
                done.Add(id);
            }
            else
            {
                left.Add(new NotDone(id, why));
            }
        }

        return new ManyOutcome(done, left, [.. done.Select(id => before[id])]);
    }

    private async Task<Dictionary<long, BeforeAct>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().Take(Most).ToArray();
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Conversations.AsNoTracking().Where(c => asked.Contains(c.Id))
            .Select(c => new BeforeAct(
                c.Id, c.AssigneeId, c.Status, c.SnoozedUntilUtc, c.WaitingSinceUtc, c.UnreadCount, c.FirstUnreadMessageId, c.LabelIds))
            .ToDictionaryAsync(c => c.ConversationId, cancellationToken);
    }

    /// <returns>Why it was not done; null when it was.</returns>
    private async Task<string?> ActAsync(Caller caller, long id, ManyAct act, CancellationToken cancellationToken) => act switch
    {
        ManyAct.Assign wish => await assign.RunAsync(caller, id, wish.AssigneeId, cancellationToken) switch
        {
            AssignOutcome.Done => null,
            AssignOutcome.NotPossible refused => refused.Sentence,
            _ => Texts.Conversations.Of("NotYours"),
        },
        ManyAct.Label wish => await label.RunAsync(caller, id, wish.Add, wish.Remove, cancellationToken) switch
        {
            LabelOutcome.Done => null,
            LabelOutcome.NoSuchLabel => Texts.Conversations.Of("LabelGone"),
            _ => Texts.Conversations.Of("NotYours"),
        },
        ManyAct.SetStatus wish => await status.RunAsync(caller, id, wish.Status, wish.UntilUtc, wish.SeenMessageId, cancellationToken) switch
        {
            ChangeStatusOutcome.Done => null,
            ChangeStatusOutcome.NewerMessage newer => newer.Sentence,
            _ => Texts.Conversations.Of("NotYours"),
        },
        ManyAct.MarkRead => Found(await ReadAsync(caller, id, cancellationToken)),
        ManyAct.MarkUnread => Found(await mark.MarkUnreadAsync(caller, id, cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    private async Task<bool> ReadAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        await told.RunAsync(caller, id, cancellationToken);
        return await mark.RunAsync(caller, id, cancellationToken);
    }

    private static string? Found(bool found) => found ? null : Texts.Conversations.Of("NotYours");
}
