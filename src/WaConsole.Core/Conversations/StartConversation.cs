using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record StartConversationOutcome
{
    private StartConversationOutcome()
    {
    }

    /// <summary>Open, and given to whoever started it when it was nobody's. What may be sent in it is the composer's to say.</summary>
    public sealed record Started(long ConversationId) : StartConversationOutcome;

    public sealed record Refused(string Sentence) : StartConversationOutcome;
}

/// <summary>Opens the conversation of a number with a person, who may be new: the first message is a template unless they wrote lately.</summary>
public sealed class StartConversation
{
    private const int Tries = 3;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly AccountDirectory _directory;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;

    internal StartConversation(
        Store store, WriterLane lane, AccountDirectory directory, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
    {
        (_store, _lane, _directory, _live, _clock, _whatsApp) = (store, lane, directory, live, clock, whatsApp);
    }

    public async Task<StartConversationOutcome> RunAsync(Caller caller, long numberId, string phone, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!caller.MaySeeNumber(numberId) || await _directory.NumberAsync(numberId, cancellationToken) is not { } number)
        {
            return new StartConversationOutcome.Refused(Texts.Sending.Of("NumberUnknown"));
        }

        if (ReadRecipient.Run(phone, null, number.Account.PortfolioId, out var why) is not { } person)
        {
            return new StartConversationOutcome.Refused(why!.Sentence);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (id, contact) = await OpenAsync(caller, numberId, person, cancellationToken);
                _live.Publish(new ConversationChanged(numberId, id), new InboxChanged(numberId, id), new ContactChanged(contact));
                return new StartConversationOutcome.Started(id);
            }
            catch (DbUpdateException fault) when (fault.IsConflict && attempt < Tries)
            {
                // The same person was written at this very moment: the next look finds them.
            }
        }
    }

    private async Task<(long Conversation, long Contact)> OpenAsync(Caller caller, long numberId, PersonIdentity person, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        var contact = await ResolveContact.ApplyAsync(db, person, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, numberId, now, cancellationToken);
        if (conversation.Status != ConversationStatus.Open)
        {
            (conversation.Status, conversation.SnoozedUntilUtc) = (ConversationStatus.Open, null);
            Say(db, conversation, caller, "open", null);
        }

        if (conversation.AssigneeId is null && caller.AgentId is not null)
        {
            conversation.AssigneeId = caller.AgentId;
            Say(db, conversation, caller, "assigned", caller.Name);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (conversation.Id, contact.Id);
    }

    private void Say(WaConsoleDb db, Conversation conversation, Caller caller, string type, string? target) => ActivityLine.Add(
        db, conversation, caller, new MessageContent.Activity(type, caller.Name, target), _whatsApp.UtcNow, _clock.GetUtcNow().UtcDateTime);
}
