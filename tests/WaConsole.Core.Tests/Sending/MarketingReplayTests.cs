using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What was queued while an opt-in stood leaves only while it stands: the workers ask again, also after a restart.</summary>
public sealed class MarketingReplayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly ReplyContent.Template Voucher = new(
        "care_voucher", "en", new TemplateValues(new Dictionary<string, string> { ["body.1"] = "Amina", ["button.0"] = "CARE20" }));

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, true)]
    [InlineData(DatabaseProvider.Sqlite, false)]
    public async Task A_queue_taken_up_after_a_restart_sends_no_marketing_to_who_said_stop_meanwhile(DatabaseProvider provider, bool stops)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (message, contact) = await QueueHeldAsync(bench);
        if (stops)
        {
            await SeedOptIn.StopAsync(bench.Core, contact, bench.Clock.GetUtcNow().UtcDateTime);
        }

        await bench.RestartAsync(provider);

        await bench.UntilAsync(async () => (await bench.MessageAsync(message)).Status is not (DeliveryStatus.Queued or DeliveryStatus.Sending), "the message settled");
        Assert.Equal(stops ? 0 : 1, await bench.AcceptedAsync(message));
        Assert.Equal(stops, (await bench.MessageAsync(message)).Status == DeliveryStatus.Failed);
    }

    [Fact]
    public async Task A_stop_the_customer_writes_while_an_offer_waits_holds_it_back()
    {
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Sqlite, clock: SendingBench.StandingClock());
        var (message, contact) = await QueueHeldAsync(bench);
        var customer = bench.Simulator.World.Customers.Single();
        bench.Simulator.World.Write(customer.Id, new WaConsole.Simulator.World.CustomerMessage(WaConsole.Simulator.World.MessageContent.OfText("STOP")));
        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.Contacts.AnyAsync(c => c.Id == contact && c.OptedOutAtUtc != null)), "the stop is known");

        bench.Resume();

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

    [Fact]
    public async Task An_offer_is_forwarded_to_nobody()
    {
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Sqlite, clock: SendingBench.StandingClock());
        var (message, _) = await QueueHeldAsync(bench);
        var (_, other) = await bench.CustomerAsync("Omar");

        var outcome = await bench.Core.Get<ForwardMessage>().RunAsync(SendingBench.Agent, message, other, Guid.CreateVersion7(), Token);

        Assert.IsNotType<SendReplyOutcome.Queued>(outcome);
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.ConversationId == other, Token)));
    }

    private static async Task<(long Message, long Contact)> QueueHeldAsync(SendingBench bench)
    {
        await bench.TemplatesAsync();
        var (_, conversation) = await bench.CustomerAsync();
        var contact = await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync(Token));
        await SeedOptIn.WriteAsync(bench.Core, contact, bench.Clock.GetUtcNow().UtcDateTime.AddDays(-1));
        bench.Hold();
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent, new Reply(conversation, Guid.CreateVersion7(), Voucher), Token));
        return (queued.MessageId, contact);
    }
}
