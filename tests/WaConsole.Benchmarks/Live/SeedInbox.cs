using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Live;

/// <summary>
/// An inbox: the first customers are in conversation, their windows close during the next hours; the others wrote in the past weeks and
/// their windows are closed. So the head of the list by closing window is where everything happens. Who is in conversation is dealt out
/// among the agents, if there are any, one after the other.
/// </summary>
internal static class SeedInbox
{
    /// <summary>What every customer wrote last.</summary>
    public const string Preview = "Thank you, that is kind of you.";

    private const int Chunk = 1_000;

    /// <summary>The oldest window among those in conversation has this much behind it, of 24 hours.</summary>
    private const double TalkingMinutes = 800;

    private static readonly string[] Names = ["Amina", "Rafael", "Ines", "Nils", "Oda", "Tove", "Liv", "Ella", "Jonas", "Mira"];

    public static string PhoneOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"4917166{customer:000000}");

    public static string NameOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"{Names[customer % Names.Length]} {customer}");

    public static async Task RunAsync(DatabaseOptions options, int conversations, int talking, IReadOnlyList<long>? agents = null)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var first = new WaConsoleDb(builder.Options);
        var number = await first.Numbers.OrderBy(n => n.Id).Select(n => n.Id).FirstAsync();
        for (var at = 0; at < conversations; at += Chunk)
        {
            await using var db = new WaConsoleDb(builder.Options);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Messages.AddRange(Enumerable.Range(at, Math.Min(Chunk, conversations - at)).Select(customer => MessageOf(customer, talking, number, AgentOf(customer), now)));
            await db.SaveChangesAsync();
        }

        long? AgentOf(int customer) => agents is { Count: > 0 } && customer < talking ? agents[customer % agents.Count] : null;
    }

    private static Message MessageOf(int customer, int talking, long numberId, long? agentId, DateTime now)
    {
        var wroteAt = customer < talking ? now.AddMinutes(-TalkingMinutes * (customer + 1) / talking) : now.AddHours(-25).AddMinutes(-customer);
        var contact = new Contact { ProfileName = NameOf(customer), Phone = PhoneOf(customer), CreatedAtUtc = wroteAt };
        contact.SearchText = ContactSearchText.Of(contact);
        contact.Identifiers.Add(new ContactIdentifier
        {
            Kind = IdentifierKind.Phone,
            Scope = "",
            Value = contact.Phone,
            MatchKey = contact.Phone,
            FirstSeenAtUtc = wroteAt,
            LastSeenAtUtc = wroteAt,
        });
        return new Message
        {
            Conversation = new Conversation
            {
                Contact = contact,
                NumberId = numberId,
                AssigneeId = agentId,
                LastActivityAtUtc = wroteAt,
                LastPreview = Preview,
                LastKind = MessageKind.Text,
                LastDirection = MessageDirection.Inbound,
                WindowOpenedAtUtc = wroteAt,
                WindowExpiresAtUtc = wroteAt.AddHours(24),
                WindowExpiryAnnounced = customer >= talking,
                CreatedAtUtc = wroteAt,
            },
            NumberId = numberId,
            Direction = MessageDirection.Inbound,
            Kind = MessageKind.Text,
            Wamid = string.Create(CultureInfo.InvariantCulture, $"wamid.seeded.{customer}"),
            Text = Preview,
            SentAtUtc = wroteAt,
            CreatedAtUtc = wroteAt,
        };
    }
}
