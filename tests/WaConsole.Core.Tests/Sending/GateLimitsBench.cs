using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What the tests of the gate's limits share: a notice and an offer, and people who may get them.</summary>
internal static class GateLimitsBench
{
    public const string TemplateBody = """[{"type":"BODY","text":"Hello {{1}}"}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<QueueBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("notice", TemplateBody);
        await bench.TemplateAsync("offer", TemplateBody, "MARKETING");
        return bench;
    }

    /// <summary>An account with a number, the offer, and a conversation with the same person.</summary>
    public static Task<(long Account, long Conversation)> SecondAccountAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(async db =>
    {
        var talk = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversation, Token);
        var number = new Number
        {
            BusinessAccount = new BusinessAccount { Name = "Second", WhatsAppId = "2", PortfolioId = "2", IsSimulated = true },
            PhoneNumberId = "2",
            DisplayPhoneNumber = "",
            Name = "Second",
            Quality = "",
            Status = "",
        };
        db.Numbers.Add(number);
        await db.SaveChangesAsync(Token);
        var beside = new Conversation { ContactId = talk.ContactId, NumberId = number.Id, LastActivityAtUtc = talk.LastActivityAtUtc, CreatedAtUtc = talk.CreatedAtUtc };
        db.Conversations.Add(beside);
        await db.SaveChangesAsync(Token);
        await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), number.Id, "offer", "MARKETING", TemplateBody);
        return (number.BusinessAccountId, beside.Id);
    });

    public static async Task OptInAsync(QueueBench bench)
    {
        foreach (var contact in await bench.Core.WithDbAsync(db => db.Contacts.Select(c => c.Id).ToListAsync(Token)))
        {
            await SeedOptIn.WriteAsync(bench.Core, contact, QueueBench.Noon.AddDays(-1));
        }
    }

    public static ReplyContent.Template Notice(string name) => QueueBench.Template("notice", ("body.1", name));

    public static ReplyContent.Template Offer(string name) => QueueBench.Template("offer", ("body.1", name));

    public static BulkMessage One(string phone, string name) => new(phone, null, Guid.CreateVersion7(), Notice(name));

    public static Task<SendReplyOutcome> SendAsync(QueueBench bench, string phone, string name) => bench.Core.Get<SendToContact>().RunAsync(
        QueueBench.Agent, new FirstMessage(bench.Core.NumberId, phone, null, Guid.CreateVersion7(), Notice(name)), Token);

    /// <summary>The person is found by their number.</summary>
    public static Task KnowAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(async db =>
    {
        var contact = await db.Conversations.Where(c => c.Id == conversation).Select(c => c.Contact).SingleAsync(Token);
        db.ContactIdentifiers.Add(new ContactIdentifier
        {
            Contact = contact,
            Kind = IdentifierKind.Phone,
            Value = contact.Phone!,
            MatchKey = PhoneMatchKey.Of(contact.Phone!),
            FirstSeenAtUtc = QueueBench.Noon,
            LastSeenAtUtc = QueueBench.Noon,
        });
        await db.SaveChangesAsync(Token);
    });

    public static async Task<GateAnswer> AtSendingAsync(QueueBench bench, long messageId)
    {
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    }

    public static string Code(SendReplyOutcome outcome) => Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code;
}
