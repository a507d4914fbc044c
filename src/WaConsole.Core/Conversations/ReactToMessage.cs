using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record ReactOutcome
{
    private ReactOutcome()
    {
    }

    public sealed record Done : ReactOutcome;

    public sealed record Refused(string Sentence) : ReactOutcome;

    public sealed record NoSuchMessage : ReactOutcome;
}

/// <summary>
/// Puts an emoji on a message, changes it or takes it back. It waits in no queue: the same reaction twice is one reaction, so an answer
/// that was lost needs no rule but to try again, and what WhatsApp did not take is not shown. It takes its place in the pace of number and
/// customer as a message does, for WhatsApp counts it as one.
/// </summary>
public sealed class ReactToMessage
{
    private const int MaxEmoji = 64;

    /// <summary>An older message takes no reaction (Meta, 131009).</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    private readonly Store _store;
    private readonly SendGate _gate;
    private readonly TakePlace _place;
    private readonly HandOver _handOver;
    private readonly ActOnFailure _act;
    private readonly AccountDirectory _directory;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly WhatsAppClock _whatsApp;

    internal ReactToMessage(
        Store store, SendGate gate, TakePlace place, HandOver handOver, ActOnFailure act, AccountDirectory directory, WriterLane lane,
        LiveUpdates live, WhatsAppClock whatsApp)
    {
        (_store, _gate, _place, _handOver, _act) = (store, gate, place, handOver, act);
        (_directory, _lane, _live, _whatsApp) = (directory, lane, live, whatsApp);
    }

    /// <param name="caller">Must see the conversation.</param>
    /// <param name="messageId">A message of either side that WhatsApp knows.</param>
    /// <param name="emoji">Null to take ours back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ReactOutcome> RunAsync(Caller caller, long messageId, string? emoji, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        var target = await db.Messages.AsNoTracking()
            .Where(m => m.Id == messageId && m.Wamid != null && m.DeletedAtUtc == null && m.Direction != MessageDirection.None)
            .Select(m => new { m.Wamid, m.SentAtUtc, m.Conversation, m.Conversation.Contact })
            .SingleOrDefaultAsync(cancellationToken);
        if (target is null || !caller.MaySeeNumber(target.Conversation.NumberId)
            || await _directory.NumberAsync(target.Conversation.NumberId, cancellationToken) is not { } number)
        {
            return new ReactOutcome.NoSuchMessage();
        }

        if (_whatsApp.UtcNow - target.SentAtUtc > Oldest)
        {
            return new ReactOutcome.Refused(Texts.Conversations.Of("ReactTooOld"));
        }

        var wanted = StoredText.Clean(emoji, MaxEmoji);
        var key = Guid.CreateVersion7();
        var answers = await _gate.AskToQueueAsync(
            db, caller, [new GateQuestion(target.Conversation, key, new ReplyContent.Reaction(wanted))], cancellationToken);
        if (answers[0] is not GateAnswer.Granted granted)
        {
            return new ReactOutcome.Refused(((GateAnswer.Refused)answers[0]).Why.Words);
        }

        var message = new OutboundMessage(BuildMessage.To(target.Contact), new OutboundContent.Reaction(target.Wamid!, wanted.Length > 0 ? wanted : null))
        {
            CallbackData = $"{RecordStatus.ReactionMark}{messageId}",
        };
        var place = await _place.RunAsync(db, number.Id, target.Conversation.Id, cancellationToken);
        if (place is not PlaceAnswer.Given { Flight: var flight })
        {
            return new ReactOutcome.Refused(WordsOf(place));
        }

        try
        {
            var accepted = await _handOver.SendAsync(granted.Permit, key, number, message, cancellationToken);
            flight.Land(answered: accepted is not null);
            if (accepted is null)
            {
                await _place.GiveBackAsync(db, target.Conversation.Id);
                return new ReactOutcome.Refused(Texts.Conversations.Of("ReactUnreachable"));
            }
        }
        catch (CloudApiException failure)
        {
            await _act.HoldAsync(number, failure);
            return new ReactOutcome.Refused(failure is { Fault: CloudApiFault.Refused, Error: { } error }
                ? ErrorSentence.Of(error.Code)
                : Texts.Conversations.Of("ReactUnreachable"));
        }
        finally
        {
            flight.Land(answered: false);
        }

        // WhatsApp has it: it is kept though whoever asked has gone.
        await KeepAsync(db, messageId, wanted, CancellationToken.None);
        _live.Publish(new MessageChanged(target.Conversation.NumberId, target.Conversation.Id, messageId));
        return new ReactOutcome.Done();
    }

    private static string WordsOf(PlaceAnswer answer) => answer switch
    {
        PlaceAnswer.PairFull full => Texts.Conversations.Of("ReactPairFull", Time(full.UntilUtc)),
        PlaceAnswer.NumberHeld held => Texts.Conversations.Of("ReactNumberHeld", Time(held.UntilUtc)),
        _ => throw new InvalidOperationException($"{answer} is no refusal."),
    };

    /// <summary>Rounded up: who comes at the time that is named is not early.</summary>
    private static string Time(DateTime untilUtc) => untilUtc.AddSeconds(1).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private async Task KeepAsync(WaConsoleDb db, long messageId, string emoji, CancellationToken cancellationToken)
    {
        using var place = await _lane.EnterFirstAsync(cancellationToken);
        var now = _whatsApp.UtcNow;
        var ours = db.Set<Reaction>().Where(r => r.MessageId == messageId && !r.FromCustomer);
        if (emoji.Length == 0)
        {
            await ours.ExecuteDeleteAsync(cancellationToken);
            return;
        }

        if (await ChangeAsync() > 0)
        {
            return;
        }

        db.Add(new Reaction
        {
            MessageId = messageId,
            FromCustomer = false,
            Emoji = emoji,
            AtUtc = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A colleague was first on another node: theirs is changed. Anything else fails again here.
            db.ChangeTracker.Clear();
            if (await ChangeAsync() == 0)
            {
                throw;
            }
        }

        Task<int> ChangeAsync() => ours.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Emoji, emoji).SetProperty(r => r.AtUtc, now), cancellationToken);
    }
}
