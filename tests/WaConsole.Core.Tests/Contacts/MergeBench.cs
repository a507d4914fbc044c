using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Countries;
using WaConsole.Core.Labels;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

/// <summary>People with everything that hangs on them, made by chance, and the whole of it as text to compare.</summary>
internal sealed class MergeBench(CoreHost core, int seed)
{
    private static readonly DateTime Start = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private readonly Random _chance = new(seed);
    private int _made;

    public List<long> Numbers { get; } = [];

    public List<long> Labels { get; } = [];

    public List<long> Fields { get; } = [];

    public async Task PrepareAsync() => await core.WithDbAsync(async db =>
    {
        Numbers.AddRange(await db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).ToListAsync());
        for (var at = Numbers.Count; at < 3; at++)
        {
            var number = new Number
            {
                BusinessAccountId = core.AccountId,
                PhoneNumberId = $"77{at}",
                DisplayPhoneNumber = "",
                Name = $"Shop {at}",
                Quality = "GREEN",
                Status = "CONNECTED",
                CreatedAtUtc = Start,
            };
            db.Numbers.Add(number);
            await db.SaveChangesAsync();
            Numbers.Add(number.Id);
        }

        for (var at = 0; at < 4; at++)
        {
            var label = new Label { Name = $"L{at}", NameKey = $"l{at}", CreatedAtUtc = Start };
            var field = new ContactField { Name = $"F{at}", NameKey = $"f{at}", Type = ContactFieldType.Text, CreatedAtUtc = Start };
            db.AddRange(label, field);
            await db.SaveChangesAsync();
            Labels.Add(label.Id);
            Fields.Add(field.Id);
        }
    });

    public async Task<long> PersonAsync() => await core.WithDbAsync(async db =>
    {
        var contact = new Contact
        {
            ProfileName = Maybe() ? $"Person {++_made}" : "",
            GivenName = Maybe() ? $"Given {++_made}" : null,
            OptedOutAtUtc = Maybe() ? Moment() : null,
            IdentityChangedAtUtc = Maybe() ? Moment() : null,
            CreatedAtUtc = Moment(),
        };
        contact.OptedOutReason = contact.OptedOutAtUtc is null ? null : "stop";
        Identify(contact);
        contact.Country = CountryOf.Person(contact.Phone, contact.UserId);
        contact.SearchText = ContactSearchText.Of(contact);
        var labels = Some(Labels);
        contact.LabelIds = LabelIds.Write(labels);
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        db.ContactLabels.AddRange(labels.Select(id => new ContactLabel { LabelId = id, ContactId = contact.Id }));
        db.ContactFieldValues.AddRange(Some(Fields).Select(id => new ContactFieldValue { ContactId = contact.Id, FieldId = id, Value = $"v{++_made}" }));
        for (var at = _chance.Next(3); at > 0; at--)
        {
            db.ContactNotes.Add(new ContactNote { ContactId = contact.Id, Text = $"note {++_made}", AuthorName = "Ana", CreatedAtUtc = Moment() });
        }

        foreach (var number in Some(Numbers))
        {
            await ThreadAsync(db, contact, number);
        }

        await db.SaveChangesAsync();
        return contact.Id;
    });

    /// <summary>Every row that belongs to people, in full, except the records of the merges themselves.</summary>
    public async Task<string> DumpAsync() => await core.WithDbAsync(async db =>
    {
        List<string> lines = [];
        foreach (var set in (IEnumerable<object>[])
        [
            await db.Contacts.AsNoTracking().OrderBy(c => c.Id).ToListAsync(),
            await db.ContactIdentifiers.AsNoTracking().OrderBy(i => i.Id).ToListAsync(),
            await db.ContactLabels.AsNoTracking().OrderBy(l => l.ContactId).ThenBy(l => l.LabelId).ToListAsync(),
            await db.ContactFieldValues.AsNoTracking().OrderBy(v => v.ContactId).ThenBy(v => v.FieldId).ToListAsync(),
            await db.ContactNotes.AsNoTracking().OrderBy(n => n.Id).ToListAsync(),
            await db.ContactBlocks.AsNoTracking().OrderBy(b => b.ContactId).ThenBy(b => b.NumberId).ToListAsync(),
            await db.Conversations.AsNoTracking().OrderBy(c => c.Id).ToListAsync(),
            await db.ConversationLabels.AsNoTracking().OrderBy(l => l.ConversationId).ThenBy(l => l.LabelId).ToListAsync(),
            await db.Drafts.AsNoTracking().OrderBy(d => d.ConversationId).ThenBy(d => d.AgentId).ToListAsync(),
            await db.Messages.AsNoTracking().OrderBy(m => m.Id).ToListAsync(),
            await db.Outbox.AsNoTracking().OrderBy(e => e.Id).ToListAsync(),
            await db.MediaFiles.AsNoTracking().OrderBy(f => f.Id).ToListAsync(),
        ])
        {
            lines.AddRange(set.Select(row => $"{row.GetType().Name} {JsonSerializer.Serialize(row, row.GetType())}"));
        }

        return string.Join('\n', lines);
    });

    private async Task ThreadAsync(WaConsoleDb db, Contact contact, long numberId)
    {
        var labels = Some(Labels);
        var thread = new Conversation
        {
            ContactId = contact.Id,
            NumberId = numberId,
            Status = (ConversationStatus)_chance.Next(1, 5),
            AssigneeId = Maybe() ? _chance.Next(1, 4) : null,
            LastActivityAtUtc = Moment(),
            WaitingSinceUtc = Maybe() ? Moment() : null,
            WindowOpenedAtUtc = Maybe() ? Moment() : null,
            WindowExpiryAnnounced = Maybe(),
            EntryPointExpiresAtUtc = Maybe() ? Moment() : null,
            ReferralJson = Maybe() ? "{}" : null,
            LabelIds = LabelIds.Write(labels),
            CreatedAtUtc = Moment(),
        };
        thread.WindowExpiresAtUtc = thread.WindowOpenedAtUtc?.AddDays(1);
        thread.SnoozedUntilUtc = thread.Status == ConversationStatus.Snoozed ? Moment() : null;
        db.Conversations.Add(thread);
        await db.SaveChangesAsync();
        db.ConversationLabels.AddRange(labels.Select(id => new ConversationLabel { LabelId = id, ConversationId = thread.Id }));
        for (var at = _chance.Next(6); at > 0; at--)
        {
            await LineAsync(db, thread);
        }

        foreach (var agent in (long[])[.. Some([1L, 2L])])
        {
            db.Drafts.Add(new Draft { ConversationId = thread.Id, AgentId = agent, Text = Maybe() ? $"draft {++_made}" : "", UpdatedAtUtc = Moment() });
        }

        if (Maybe())
        {
            contact.BlockedAtUtc = Moment();
            db.ContactBlocks.Add(new ContactBlock { ContactId = contact.Id, NumberId = numberId, AtUtc = contact.BlockedAtUtc.Value, ByName = "Ana" });
        }

        await db.SaveChangesAsync();
    }

    private async Task LineAsync(WaConsoleDb db, Conversation thread)
    {
        var inbound = Maybe();
        var message = new Message
        {
            ConversationId = thread.Id,
            NumberId = thread.NumberId,
            Direction = inbound ? MessageDirection.Inbound : MessageDirection.Outbound,
            Kind = MessageKind.Text,
            Text = $"text {++_made}",
            Status = inbound ? DeliveryStatus.None : DeliveryStatus.Sent,
            SentAtUtc = Moment(),
            CreatedAtUtc = Moment(),
        };
        if (Maybe())
        {
            message.MediaFile = new MediaFile
            {
                Key = new Guid(_chance.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                State = MediaState.Ready,
                ConversationId = thread.Id,
                MimeType = "image/jpeg",
                FileName = "boots.jpg",
                CreatedAtUtc = Moment(),
            };
        }

        db.Messages.Add(message);
        await db.SaveChangesAsync();
        thread.LastMessageId = message.Id;
        (thread.LastPreview, thread.LastKind, thread.LastDirection, thread.LastStatus) = (message.Text, message.Kind, message.Direction, message.Status);
        if (inbound)
        {
            thread.UnreadCount++;
            thread.FirstUnreadMessageId ??= message.Id;
        }
        else if (Maybe())
        {
            db.Outbox.Add(new OutboxEntry
            {
                MessageId = message.Id,
                NumberId = thread.NumberId,
                ConversationId = thread.Id,
                State = OutboxState.Unknown,
                CreatedAtUtc = Moment(),
                DeadlineAtUtc = Moment(),
                NextAttemptAtUtc = Moment(),
            });
        }
    }

    private void Identify(Contact contact)
    {
        if (Maybe())
        {
            contact.Phone = Add(contact, IdentifierKind.Phone, (49_170_000_000 + ++_made).ToString(CultureInfo.InvariantCulture));
        }

        if (Maybe() || contact.Phone is null)
        {
            contact.UserId = Add(contact, IdentifierKind.UserId, $"DE.{++_made}");
        }

        if (Maybe())
        {
            contact.Username = Add(contact, IdentifierKind.Username, $"user{++_made}");
        }
    }

    private string Add(Contact contact, IdentifierKind kind, string value)
    {
        contact.Identifiers.Add(new ContactIdentifier
        {
            Kind = kind,
            Value = value,
            MatchKey = value,
            Scope = kind == IdentifierKind.UserId ? "102" : "",
            FirstSeenAtUtc = Moment(),
            LastSeenAtUtc = Moment(),
        });
        return value;
    }

    private bool Maybe() => _chance.Next(2) == 0;

    private List<T> Some<T>(IReadOnlyList<T> all) => [.. all.Where(_ => Maybe())];

    private DateTime Moment() => Start.AddSeconds(_chance.Next(400_000));
}
