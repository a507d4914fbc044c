using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Intake;
using WaConsole.Core.Labels;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using Xunit;

namespace WaConsole.Testing;

/// <summary>
/// Somebody of whom everything is known: a row in every table that holds something of a person, a value of its own in every column. What is
/// not a key is filled in by itself, so that a new column has a value too.
/// </summary>
internal sealed class KnownPerson
{
    private static int _values;

    /// <summary>What is told, where it is not the column's value itself.</summary>
    private readonly Dictionary<string, object> _toldAs = [];

    private readonly Dictionary<string, object> _rows = [];

    private long _threadId;

    public long Id { get; private set; }

    /// <summary>Texts that are nobody else's.</summary>
    public HashSet<string> Own { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KnownPerson> WriteAsync(CoreHost core, string phone)
    {
        var person = new KnownPerson();
        await core.WithDbAsync(async db =>
        {
            var agent = new Agent { UserName = $"{phone}@example.test", DisplayName = $"Ana {phone}" };
            db.Users.Add(agent);
            await db.SaveChangesAsync(Token);
            await person.WriteContactAsync(core, db, phone);
            await person.WriteThreadAsync(core, db, agent);
            await person.WriteConsentAsync(core, db, phone);
            await person.WriteSetAsideAsync(core, db, phone);
        });
        return person;
    }

    /// <summary>As the export tells it: what is one of a few by name, bytes as text, money in whole.</summary>
    public object? Told(string column)
    {
        if (_toldAs.TryGetValue(column, out var told))
        {
            return told;
        }

        var (entity, name) = (column.Split('.')[0], column.Split('.')[1]);
        return _rows[entity].GetType().GetProperty(name)!.GetValue(_rows[entity]) switch
        {
            Enum one => one.ToString(),
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            int number => (long)number,
            var value => value,
        };
    }

    public Task WriteManyMessagesAsync(CoreHost core, int count) => core.WithDbAsync(async db =>
    {
        var now = DateTime.UnixEpoch.AddYears(56);
        var many = Enumerable.Range(0, count)
            .Select(_ => new Message
            {
                ConversationId = _threadId,
                NumberId = core.NumberId,
                Direction = MessageDirection.Outbound,
                Kind = MessageKind.Text,
                SentAtUtc = now,
                CreatedAtUtc = now,
            })
            .ToList();
        db.Messages.AddRange(many);
        await db.SaveChangesAsync(Token);
        db.MessageStatusFacts.AddRange(many.Select(message => new MessageStatusFact { MessageId = message.Id, Wamid = $"wamid.{message.Id}", Status = "read", AtUtc = now }));
        db.Reactions.AddRange(many.Select(message => new Reaction { MessageId = message.Id, FromCustomer = true, Emoji = "👍", AtUtc = now }));
        await db.SaveChangesAsync(Token);
    });

    public Task GiveUpNumbersAsync(CoreHost core) => core.WithDbAsync(db =>
        db.ContactIdentifiers.Where(i => i.ContactId == Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.RetiredAtUtc, DateTime.UnixEpoch.AddYears(57)), Token));

    private async Task WriteContactAsync(CoreHost core, WaConsoleDb db, string phone)
    {
        var contact = Filled(new Contact { Phone = phone }, nameof(Contact.MergedIntoId));
        db.Contacts.Add(contact);
        await db.SaveChangesAsync(Token);
        Id = contact.Id;
        var merged = Filled(new Contact { MergedIntoId = Id });
        var field = Filled(new ContactField { Type = ContactFieldType.Text });
        var (label, threadLabel) = (Filled(new Label()), Filled(new Label()));
        db.AddRange(merged, field, label, threadLabel);
        await db.SaveChangesAsync(Token);
        _rows["Contact"] = contact;
        _rows["ContactThreadLabel"] = threadLabel;

        // One they have now, found in what waits and in the marks, and one they had.
        db.ContactIdentifiers.Add(new ContactIdentifier { ContactId = Id, Kind = IdentifierKind.Phone, Value = phone, MatchKey = phone });
        db.AddRange(
            Filled(new ContactIdentifier { ContactId = Id, Kind = IdentifierKind.UserId }),
            Filled(new ContactMerge { StaysId = Id, GoesId = merged.Id }),
            Filled(new ContactBlock { ContactId = Id, NumberId = core.NumberId }),
            Filled(new ContactFieldValue { ContactId = Id, FieldId = field.Id }),
            new ContactLabel { ContactId = Id, LabelId = label.Id },
            Filled(new ContactNote { ContactId = Id }),
            Filled(new PortfolioReach { PersonId = Id }),
            Filled(new ConsentAudit { PersonId = Id }));
        await db.SaveChangesAsync(Token);

        var number = await db.Numbers.Include(n => n.BusinessAccount).SingleAsync(n => n.Id == core.NumberId, Token);
        number.Testers = string.Join(',', (string[])[number.Testers, phone]).Trim(',');
        await db.SaveChangesAsync(Token);
        _rows["Number"] = number;
        _toldAs["Number.Testers"] = phone;
        foreach (var entity in (string[])["ContactBlock", "ConsentEntry", "Conversation", "Message", "MediaFile"])
        {
            _toldAs[$"{entity}.NumberId"] = number.DisplayPhoneNumber;
        }

        foreach (var entity in (string[])["ToldNotice", "ParkedItem", "QuarantinedItem"])
        {
            _toldAs[$"{entity}.BusinessAccountId"] = number.BusinessAccount.Name;
        }
    }

    private async Task WriteThreadAsync(CoreHost core, WaConsoleDb db, Agent agent)
    {
        var thread = Filled(new Conversation { ContactId = Id, NumberId = core.NumberId, AssigneeId = agent.Id });
        db.Conversations.Add(thread);
        await db.SaveChangesAsync(Token);
        _threadId = thread.Id;
        var file = Filled(new MediaFile { ConversationId = thread.Id, NumberId = core.NumberId, UploadedById = agent.Id }, nameof(MediaFile.IsInLibrary));
        file.Sound = Filled(new Sound());
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync(Token);
        var first = new Message { ConversationId = thread.Id, NumberId = core.NumberId, Direction = MessageDirection.Inbound, Kind = MessageKind.Text };
        db.Messages.Add(first);
        await db.SaveChangesAsync(Token);
        var message = Filled(new Message
        {
            ConversationId = thread.Id,
            NumberId = core.NumberId,
            MediaFileId = file.Id,
            ReplyToMessageId = first.Id,
            Direction = MessageDirection.Outbound,
            Kind = MessageKind.Template,
        });
        db.Messages.Add(message);
        await db.SaveChangesAsync(Token);
        db.AddRange(
            Filled(new MessageStatusFact { MessageId = message.Id }),
            Filled(new Reaction { MessageId = message.Id }),
            Filled(new StopReview { MessageId = message.Id, ConversationId = thread.Id }),
            Filled(new OutboxEntry { MessageId = message.Id, ConversationId = thread.Id, NumberId = core.NumberId }),
            Filled(new AwayAnswer { ConversationId = thread.Id }),
            Filled(new Draft { ConversationId = thread.Id, AgentId = agent.Id, MediaFileIds = file.Id.ToString(CultureInfo.InvariantCulture), ReplyToMessageId = message.Id }),
            Filled(new Participant { ConversationId = thread.Id, AgentId = agent.Id }),
            Filled(new Notification { ConversationId = thread.Id, AgentId = agent.Id, MessageId = message.Id }),
            Filled(new ToldNotice { ContactId = Id, MessageId = message.Id, BusinessAccountId = core.AccountId }),
            Filled(new ConversationLabel { ConversationId = thread.Id, LabelId = ((Label)_rows["ContactThreadLabel"]).Id }));
        await db.SaveChangesAsync(Token);
        _toldAs["Message.EstimateMicros"] = message.EstimateMicros!.Value / 1_000_000m;
        _toldAs["Message.ChargeMicros"] = message.ChargeMicros!.Value / 1_000_000m;
        _toldAs["Reaction.FromCustomer"] = nameof(MessageDirection.Inbound);
        _toldAs["Draft.MediaFileIds"] = file.FileName;
        foreach (var column in (string[])["Conversation.AssigneeId", "Draft.AgentId", "Participant.AgentId", "Notification.AgentId"])
        {
            _toldAs[column] = agent.DisplayName;
        }
    }

    private async Task WriteConsentAsync(CoreHost core, WaConsoleDb db, string phone)
    {
        var secrets = core.Get<ConsentSecrets>();
        var subject = new ConsentSubject { ContactId = Id, MadeFor = Id, KeyProtected = secrets.NewPersonKey() };
        db.ConsentSubjects.Add(subject);
        await db.SaveChangesAsync(Token);
        var part = Filled(new PersonalPart { UserIds = [$"DE.{phone}", $"DE.1{phone}"], Evidence = Filled(new ConsentEvidence()) });
        var entry = Filled(new ConsentEntry { SubjectId = subject.Id, NumberId = core.NumberId, Sealed = secrets.Seal(subject.KeyProtected, subject.Id, part) });
        db.ConsentEntries.Add(entry);
        await db.SaveChangesAsync(Token);
        db.AddRange(Filled(new ConsentState { ContactId = Id, EntryId = entry.Id }), Filled(new ConsentFile { SubjectId = subject.Id }));
        await db.SaveChangesAsync(Token);
        _toldAs["PersonalPart.UserIds"] = string.Join(", ", part.UserIds);

        var erased = Moment();
        var identifiers = await db.ContactIdentifiers.Where(i => i.ContactId == Id).ToListAsync(Token);
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await Suppressions.SetAsync(db, await Suppressions.ToSetAsync(db, identifiers, everything: true, Token), erased, Token);
        await transaction.CommitAsync(Token);
        _toldAs["ConsentSuppression.AtUtc"] = erased;
    }

    /// <summary>And what only mentions the person, which is somebody else's.</summary>
    private async Task WriteSetAsideAsync(CoreHost core, WaConsoleDb db, string phone)
    {
        db.AddRange(
            Filled(new ParkedItem { BusinessAccountId = core.AccountId, Body = Body("statuses", $$"""{"id":"wamid.1","recipient_id":"{{phone}}"}""") }),
            Filled(new QuarantinedItem { BusinessAccountId = core.AccountId, Body = Body("messages", $$$"""{"from":"{{{phone}}}","text":{"body":"{{{Text()}}}"}}""") }),
            new QuarantinedItem
            {
                BusinessAccountId = core.AccountId,
                ItemHash = Text(),
                Body = Body("messages", $$"""{"from":"4915100000099","contacts":[{"phones":[{"wa_id":"4915100000042"},{"wa_id":"4915100000043"}]}],"id":"{{Text()}}"}"""),
            });
        await db.SaveChangesAsync(Token);
        var bodies = await db.QuarantinedItems.Select(q => q.Body).ToListAsync(Token);
        Own.UnionWith(bodies.Select(Encoding.UTF8.GetString).Where(body => body.Contains("phones", StringComparison.Ordinal)));

        static byte[] Body(string list, string item) =>
            Encoding.UTF8.GetBytes($$$"""{"entry":[{"id":"1","changes":[{"field":"messages","value":{"{{{list}}}":[{{{item}}}]}}]}]}""");
    }

    private T Filled<T>(T row, params string[] leave)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && !leave.Contains(property.Name) && property.Name != "Id"))
        {
            if (IsEmpty(property.GetValue(row)) && Value(property) is { } value)
            {
                property.SetValue(row, value);
                if (value is string text)
                {
                    Own.Add(text);
                }
            }
        }

        return (T)(_rows[typeof(T).Name] = row);
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null or "" or false or byte[] { Length: 0 } => true,
        Guid key => key == Guid.Empty,
        DateTime moment => moment == default,
        Enum or int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    private static object? Value(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(string) => Text(),
            _ when type == typeof(DateTime) => Moment(),
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => Interlocked.Increment(ref _values),
            _ when type == typeof(long) => (long)Interlocked.Increment(ref _values),
            _ when type == typeof(Guid) => Guid.CreateVersion7(),
            _ when type == typeof(byte[]) => Encoding.UTF8.GetBytes(Text()),
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
            _ => null,
        };
    }

    /// <summary>Short: a currency has eight characters.</summary>
    private static string Text() => string.Create(CultureInfo.InvariantCulture, $"~{Interlocked.Increment(ref _values)}~");

    private static DateTime Moment() => DateTime.UnixEpoch.AddYears(50).AddSeconds(Interlocked.Increment(ref _values));
}
