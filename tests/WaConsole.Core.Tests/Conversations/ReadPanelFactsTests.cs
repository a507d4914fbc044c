using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>What the panel beside a conversation tells of the customer.</summary>
public sealed class ReadPanelFactsTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Orders_cost_and_other_conversations_are_told_as_far_as_the_caller_may_see(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var here = await new SeedConversation { NumberId = core.NumberId, Phone = "4915112345678" }.WriteAsync(core.Get<Store>());
        var (number, there) = await ElsewhereAsync(core, here);
        await WriteAsync(core, here, MessageKind.Order, new MessageContent.Order("1", null, [new OrderLine("A", 2, 14.5m, "EUR"), new OrderLine("B", 1, 1m, "EUR")]), null, null);
        await WriteAsync(core, here, MessageKind.Order, new MessageContent.Order("1", null, []), null, null);
        for (var sent = 0; sent < 3; sent++)
        {
            await WriteAsync(core, here, MessageKind.Template, null, "marketing", "regular");
            await WriteAsync(core, here, MessageKind.Text, null, "service", "free_customer_service");
        }

        var facts = await core.Get<ReadPanelFacts>().RunAsync(ana, here, Token);

        var order = Assert.Single(facts.Orders);
        Assert.Equal((3, 30m, "EUR"), (order.Items, order.Total, order.Currency));
        Assert.Equal([there], facts.Others.Select(other => other.Id));
        var one = await CostOfOneAsync(core, ana);
        Assert.Equal((one.Cost * 3, one.Currency), (facts.Cost, facts.Currency));
        Assert.True(facts.Cost > 0);

        Assert.Empty((await core.Get<ReadPanelFacts>().RunAsync(ana with { Numbers = new HashSet<long> { core.NumberId } }, here, Token)).Others);
        Assert.Same(PanelFacts.None, await core.Get<ReadPanelFacts>().RunAsync(ana with { Numbers = new HashSet<long> { number } }, here, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadPanelFacts>().RunAsync(ana with { Role = Role.Marketer }, here, Token));

        await WriteAsync(core, here, MessageKind.Template, null, "a_word_of_next_year", "regular");
        Assert.Null((await core.Get<ReadPanelFacts>().RunAsync(ana, here, Token)).Cost);
    }

    private static async Task<PanelFacts> CostOfOneAsync(CoreHost core, Caller caller)
    {
        var other = await new SeedConversation { NumberId = core.NumberId, Phone = "4915112345679" }.WriteAsync(core.Get<Store>());
        await WriteAsync(core, other, MessageKind.Template, null, "marketing", "regular");
        return await core.Get<ReadPanelFacts>().RunAsync(caller, other, Token);
    }

    /// <summary>The same customer with another of our numbers.</summary>
    private static Task<(long Number, long Conversation)> ElsewhereAsync(CoreHost core, long conversationId) => core.WithDbAsync(async db =>
    {
        var number = new Number { BusinessAccountId = core.AccountId, PhoneNumberId = "778", DisplayPhoneNumber = "", Name = "Elsewhere", Quality = "", Status = "" };
        db.Numbers.Add(number);
        await db.SaveChangesAsync();
        var contact = await db.Conversations.Where(c => c.Id == conversationId).Select(c => c.ContactId).SingleAsync(Token);
        var conversation = new Conversation { ContactId = contact, NumberId = number.Id, LastActivityAtUtc = Noon, CreatedAtUtc = Noon };
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        return (number.Id, conversation.Id);
    });

    private static Task WriteAsync(CoreHost core, long conversationId, MessageKind kind, MessageContent? content, string? category, string? type) => core.WithDbAsync(async db =>
    {
        db.Messages.Add(new Message
        {
            ConversationId = conversationId,
            NumberId = core.NumberId,
            Direction = content is null ? MessageDirection.Outbound : MessageDirection.Inbound,
            Kind = kind,
            ContentJson = content is null ? null : ContentJson.Write(content),
            Text = "",
            Status = content is null ? DeliveryStatus.Delivered : DeliveryStatus.None,
            PricingCategory = category,
            PricingType = type,
            SentAtUtc = Noon,
            CreatedAtUtc = Noon,
        });
        await db.SaveChangesAsync();
    });
}
