using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// The rows that a run of plain items touches, read with a few set queries inside the transaction, changed in memory and written with a
/// few statements. On PostgreSQL messages are locked before conversations, each in order of their ids, and the outbox after both, like
/// everywhere else.
/// </summary>
internal sealed class RunRows(IntakeConnection connection)
{
    private const string UseUp =
        """
        UPDATE "Outbox" SET "State" = @p1, "LeasedUntilUtc" = NULL WHERE "State" <> @p1 AND "MessageId"
        """;

    private readonly RowWriter _writer = connection.Writer;
    private readonly RunReads _read = new(connection.Reader, connection.Db.Database.IsNpgsql());
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Message> _messagesByKey = [];
    private readonly HashSet<(string Wamid, string Status, string Participant)> _facts = [];
    private readonly HashSet<(IdentifierKind Kind, string Scope, string Key)> _lookedFor = [];
    private readonly Dictionary<(IdentifierKind Kind, string Scope, string Key), Contact> _holders = [];
    private readonly Dictionary<long, Contact> _contacts = [];
    private readonly Dictionary<long, Conversation> _conversations = [];
    private readonly Dictionary<(long ContactId, long NumberId), Conversation> _threads = [];
    private readonly HashSet<string> _waitedFor = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parkedHashes = new(StringComparer.Ordinal);
    private readonly HashSet<long> _settled = [];
    private readonly HashSet<long> _wanted = [];
    private readonly HashSet<long> _withoutUserId = [];
    private readonly HashSet<long> _lostReplies = [];

    private int _arriving;

    public async Task LoadAsync(IReadOnlyList<PlainItem> items, CancellationToken cancellationToken)
    {
        var messages = items.OfType<PlainItem.Message>().ToList();
        var statuses = items.OfType<PlainItem.Status>().ToList();
        await LoadMessagesAsync(messages, statuses, cancellationToken);
        await LoadConversationsAsync(messages, cancellationToken);
        await LoadContactsAsync(messages, statuses, cancellationToken);
        await LoadThreadsAsync(messages, cancellationToken);
        await LoadParkedAsync(messages, statuses, cancellationToken);
        _arriving = messages.Count;
    }

    public Message? MessageOf(string wamid) => _messages.GetValueOrDefault(wamid);

    public Message? MessageOf(PlainItem.Status status) =>
        MessageOf(status.Wamid) ?? (status.ClientKey is { } key ? _messagesByKey.GetValueOrDefault(key) : null);

    public bool IsKnown(MessageStatusFact fact) => _facts.Contains((fact.Wamid, fact.Status, fact.Participant));

    /// <summary>Something waits for this message: joining it is not plain.</summary>
    public bool IsWaitedFor(string wamid) => _waitedFor.Contains(wamid);

    public bool IsParked(string hash) => _parkedHashes.Contains(hash);

    /// <summary>A reply that a status of this run may call failed: who waited for it waits again, which is not plain.</summary>
    public bool IsLostReply(Message message) => _lostReplies.Contains(message.Id);

    public Conversation ConversationOf(Message message) => _conversations[message.ConversationId];

    /// <summary>The contact with its identifiers; null when it was not read.</summary>
    public Contact? ContactOf(Conversation conversation) => _contacts.GetValueOrDefault(conversation.ContactId);

    /// <summary>Somebody known by phone alone, whose contact may not have been read.</summary>
    public bool LacksUserId(long contactId) => _withoutUserId.Contains(contactId);

    public async ValueTask<Conversation> ThreadAsync(Contact contact, long numberId, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (_threads.TryGetValue((contact.Id, numberId), out var known))
        {
            return known;
        }

        var conversation = OpenConversation.New(contact.Id, numberId, nowUtc);
        conversation.Id = await _writer.NextIdAsync<Conversation>(_arriving, cancellationToken);
        _writer.Add(conversation);
        Keep(conversation);
        return conversation;
    }

    /// <returns>Null when whom this names is not one person, or not the one who had the number, or nobody looked: for <see cref="ResolveContact"/> itself.</returns>
    public async ValueTask<Contact?> ResolveAsync(PersonIdentity who, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var keys = KeysOf(who);
        var byUserId = Holder(keys, IdentifierKind.UserId);
        var byPhone = Holder(keys, IdentifierKind.Phone);
        if (!keys.All(_lookedFor.Contains) || (byUserId is not null && byPhone is not null && byUserId != byPhone))
        {
            return null;
        }

        var byParent = Holder(keys, IdentifierKind.ParentUserId);
        var known = byUserId ?? byPhone ?? byParent;
        if (known is not null)
        {
            who = ResolveContact.WithoutEarlierId(known, who);
            if (ResolveContact.PassedFrom(known, who) is not null)
            {
                return null;
            }
        }

        var contact = known ?? await NewContactAsync(nowUtc, cancellationToken);
        var before = contact.Identifiers.Count;
        ResolveContact.Learn(contact, who, byParent, nowUtc);
        Index(contact, before);
        return contact;
    }

    /// <summary>Keeps a new message, with an id that is higher than every earlier one's.</summary>
    public async ValueTask AddAsync(Message message, CancellationToken cancellationToken)
    {
        message.Id = await _writer.NextIdAsync<Message>(_arriving, cancellationToken);
        if (message.MediaFile is { } file)
        {
            file.Id = await _writer.NextIdAsync<MediaFile>(1, cancellationToken);
            message.MediaFileId = file.Id;
            _writer.Add(file);
        }

        _writer.Add(message);
        _messages.Add(message.Wamid!, message);
    }

    public void Add(MessageStatusFact fact)
    {
        _writer.Add(fact);
        _facts.Add((fact.Wamid, fact.Status, fact.Participant));
    }

    public void Park(ParkedItem item)
    {
        _writer.Add(item);
        _parkedHashes.Add(item.ItemHash);
        _waitedFor.Add(item.Wamid);
    }

    /// <summary>The message got its id from a status; its right to be sent is used up.</summary>
    public void Name(Message message, string wamid)
    {
        message.Wamid = wamid;
        _messages.Add(wamid, message);
    }

    public void Settle(Message message) => _settled.Add(message.Id);

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _writer.SaveAsync<Contact>(cancellationToken);
        await _writer.SaveAsync<ContactIdentifier>(cancellationToken);
        await _writer.SaveAsync<Conversation>(cancellationToken);
        await _writer.SaveAsync<MediaFile>(cancellationToken);
        await _writer.SaveAsync<Message>(cancellationToken);
        await _writer.SaveAsync<MessageStatusFact>(cancellationToken);
        await _writer.SaveAsync<ParkedItem>(cancellationToken);
        if (_settled.Count > 0)
        {
            await UseUpAsync(cancellationToken);
        }
    }

    /// <summary>As <see cref="RecordStatus.UseUpAsync"/> does it.</summary>
    private Task UseUpAsync(CancellationToken cancellationToken) => connection.Db.Database.IsNpgsql()
        ? connection.Commands.RunAsync(UseUp + " = ANY (@p0)", [_settled.ToArray(), (int)OutboxState.Done], cancellationToken)
        : connection.Commands.RunAsync(
            UseUp + " IN (SELECT value FROM json_each(@p0))", [JsonSerializer.Serialize(_settled), (int)OutboxState.Done], cancellationToken);

    private async Task LoadMessagesAsync(
        List<PlainItem.Message> messages, List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        var wamids = messages.Select(message => message.Wamid)
            .Concat(messages.Select(message => message.Quoted).OfType<string>())
            .Concat(statuses.Select(status => status.Wamid))
            .Distinct()
            .ToArray();
        var keys = statuses.Select(status => status.ClientKey).OfType<Guid>().Distinct().ToArray();
        foreach (var message in await _read.MessagesAsync(wamids, keys, cancellationToken))
        {
            Keep(message);
        }

        var failed = statuses.Where(status => status.Item.Kind == StatusKind.Failed).Select(MessageOf).OfType<Message>()
            .Where(message => message.Status != DeliveryStatus.Failed).Select(message => message.Id).Distinct().ToArray();
        if (failed.Length > 0)
        {
            _lostReplies.UnionWith(await RecordStatus.RepliesAmongAsync(connection.Db, failed, cancellationToken));
        }

        var reported = statuses.Select(status => status.Wamid).Distinct().ToArray();
        _facts.UnionWith((await _read.FactsAsync(reported, cancellationToken)).Select(fact => (fact.Wamid, fact.Status, fact.Participant)));
    }

    private void Keep(Message message)
    {
        if (message.ClientKey is { } key && !_messagesByKey.TryAdd(key, message))
        {
            return;
        }

        if (message.Wamid is { } wamid)
        {
            _messages.Add(wamid, message);
        }

        _writer.Watch(message);
    }

    private async Task LoadContactsAsync(
        List<PlainItem.Message> messages, List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            _lookedFor.UnionWith(KeysOf(message.From));
        }

        // Who got a message of ours and is named by a user id may be somebody known by phone alone until now.
        var recipients = await RecipientsAsync(statuses, cancellationToken);
        foreach (var (status, phone) in recipients)
        {
            if (status.Recipient(phone) is { } recipient)
            {
                _lookedFor.UnionWith(KeysOf(recipient.Cleaned()));
            }
        }

        var identifiers = await _read.HoldersAsync([.. _lookedFor.Select(key => key.Key).Distinct()], cancellationToken);
        var ids = identifiers.Select(identifier => identifier.ContactId).Concat(_wanted).Distinct().ToArray();
        foreach (var contact in await _read.ContactsAsync(ids, cancellationToken))
        {
            _contacts.Add(contact.Id, contact);
            _writer.Watch(contact);
            contact.Identifiers.ForEach(_writer.Watch);
        }

        foreach (var identifier in identifiers)
        {
            _holders[(identifier.Kind, identifier.Scope, identifier.MatchKey)] = _contacts[identifier.ContactId];
        }
    }

    /// <summary>Statuses whose contact must be read as well: it has no user id yet. One that may show somebody else behind a number only has its contact read.</summary>
    private async Task<List<(PlainItem.Status Status, string? Phone)>> RecipientsAsync(
        List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        var people = statuses.Select(MessageOf).OfType<Message>().Select(message => ConversationOf(message).ContactId).Distinct().ToArray();
        var heads = (await _read.ContactHeadsAsync(people, cancellationToken)).ToDictionary(head => head.Id);
        List<(PlainItem.Status, string?)> learning = [];
        foreach (var status in statuses)
        {
            if (MessageOf(status) is not { } message)
            {
                continue;
            }

            var who = heads[ConversationOf(message).ContactId];
            if (who.UserId is null)
            {
                _withoutUserId.Add(who.Id);
            }

            if (RecordStatus.MayShowAnother(status.Item, who.UserId))
            {
                _wanted.Add(who.Id);
            }

            if (who.UserId is null && status.Recipient(who.Phone) is not null)
            {
                learning.Add((status, who.Phone));
                _wanted.Add(who.Id);
            }
        }

        return learning;
    }

    /// <summary>The threads of the messages that were found.</summary>
    private async Task LoadConversationsAsync(List<PlainItem.Message> messages, CancellationToken cancellationToken)
    {
        var ids = _messages.Values.Concat(_messagesByKey.Values).Select(message => message.ConversationId).Distinct().ToArray();
        var (writers, numbers) = (messages.SelectMany(message => KeysOf(message.From)).Select(key => key.Key), messages.Select(message => message.NumberId));
        await _read.LockConversationsAsync(ids, [.. writers.Distinct()], [.. numbers.Distinct()], cancellationToken);
        Keep(await _read.ConversationsAsync(ids, cancellationToken));
    }

    /// <summary>The threads of those who write.</summary>
    private async Task LoadThreadsAsync(List<PlainItem.Message> messages, CancellationToken cancellationToken)
    {
        var people = messages.Select(message => HolderOf(message.From)?.Id).OfType<long>().Distinct().ToArray();
        var numbers = messages.Select(message => message.NumberId).Distinct().ToArray();
        Keep(await _read.ConversationsAsync(people, numbers, cancellationToken));
    }

    private void Keep(List<Conversation> conversations)
    {
        foreach (var conversation in conversations.Where(conversation => !_conversations.ContainsKey(conversation.Id)))
        {
            _writer.Watch(conversation);
            Keep(conversation);
        }
    }

    private void Keep(Conversation conversation)
    {
        _conversations.Add(conversation.Id, conversation);
        _threads.Add((conversation.ContactId, conversation.NumberId), conversation);
    }

    private async Task LoadParkedAsync(
        List<PlainItem.Message> messages, List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        var appearing = messages.Select(message => message.Wamid)
            .Concat(statuses.Where(status => status.ClientKey is not null && MessageOf(status.Wamid) is null).Select(status => status.Wamid))
            .Distinct()
            .ToArray();
        _waitedFor.UnionWith((await _read.ParkedForAsync(appearing, cancellationToken)).Select(parked => parked.Wamid));

        var early = statuses.Where(status => MessageOf(status) is null).Select(status => status.Read.Hash).Distinct().ToArray();
        _parkedHashes.UnionWith((await _read.ParkedAsync(early, cancellationToken)).Select(parked => parked.ItemHash));
    }

    private async ValueTask<Contact> NewContactAsync(DateTime nowUtc, CancellationToken cancellationToken)
    {
        var contact = new Contact { Id = await _writer.NextIdAsync<Contact>(_arriving, cancellationToken), CreatedAtUtc = nowUtc };
        _contacts.Add(contact.Id, contact);
        _writer.Add(contact);
        return contact;
    }

    private Contact? HolderOf(PersonIdentity who)
    {
        var keys = KeysOf(who);
        return Holder(keys, IdentifierKind.UserId) ?? Holder(keys, IdentifierKind.Phone) ?? Holder(keys, IdentifierKind.ParentUserId);
    }

    private Contact? Holder(List<(IdentifierKind Kind, string Scope, string Key)> keys, IdentifierKind kind)
    {
        foreach (var key in keys)
        {
            if (key.Kind == kind)
            {
                return _holders.GetValueOrDefault(key);
            }
        }

        return null;
    }

    private static List<(IdentifierKind Kind, string Scope, string Key)> KeysOf(PersonIdentity who)
    {
        var keys = new List<(IdentifierKind, string, string)>(3);
        if (who.UserId is { } userId)
        {
            keys.Add((IdentifierKind.UserId, who.Scope, userId));
        }

        if (who.Phone is { } phone)
        {
            keys.Add((IdentifierKind.Phone, "", PhoneMatchKey.Of(phone)));
        }

        if (who.ParentUserId is { } parent)
        {
            keys.Add((IdentifierKind.ParentUserId, who.Scope, parent));
        }

        return keys;
    }

    /// <summary>What was learned is found by the next item: new identifiers are, retired ones are not any more.</summary>
    private void Index(Contact contact, int before)
    {
        for (var at = 0; at < contact.Identifiers.Count; at++)
        {
            var identifier = contact.Identifiers[at];
            if (at >= before)
            {
                identifier.ContactId = contact.Id;
                _writer.Add(identifier);
            }

            if (identifier.Kind == IdentifierKind.Username)
            {
                continue;
            }

            var key = (identifier.Kind, identifier.Scope, identifier.MatchKey);
            if (identifier.RetiredAtUtc is null)
            {
                _holders[key] = contact;
            }
            else if (_holders.GetValueOrDefault(key) == contact && !contact.Identifiers.Any(i => i.RetiredAtUtc is null && (i.Kind, i.Scope, i.MatchKey) == key))
            {
                _holders.Remove(key);
            }
        }
    }
}
