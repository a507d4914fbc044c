using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record AssignOutcome
{
    private AssignOutcome()
    {
    }

    public sealed record Done : AssignOutcome;

    public sealed record NoSuchConversation : AssignOutcome;

    /// <summary>The person is unknown, disabled, or may not see this number.</summary>
    public sealed record NotPossible(string Sentence) : AssignOutcome;
}

/// <summary>Gives a conversation to a person, or to nobody, and leaves an activity line.</summary>
public sealed class AssignConversation(Store store, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
{
    public async Task<AssignOutcome> RunAsync(Caller caller, long conversationId, long? assigneeId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !caller.MaySeeNumber(conversation.NumberId))
        {
            return new AssignOutcome.NoSuchConversation();
        }

        string? name = null;
        if (assigneeId is { } wanted)
        {
            name = await ListAssignees.Of(db, conversation.NumberId)
                .Where(agent => agent.Id == wanted)
                .Select(agent => agent.DisplayName)
                .SingleOrDefaultAsync(cancellationToken);
            if (name is null)
            {
                return new AssignOutcome.NotPossible(Texts.Conversations.Of("CannotTake"));
            }
        }

        if (conversation.AssigneeId == assigneeId)
        {
            return new AssignOutcome.Done();
        }

        conversation.AssigneeId = assigneeId;
        var activity = new MessageContent.Activity(name is null ? "unassigned" : "assigned", caller.Name, name);
        ActivityLine.Add(db, conversation, caller, activity, whatsApp.UtcNow, clock.GetUtcNow().UtcDateTime);
        var told = assigneeId is { } person
            ? Notify.Add(
                db, [person], caller, NotificationKind.Assigned, conversation.Id, null, conversation.LastPreview, clock.GetUtcNow().UtcDateTime)
            : [];
        await db.SaveChangesAsync(cancellationToken);
        var settled = name is null
            ? []
            : await Notify.SettleAsync(db, [conversation.Id], except: assigneeId, cancellationToken);

        live.Publish([
            new ConversationChanged(conversation.NumberId, conversation.Id),
            new InboxChanged(conversation.NumberId, conversation.Id),
            .. told,
            .. settled,
        ]);
        return new AssignOutcome.Done();
    }
}
