using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>The set queries of a run of plain items. What changes is locked on PostgreSQL, in the order of ids.</summary>
/// <param name="locks">The database is PostgreSQL.</param>
internal sealed class RunReads(RowReader reader, bool locks)
{
    private const string Wamid = "\"Wamid\" {0}";

    /// <summary>Without texts and raw items, which no status needs.</summary>
    private static readonly string[] MessageColumns =
    [
        nameof(Message.Id), nameof(Message.ConversationId), nameof(Message.NumberId), nameof(Message.Wamid), nameof(Message.ClientKey),
        nameof(Message.Status), nameof(Message.StatusAtUtc), nameof(Message.ErrorCode), nameof(Message.ErrorTitle), nameof(Message.ErrorDetails),
        nameof(Message.PricingCategory), nameof(Message.PricingType), nameof(Message.SentAtUtc), nameof(Message.EstimateMarket),
        nameof(Message.ChargeMicros), nameof(Message.ChargeCurrency),
    ];

    private static readonly RowQuery<Message> MessagesByWamid = new(Wamid, MessageColumns, Locks: true);

    private static readonly RowQuery<Message> MessagesByKey = new("\"ClientKey\" {0}", MessageColumns, Locks: true);

    private static readonly RowQuery<Message> MessageIdsByWamid = new(Wamid, [nameof(Message.Id)]);

    private static readonly RowQuery<Message> MessageIdsByKey = new("\"ClientKey\" {0}", [nameof(Message.Id)]);

    private static readonly RowQuery<Message> MessagesById = new("\"Id\" {0}", MessageColumns, Locks: true);

    private static readonly RowQuery<MessageStatusFact> FactsByWamid = new(
        Wamid, [nameof(MessageStatusFact.Wamid), nameof(MessageStatusFact.Status), nameof(MessageStatusFact.Participant)]);

    private static readonly RowQuery<Conversation> ConversationsById = new("\"Id\" {0}", Locks: true);

    private static readonly RowQuery<Conversation> ConversationsByPerson = new("\"ContactId\" {0} AND \"NumberId\" {1}", Locks: true);

    private static readonly RowQuery<Conversation> ConversationIdsByPerson = new("\"ContactId\" {0} AND \"NumberId\" {1}", [nameof(Conversation.Id)]);

    private static readonly RowQuery<Conversation> LockedConversations = new("\"Id\" {0}", [nameof(Conversation.Id)], Locks: true);

    private static readonly RowQuery<Contact> ContactHeads = new("\"Id\" {0}", [nameof(Contact.Id), nameof(Contact.UserId), nameof(Contact.Phone)]);

    private static readonly RowQuery<Contact> ContactsById = new("\"Id\" {0}");

    private static readonly RowQuery<ContactIdentifier> IdentifiersByContact = new("\"ContactId\" {0}");

    private static readonly RowQuery<ContactIdentifier> HoldersByKey = new(
        $"\"MatchKey\" {{0}} AND \"RetiredAtUtc\" IS NULL AND \"Kind\" <> {(int)IdentifierKind.Username}",
        [nameof(ContactIdentifier.Kind), nameof(ContactIdentifier.Scope), nameof(ContactIdentifier.MatchKey), nameof(ContactIdentifier.ContactId)]);

    private static readonly RowQuery<ParkedItem> ParkedByWamid = new(Wamid, [nameof(ParkedItem.Wamid)]);

    private static readonly RowQuery<ParkedItem> ParkedByHash = new("\"ItemHash\" {0}", [nameof(ParkedItem.ItemHash)]);

    /// <summary>Those with one of these wamids or keys; some twice.</summary>
    public async Task<List<Message>> MessagesAsync(string[] wamids, Guid[] clientKeys, CancellationToken cancellationToken)
    {
        if (!locks || wamids.Length == 0 || clientKeys.Length == 0)
        {
            return
            [
                .. await ReadAsync(MessagesByWamid, wamids, cancellationToken),
                .. await ReadAsync(MessagesByKey, clientKeys, cancellationToken),
            ];
        }

        // Two sets that are each locked in order are not locked in order together.
        var named = await ReadAsync(MessageIdsByWamid, wamids, cancellationToken);
        var keyed = await ReadAsync(MessageIdsByKey, clientKeys, cancellationToken);
        return await ReadAsync(MessagesById, named.Concat(keyed).Select(message => message.Id).Distinct().ToArray(), cancellationToken);
    }

    /// <summary>On PostgreSQL: locks these and the threads of these people together, in the order of ids.</summary>
    public async Task LockConversationsAsync(long[] ids, string[] matchKeys, long[] numbers, CancellationToken cancellationToken)
    {
        if (!locks || ids.Length == 0 || matchKeys.Length == 0)
        {
            return;
        }

        var people = (await HoldersAsync(matchKeys, cancellationToken)).Select(holder => holder.ContactId).Distinct().ToArray();
        var threads = people.Length == 0 ? [] : await reader.ReadAsync(ConversationIdsByPerson, cancellationToken, people, numbers);
        await ReadAsync(LockedConversations, threads.Select(thread => thread.Id).Concat(ids).Distinct().ToArray(), cancellationToken);
    }

    public Task<List<MessageStatusFact>> FactsAsync(string[] wamids, CancellationToken cancellationToken) =>
        ReadAsync(FactsByWamid, wamids, cancellationToken);

    public Task<List<Conversation>> ConversationsAsync(long[] ids, CancellationToken cancellationToken) =>
        ReadAsync(ConversationsById, ids, cancellationToken);

    public Task<List<Conversation>> ConversationsAsync(long[] people, long[] numbers, CancellationToken cancellationToken) =>
        people.Length == 0 ? None<Conversation>() : reader.ReadAsync(ConversationsByPerson, cancellationToken, people, numbers);

    /// <summary>Id, user id and phone number alone.</summary>
    public Task<List<Contact>> ContactHeadsAsync(long[] ids, CancellationToken cancellationToken) => ReadAsync(ContactHeads, ids, cancellationToken);

    /// <summary>With their identifiers.</summary>
    public async Task<List<Contact>> ContactsAsync(long[] ids, CancellationToken cancellationToken)
    {
        var contacts = await ReadAsync(ContactsById, ids, cancellationToken);
        var identifiers = (await ReadAsync(IdentifiersByContact, ids, cancellationToken)).ToLookup(identifier => identifier.ContactId);
        contacts.ForEach(contact => contact.Identifiers.AddRange(identifiers[contact.Id].OrderBy(identifier => identifier.Id)));
        return contacts;
    }

    /// <summary>Who is known by these keys now.</summary>
    public Task<List<ContactIdentifier>> HoldersAsync(string[] matchKeys, CancellationToken cancellationToken) =>
        ReadAsync(HoldersByKey, matchKeys, cancellationToken);

    public Task<List<ParkedItem>> ParkedForAsync(string[] wamids, CancellationToken cancellationToken) =>
        ReadAsync(ParkedByWamid, wamids, cancellationToken);

    public Task<List<ParkedItem>> ParkedAsync(string[] hashes, CancellationToken cancellationToken) =>
        ReadAsync(ParkedByHash, hashes, cancellationToken);

    private Task<List<T>> ReadAsync<T>(RowQuery<T> query, Array list, CancellationToken cancellationToken)
        where T : class, new() =>
        list.Length == 0 ? None<T>() : reader.ReadAsync(query, cancellationToken, list);

    private static Task<List<T>> None<T>() => Task.FromResult(new List<T>());
}
