using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Exactly one of <see cref="Phone"/> (any usual spelling with country code) and <see cref="UserId"/> (business-scoped user id).</summary>
public sealed record FirstMessage(
    long NumberId, string? Phone, string? UserId, Guid ClientKey, ReplyContent Content, OutboxLane Lane = OutboxLane.Automation, string? RequestHash = null);

/// <summary>Sends to a person who may have no conversation yet: finds or makes contact and conversation, then asks the same gate.</summary>
public sealed class SendToContact
{
    private const int Tries = 3;

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly QueueReply _queue;
    private readonly TimeProvider _clock;

    internal SendToContact(Store store, AccountDirectory directory, QueueReply queue, TimeProvider clock)
    {
        _store = store;
        _directory = directory;
        _queue = queue;
        _clock = clock;
    }

    /// <summary>A phone number nobody can dial is refused with code invalid_phone. A refused message leaves no contact behind.</summary>
    public async Task<SendReplyOutcome> RunAsync(Caller caller, FirstMessage message, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!caller.MaySeeNumber(message.NumberId) || await _directory.NumberAsync(message.NumberId, cancellationToken) is not { } number)
        {
            return Refused("number_unknown", "NumberUnknown");
        }

        if (ReadRecipient.Run(message.Phone, message.UserId, number.Account.PortfolioId, out var why) is not { } person)
        {
            return new SendReplyOutcome.Refused(why!);
        }

        var outcome = await QueueAsync(caller, message, person, cancellationToken);
        _queue.Announce(outcome, message.NumberId, message.Lane);
        return outcome;
    }

    private async Task<SendReplyOutcome> QueueAsync(
        Caller caller, FirstMessage message, PersonIdentity person, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await _store.OpenAsync(cancellationToken);
            if (await EarlierAsync(db, message, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            using var place = await _queue.EnterAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var now = _clock.GetUtcNow().UtcDateTime;
                var contact = await ResolveContact.ApplyAsync(db, person, now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                var conversation = await OpenConversation.ApplyAsync(db, contact.Id, message.NumberId, now, cancellationToken);
                var outcome = await _queue.ApplyAsync(
                    db,
                    caller,
                    conversation.Id,
                    new Reply(conversation.Id, message.ClientKey, message.Content, null, message.Lane, message.RequestHash),
                    cancellationToken);
                if (outcome is SendReplyOutcome.Queued)
                {
                    await transaction.CommitAsync(cancellationToken);
                }

                return outcome;
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // The same person, or the same key, was written at this very moment: the next look finds it.
            }
        }
    }

    /// <summary>A key belongs to one number's message; the recipient is part of the request's hash.</summary>
    private static async Task<SendReplyOutcome?> EarlierAsync(WaConsoleDb db, FirstMessage message, CancellationToken cancellationToken)
    {
        var earlier = await QueueReply.EarlierAsync(db, message.ClientKey, null, message.RequestHash, cancellationToken);
        return earlier is SendReplyOutcome.Queued queued
            && !await db.Messages.AnyAsync(m => m.Id == queued.MessageId && m.NumberId == message.NumberId, cancellationToken)
                ? new SendReplyOutcome.KeyReused()
                : earlier;
    }

    private static SendReplyOutcome.Refused Refused(string code, string name) => new(new Refusal(code, Texts.Sending.Of(name)));
}
