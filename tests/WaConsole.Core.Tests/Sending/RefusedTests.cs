using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class RefusedTests
{
    [Theory]
    [EveryDatabase]
    public async Task WhatsApps_own_word_that_the_window_is_shut_is_believed(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, options => options with { RefusalTiming = RefusalTiming.Answer });
        var (_, conversation) = await bench.CustomerAsync();
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.WindowExpiresAtUtc, c => new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        bench.Simulator.World.Clock.Advance(TimeSpan.FromHours(25));

        var message = await bench.QueueAsync(conversation, "Still open?");

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        Assert.Equal(131047, (await bench.MessageAsync(message)).ErrorCode);
        Assert.True(await bench.Core.WithDbAsync(db => db.Conversations.AnyAsync(
            c => c.Id == conversation && c.WindowExpiresAtUtc < new DateTime(2098, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_customer_who_stopped_marketing_is_marked_when_WhatsApp_says_so(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, options => options with { RefusalTiming = RefusalTiming.Answer });
        var (customer, conversation) = await bench.CustomerAsync();
        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.Templates.AnyAsync(t => t.Name == "care_voucher")), "the templates read at the start");
        bench.Simulator.SendWebhooksTo(new Uri("http://127.0.0.1:9/"));
        Assert.IsType<CustomerOutcome.Done>(bench.Simulator.World.ChooseMarketing(customer.Id, stopped: true));

        await SeedOptIn.WriteAsync(
            bench.Core, await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync()),
            DateTime.UnixEpoch.AddYears(55));
        var values = new TemplateValues(new Dictionary<string, string> { ["body.1"] = "Nour", ["button.0"] = "CEDAR20" });
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template("care_voucher", "en", values)),
            CancellationToken.None));

        await bench.UntilAsync(queued.MessageId, DeliveryStatus.Failed);
        Assert.Equal(131050, (await bench.MessageAsync(queued.MessageId)).ErrorCode);
        Assert.NotNull(await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.Contact.OptedOutAtUtc).SingleAsync()));
    }
}
