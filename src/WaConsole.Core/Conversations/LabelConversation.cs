using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public enum LabelOutcome
{
    Done = 1,
    NoSuchConversation = 2,
    NoSuchLabel = 3,
}

/// <summary>Puts labels on a conversation and takes others off, with one activity line for each that changed anything.</summary>
public sealed class LabelConversation
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;

    internal LabelConversation(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
    {
        (_store, _lane, _live, _clock, _whatsApp) = (store, lane, live, clock, whatsApp);
    }

    public async Task<LabelOutcome> RunAsync(
        Caller caller, long conversationId, IReadOnlyCollection<long> add, IReadOnlyCollection<long> remove, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return LabelOutcome.NoSuchConversation;
        }

        var known = (await ListLabels.ReadAsync(db, cancellationToken)).ToDictionary(label => label.Id);
        if (add.Any(id => !known.ContainsKey(id)))
        {
            return LabelOutcome.NoSuchLabel;
        }

        var links = await db.ConversationLabels.Where(l => l.ConversationId == conversationId).ToListAsync(cancellationToken);
        var added = add.Distinct().Except(links.Select(link => link.LabelId)).ToList();
        var removed = links.Where(link => remove.Contains(link.LabelId) && !add.Contains(link.LabelId)).ToList();
        if (added.Count == 0 && removed.Count == 0)
        {
            return LabelOutcome.Done;
        }

        db.ConversationLabels.RemoveRange(removed);
        db.ConversationLabels.AddRange(added.Select(id => new ConversationLabel { LabelId = id, ConversationId = conversationId }));
        conversation.LabelIds = LabelIds.Write(links.Except(removed).Select(link => link.LabelId).Concat(added).Where(known.ContainsKey));
        Say(db, conversation, caller, "labelled", added, known);
        Say(db, conversation, caller, "unlabelled", [.. removed.Select(link => link.LabelId)], known);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish(new ConversationChanged(conversation.NumberId, conversation.Id));
        _live.Publish(new InboxChanged(conversation.NumberId, conversation.Id));
        return LabelOutcome.Done;
    }

    private void Say(
        WaConsoleDb db, Conversation conversation, Caller caller, string type, IReadOnlyList<long> labels, Dictionary<long, LabelView> known)
    {
        var names = labels.Where(known.ContainsKey).Select(id => known[id].Name).ToList();
        if (names.Count > 0)
        {
            var activity = new MessageContent.Activity(type, caller.Name, string.Join(", ", names));
            ActivityLine.Add(db, conversation, caller, activity, _whatsApp.UtcNow, _clock.GetUtcNow().UtcDateTime);
        }
    }
}
