using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>
/// The rows that a run of plain items touches, read with a few set queries inside the transaction, changed in memory and written with a
/// few statements. On PostgreSQL messages are locked before conversations, each in order of their ids, like everywhere else.
/// </summary>
internal sealed class RunRows(WaConsoleDb db, RowWriter writer)
{
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

    private int _arriving;

    public async Task LoadAsync(IReadOnlyList<PlainItem> items, CancellationToken cancellationToken)
    {
        var messages = items.OfType<PlainItem.Message>().ToList();
        var statuses = items.OfType<PlainItem.Status>().ToList();
        await LoadMessagesAsync(messages, statuses, cancellationToken);
        await LoadContactsAsync(messages, statuses, cancellationToken);
        await LoadConversationsAsync(messages, cancellationToken);
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
        conversation.Id = await writer.NextIdAsync<Conversation>(_arriving, cancellationToken);
        writer.Add(conversation);
        Keep(conversation);
        return conversation;
    }

    /// <returns>Null when whom this names is not one person, or nobody looked: for <see cref="ResolveContact"/> itself.</returns>
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
        var contact = byUserId ?? byPhone ?? byParent ?? await NewContactAsync(nowUtc, cancellationToken);
        var before = contact.Identifiers.Count;
        ResolveContact.Learn(contact, who, byParent, nowUtc);
        Index(contact, before);
        return contact;
    }

    /// <summary>Keeps a new message, with an id that is higher than every earlier one's.</summary>
    public async ValueTask AddAsync(Message message, CancellationToken cancellationToken)
    {
        message.Id = await writer.NextIdAsync<Message>(_arriving, cancellationToken);
        if (message.MediaFile is { } file)
        {
            file.Id = await writer.NextIdAsync<MediaFile>(1, cancellationToken);
            message.MediaFileId = file.Id;
            writer.Add(file);
        }

        writer.Add(message);
        _messages.Add(message.Wamid!, message);
    }

    public void Add(MessageStatusFact fact)
    {
        writer.Add(fact);
        _facts.Add((fact.Wamid, fact.Status, fact.Participant));
    }

    public void Park(ParkedItem item)
    {
        writer.Add(item);
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
        await writer.SaveAsync<Contact>(cancellationToken);
        await writer.SaveAsync<ContactIdentifier>(cancellationToken);
        await writer.SaveAsync<Conversation>(cancellationToken);
        await writer.SaveAsync<MediaFile>(cancellationToken);
        await writer.SaveAsync<Message>(cancellationToken);
        await writer.SaveAsync<MessageStatusFact>(cancellationToken);
        await writer.SaveAsync<ParkedItem>(cancellationToken);
        if (_settled.Count > 0)
        {
            await RecordStatus.UseUpAsync(db, _settled, cancellationToken);
        }
    }

    private async Task LoadMessagesAsync(
        List<PlainItem.Message> messages, List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        var wamids = messages.Select(message => message.Wamid)
            .Concat(messages.Select(message => message.Quoted).OfType<string>())
            .Concat(statuses.Select(status => status.Wamid))
            .Distinct()
            .ToArray();
        var keys = statuses.Select(status => status.ClientKey).OfType<Guid>().Distinct().ToArray();
        foreach (var message in await ReadAsync(MessagesBy(wamids), cancellationToken))
        {
            Keep(message);
        }

        if (keys.Length > 0)
        {
            foreach (var message in await ReadAsync(MessagesBy(keys), cancellationToken))
            {
                Keep(message);
            }
        }

        if (statuses.Count > 0)
        {
            var reported = statuses.Select(status => status.Wamid).Distinct().ToArray();
            var facts = await db.MessageStatusFacts.AsNoTracking()
                .Where(f => EF.Parameter(reported).Contains(f.Wamid))
                .Select(f => new { f.Wamid, f.Status, f.Participant })
                .ToListAsync(cancellationToken);
            _facts.UnionWith(facts.Select(f => (f.Wamid, f.Status, f.Participant)));
        }
    }

    private IQueryable<Message> MessagesBy(string[] wamids) => db.Database.IsNpgsql()
        ? db.Messages.FromSql($"""SELECT * FROM "Messages" WHERE "Wamid" = ANY ({wamids}) ORDER BY "Id" FOR NO KEY UPDATE""")
        : db.Messages.Where(m => EF.Parameter(wamids).Contains(m.Wamid));

    private IQueryable<Message> MessagesBy(Guid[] keys) => db.Database.IsNpgsql()
        ? db.Messages.FromSql($"""SELECT * FROM "Messages" WHERE "ClientKey" = ANY ({keys}) ORDER BY "Id" FOR NO KEY UPDATE""")
        : db.Messages.Where(m => EF.Parameter(keys).Contains(m.ClientKey!.Value));

    /// <summary>Without texts and raw items, which no status needs.</summary>
    private static Task<List<Message>> ReadAsync(IQueryable<Message> messages, CancellationToken cancellationToken) => messages.AsNoTracking()
        .Select(m => new Message
        {
            Id = m.Id,
            ConversationId = m.ConversationId,
            NumberId = m.NumberId,
            Wamid = m.Wamid,
            ClientKey = m.ClientKey,
            Status = m.Status,
            StatusAtUtc = m.StatusAtUtc,
            ErrorCode = m.ErrorCode,
            ErrorTitle = m.ErrorTitle,
            ErrorDetails = m.ErrorDetails,
            PricingCategory = m.PricingCategory,
            PricingType = m.PricingType,
        })
        .ToListAsync(cancellationToken);

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

        writer.Watch(message);
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

        var keys = _lookedFor.Select(key => key.Key).Distinct().ToArray();
        var identifiers = keys.Length == 0
            ? []
            : await db.ContactIdentifiers.AsNoTracking()
                .Where(i => EF.Parameter(keys).Contains(i.MatchKey) && i.RetiredAtUtc == null && i.Kind != IdentifierKind.Username)
                .Select(i => new { i.Kind, i.Scope, i.MatchKey, i.ContactId })
                .ToListAsync(cancellationToken);
        var ids = identifiers.Select(i => i.ContactId).Concat(_wanted).Distinct().ToArray();
        if (ids.Length > 0)
        {
            var contacts = await db.Contacts.AsNoTracking().Include(c => c.Identifiers)
                .Where(c => EF.Parameter(ids).Contains(c.Id))
                .OrderBy(c => c.Id)
                .ToListAsync(cancellationToken);
            foreach (var contact in contacts)
            {
                _contacts.Add(contact.Id, contact);
                writer.Watch(contact);
                contact.Identifiers.ForEach(writer.Watch);
            }
        }

        foreach (var identifier in identifiers)
        {
            _holders[(identifier.Kind, identifier.Scope, identifier.MatchKey)] = _contacts[identifier.ContactId];
        }
    }

    /// <summary>Statuses whose contact must be read as well: it has no user id yet, or its consent ends.</summary>
    private async Task<List<(PlainItem.Status Status, string? Phone)>> RecipientsAsync(
        List<PlainItem.Status> statuses, CancellationToken cancellationToken)
    {
        var ids = statuses.Select(MessageOf).OfType<Message>().Select(message => message.ConversationId).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        var found = await db.Conversations.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id))
            .Select(c => new { c.Id, c.ContactId, c.Contact.UserId, c.Contact.Phone })
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        List<(PlainItem.Status, string?)> learning = [];
        foreach (var status in statuses)
        {
            if (MessageOf(status) is { } message && found.TryGetValue(message.ConversationId, out var who))
            {
                if (who.UserId is null)
                {
                    _withoutUserId.Add(who.ContactId);
                }

                if (who.UserId is null && status.Recipient(who.Phone) is not null)
                {
                    learning.Add((status, who.Phone));
                    _wanted.Add(who.ContactId);
                }
                else if (RecordStatus.EndsConsent(status.Item))
                {
                    _wanted.Add(who.ContactId);
                }
            }
        }

        return learning;
    }

    private async Task LoadConversationsAsync(List<PlainItem.Message> messages, CancellationToken cancellationToken)
    {
        var ids = _messages.Values.Concat(_messagesByKey.Values).Select(message => message.ConversationId).Distinct().ToArray();
        var people = messages.Select(message => HolderOf(message.From)?.Id).OfType<long>().Distinct().ToArray();
        var numbers = messages.Select(message => message.NumberId).Distinct().ToArray();
        if (ids.Length > 0)
        {
            Keep(await ConversationsBy(ids).AsNoTracking().ToListAsync(cancellationToken));
        }

        if (people.Length > 0)
        {
            Keep(await ConversationsBy(people, numbers).AsNoTracking().ToListAsync(cancellationToken));
        }
    }

    private IQueryable<Conversation> ConversationsBy(long[] ids) => db.Database.IsNpgsql()
        ? db.Conversations.FromSql($"""SELECT * FROM "Conversations" WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR NO KEY UPDATE""")
        : db.Conversations.Where(c => EF.Parameter(ids).Contains(c.Id));

    private IQueryable<Conversation> ConversationsBy(long[] people, long[] numbers) => db.Database.IsNpgsql()
        ? db.Conversations.FromSql(
            $"""SELECT * FROM "Conversations" WHERE "ContactId" = ANY ({people}) AND "NumberId" = ANY ({numbers}) ORDER BY "Id" FOR NO KEY UPDATE""")
        : db.Conversations.Where(c => EF.Parameter(people).Contains(c.ContactId) && EF.Parameter(numbers).Contains(c.NumberId));

    private void Keep(List<Conversation> conversations)
    {
        foreach (var conversation in conversations.Where(conversation => !_conversations.ContainsKey(conversation.Id)))
        {
            writer.Watch(conversation);
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
        if (appearing.Length > 0)
        {
            _waitedFor.UnionWith(await db.ParkedItems.Where(p => EF.Parameter(appearing).Contains(p.Wamid))
                .Select(p => p.Wamid)
                .ToListAsync(cancellationToken));
        }

        var early = statuses.Where(status => MessageOf(status) is null).Select(status => status.Read.Hash).Distinct().ToArray();
        if (early.Length > 0)
        {
            _parkedHashes.UnionWith(await db.ParkedItems.Where(p => EF.Parameter(early).Contains(p.ItemHash))
                .Select(p => p.ItemHash)
                .ToListAsync(cancellationToken));
        }
    }

    private async ValueTask<Contact> NewContactAsync(DateTime nowUtc, CancellationToken cancellationToken)
    {
        var contact = new Contact { Id = await writer.NextIdAsync<Contact>(_arriving, cancellationToken), CreatedAtUtc = nowUtc };
        _contacts.Add(contact.Id, contact);
        writer.Add(contact);
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
                writer.Add(identifier);
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
