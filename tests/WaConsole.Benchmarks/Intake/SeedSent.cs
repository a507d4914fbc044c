using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Intake;

/// <summary>The customers, and messages that were sent to them and accepted: what the statuses of the load are about.</summary>
internal static class SeedSent
{
    private const int Chunk = 5_000;

    public static async Task RunAsync(DatabaseOptions options, string name, int count)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        long[] conversations;
        long numberId;
        await using (var db = new WaConsoleDb(builder.Options))
        {
            numberId = await db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).FirstAsync();
            conversations = await ConversationsAsync(db, numberId, now);
        }

        for (var at = 0; at < count; at += Chunk)
        {
            await using var db = new WaConsoleDb(builder.Options);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Messages.AddRange(Enumerable.Range(at, Math.Min(Chunk, count - at)).Select(number => new Message
            {
                ConversationId = conversations[number % conversations.Length],
                NumberId = numberId,
                Direction = MessageDirection.Outbound,
                Kind = MessageKind.Text,
                Text = "Your order has left our house.",
                ClientKey = Guid.CreateVersion7(),
                Wamid = WebhookFeed.WamidOf(name, number),
                Status = DeliveryStatus.Accepted,
                StatusAtUtc = now,
                SentAtUtc = now,
                CreatedAtUtc = now,
            }));
            await db.SaveChangesAsync();
        }
    }

    private static async Task<long[]> ConversationsAsync(WaConsoleDb db, long numberId, DateTime now)
    {
        if (!await db.Conversations.AnyAsync())
        {
            db.Conversations.AddRange(Enumerable.Range(0, WebhookFeed.Customers).Select(customer => new Conversation
            {
                Contact = Customer(customer, now),
                NumberId = numberId,
                LastActivityAtUtc = now,
                CreatedAtUtc = now,
            }));
            await db.SaveChangesAsync();
        }

        return await db.Conversations.OrderBy(c => c.Contact.Phone).Select(c => c.Id).ToArrayAsync();
    }

    private static Contact Customer(int customer, DateTime now)
    {
        var contact = new Contact
        {
            ProfileName = "Amina Diallo",
            Phone = WebhookFeed.PhoneOf(customer),
            UserId = WebhookFeed.UserIdOf(customer),
            CreatedAtUtc = now,
        };
        contact.Identifiers.AddRange(
            Identifier(IdentifierKind.Phone, "", contact.Phone, now),
            Identifier(IdentifierKind.UserId, WaConsole.Testing.TestAccount.WhatsAppId, contact.UserId, now));
        return contact;
    }

    private static ContactIdentifier Identifier(IdentifierKind kind, string scope, string value, DateTime now) => new()
    {
        Kind = kind,
        Scope = scope,
        Value = value,
        MatchKey = value,
        FirstSeenAtUtc = now,
        LastSeenAtUtc = now,
    };
}
