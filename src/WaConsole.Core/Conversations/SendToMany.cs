using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>One of many messages: exactly one of phone and user id, and a key that makes it the same message when it is asked for again.</summary>
public sealed record BulkMessage(string? Phone, string? UserId, Guid ClientKey, ReplyContent Content, string? RequestHash = null);

/// <summary>
/// Queues many messages of one number, in short transactions of some dozens each, so that neither an agent's reply nor a customer's
/// message waits for them. Each has an outcome of its own; asked again with the same keys it goes on where it stopped.
/// </summary>
public sealed class SendToMany
{
    public const int AtMost = 1_000;

    private const int Together = 50;

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly QueueReply _queue;
    private readonly SendToContact _one;

    internal SendToMany(Store store, AccountDirectory directory, QueueReply queue, SendToContact one)
    {
        _store = store;
        _directory = directory;
        _queue = queue;
        _one = one;
    }

    /// <returns>One outcome for each message, in their order. At most <see cref="AtMost"/> at a time.</returns>
    public async Task<IReadOnlyList<SendReplyOutcome>> RunAsync(
        Caller caller, long numberId, OutboxLane lane, IReadOnlyList<BulkMessage> messages, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messages.Count, AtMost, nameof(messages));
        if (!caller.MaySeeNumber(numberId) || await _directory.NumberAsync(numberId, cancellationToken) is not { } number)
        {
            var unknown = new SendReplyOutcome.Refused(new Refusal("number_unknown", Texts.Sending.Of("NumberUnknown")));
            return [.. messages.Select(_ => unknown)];
        }

        List<SendReplyOutcome> outcomes = [];
        foreach (var chunk in messages.Chunk(Together))
        {
            var some = await SomeAsync(caller, number, lane, chunk, cancellationToken);
            _queue.Announce(some, numberId);
            outcomes.AddRange(some);
        }

        return outcomes;
    }

    private async Task<SendReplyOutcome[]> SomeAsync(
        Caller caller, NumberAccess number, OutboxLane lane, BulkMessage[] messages, CancellationToken cancellationToken)
    {
        var outcomes = new SendReplyOutcome?[messages.Length];
        var people = new PersonIdentity?[messages.Length];
        for (var index = 0; index < messages.Length; index++)
        {
            people[index] = ReadRecipient.Run(messages[index].Phone, messages[index].UserId, number.Account.PortfolioId, out var why);
            outcomes[index] = why is null ? null : new SendReplyOutcome.Refused(why);
        }

        try
        {
            await KnownAsync(caller, number.Id, lane, messages, people, outcomes, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // One of these keys was used at this very moment: none of this transaction is written, and each is asked for alone.
        }

        for (var index = 0; index < messages.Length; index++)
        {
            var (phone, userId, key, content, hash) = messages[index];
            outcomes[index] ??= await _one.RunAsync(
                caller, new FirstMessage(number.Id, phone, userId, key, content, lane, hash), cancellationToken);
        }

        return [.. outcomes.Select(outcome => outcome!)];
    }

    /// <summary>Those who have a conversation with this number and a key that is new, together. The others stay without an outcome.</summary>
    private async Task KnownAsync(
        Caller caller, long numberId, OutboxLane lane, BulkMessage[] messages, PersonIdentity?[] people, SendReplyOutcome?[] outcomes,
        CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _queue.EnterForManyAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var keys = messages.Select(message => message.ClientKey).ToArray();
        var used = (await db.Messages.Where(m => keys.Contains(m.ClientKey!.Value)).Select(m => m.ClientKey!.Value).ToListAsync(cancellationToken)).ToHashSet();
        var contacts = await FindKnownContacts.RunAsync(db, people, cancellationToken);
        var conversations = await ConversationsAsync(db, numberId, [.. contacts.OfType<long>().Distinct().Order()], cancellationToken);

        List<int> places = [];
        List<(Conversation Conversation, Reply Reply)> replies = [];
        for (var index = 0; index < messages.Length; index++)
        {
            var message = messages[index];
            if (outcomes[index] is null && contacts[index] is { } contact && conversations.TryGetValue(contact, out var conversation)
                && used.Add(message.ClientKey))
            {
                places.Add(index);
                replies.Add((conversation, new Reply(conversation.Id, message.ClientKey, message.Content, null, lane, message.RequestHash)));
            }
        }

        var queued = await _queue.ApplyManyAsync(db, caller, replies, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var (index, outcome) in places.Zip(queued))
        {
            outcomes[index] = outcome;
        }
    }

    /// <summary>Locked until the commit, in one order, as everything that changes many conversations locks them.</summary>
    private static async Task<Dictionary<long, Conversation>> ConversationsAsync(
        WaConsoleDb db, long numberId, long[] contacts, CancellationToken cancellationToken)
    {
        var conversations = db.Database.IsNpgsql()
            ? db.Conversations.FromSql(
                $"""SELECT * FROM "Conversations" WHERE "NumberId" = {numberId} AND "ContactId" = ANY ({contacts}) ORDER BY "Id" FOR UPDATE""")
            : db.Conversations.Where(c => c.NumberId == numberId && contacts.Contains(c.ContactId));
        return await conversations.ToDictionaryAsync(c => c.ContactId, cancellationToken);
    }
}
