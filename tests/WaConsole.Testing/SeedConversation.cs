using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Testing;

/// <summary>A conversation written straight into the tables, for tests of reading. <see cref="Texts"/> are the customer's, oldest first.</summary>
public sealed record SeedConversation
{
    private static long _phones = 4_915_100_000_000;

    public required long NumberId { get; init; }

    public string Name { get; init; } = "Amina Duarte";

    public string? Username { get; init; }

    public string Phone { get; init; } = $"{Interlocked.Increment(ref _phones)}";

    /// <summary>The contact can be found by the number, as one who wrote can.</summary>
    public bool IsKnownByPhone { get; init; }

    public ConversationStatus Status { get; init; } = ConversationStatus.Open;

    public long? AssigneeId { get; init; }

    public int Unread { get; init; }

    public DateTime LastActivityAtUtc { get; init; } = new(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);

    public DateTime? WaitingSinceUtc { get; init; }

    public DateTime? WindowExpiresAtUtc { get; init; }

    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <returns>Our id of the conversation.</returns>
    public async Task<long> WriteAsync(Store store)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        var contact = new Contact { ProfileName = Name, Username = Username, Phone = Phone, CreatedAtUtc = LastActivityAtUtc };
        contact.SearchText = ContactSearchText.Of(contact);
        var conversation = new Conversation
        {
            Contact = contact,
            NumberId = NumberId,
            Status = Status,
            AssigneeId = AssigneeId,
            UnreadCount = Unread,
            LastActivityAtUtc = LastActivityAtUtc,
            WaitingSinceUtc = WaitingSinceUtc,
            WindowExpiresAtUtc = WindowExpiresAtUtc,
            CreatedAtUtc = LastActivityAtUtc,
        };
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        if (IsKnownByPhone)
        {
            db.ContactIdentifiers.Add(new ContactIdentifier
            {
                ContactId = contact.Id,
                Kind = IdentifierKind.Phone,
                Value = Phone,
                MatchKey = PhoneMatchKey.Of(Phone),
                FirstSeenAtUtc = LastActivityAtUtc,
                LastSeenAtUtc = LastActivityAtUtc,
            });
            await db.SaveChangesAsync();
        }

        foreach (var text in Texts)
        {
            // One by one, so that ids follow the order of the texts.
            db.Messages.Add(new Message
            {
                ConversationId = conversation.Id,
                NumberId = NumberId,
                Direction = MessageDirection.Inbound,
                Kind = MessageKind.Text,
                Wamid = $"wamid.{Guid.CreateVersion7():N}",
                Text = text,
                SentAtUtc = LastActivityAtUtc,
                CreatedAtUtc = LastActivityAtUtc,
            });
            await db.SaveChangesAsync();
        }

        return conversation.Id;
    }

    /// <summary>Makes the row of a conversation that is there look like this one.</summary>
    public async Task RewriteAsync(Store store, long id)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        var conversation = await db.Conversations.FindAsync(id) ?? throw new InvalidOperationException($"No conversation {id}.");
        conversation.Status = Status;
        conversation.AssigneeId = AssigneeId;
        conversation.UnreadCount = Unread;
        conversation.LastActivityAtUtc = LastActivityAtUtc;
        conversation.WaitingSinceUtc = WaitingSinceUtc;
        conversation.WindowExpiresAtUtc = WindowExpiresAtUtc;
        await db.SaveChangesAsync();
    }
}

/// <summary>A person of the team, written straight into the tables.</summary>
public sealed record SeedAgent(string Name, Role Role = Role.Agent, bool Disabled = false, IReadOnlyList<long>? Numbers = null)
{
    /// <returns>The person as a caller.</returns>
    public async Task<Caller> WriteAsync(Store store)
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        var email = $"{Guid.CreateVersion7():N}@example.test";
        var agent = new Agent
        {
            DisplayName = Name,
            Role = Role,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            AllNumbers = Numbers is null,
            DisabledAtUtc = Disabled ? new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) : null,
            CreatedAtUtc = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        db.Users.Add(agent);
        await db.SaveChangesAsync();
        db.AgentNumbers.AddRange((Numbers ?? []).Select(number => new AgentNumber { AgentId = agent.Id, NumberId = number }));
        await db.SaveChangesAsync();
        return new Caller(agent.Id, Name, Role, Numbers?.ToHashSet());
    }
}

/// <summary>An API key, written straight into the tables.</summary>
public static class SeedApiKey
{
    /// <returns>The key as a program sends it, and our id of it.</returns>
    public static async Task<(string Key, long Id)> WriteAsync(Store store, Role role = Role.Admin)
    {
        var key = $"wac_{Guid.CreateVersion7():N}";
        await using var db = await store.OpenAsync(CancellationToken.None);
        var row = new ApiKey
        {
            Name = "CRM",
            KeyHash = FindApiKey.HashOf(key),
            Prefix = key[..8],
            Role = role,
            CreatedAtUtc = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        db.ApiKeys.Add(row);
        await db.SaveChangesAsync();
        return (key, row.Id);
    }
}
