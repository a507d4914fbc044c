using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class RetryingTests
{
    [Theory]
    [EveryDatabase]
    public async Task Throttling_is_waited_out_and_the_message_goes_once(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.Throughput, next: 2);

        var message = await bench.QueueAsync(conversation, "Patience");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
        Assert.Equal(3, (await bench.EntryAsync(message)).Attempts);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_that_was_often_looked_at_in_vain_holds_its_number_no_longer_than_another(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        bench.Hold();
        var message = await bench.QueueAsync(conversation, "Patience");
        await bench.Core.WithDbAsync(db => db.Outbox.Where(e => e.MessageId == message).ExecuteUpdateAsync(set => set.SetProperty(e => e.Attempts, 20)));
        bench.Fault(FaultKind.Throughput);
        var (longest, pace) = (TimeSpan.Zero, bench.Core.Get<SendPace>());

        bench.Resume();
        await bench.UntilAsync(
            async () =>
            {
                longest = pace.HeldFor(bench.Core.NumberId) is var held && held > longest ? held : longest;
                return (await bench.MessageAsync(message)).Status == DeliveryStatus.Read;
            },
            "the message read");

        Assert.InRange(longest, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_limit_of_the_account_makes_its_other_numbers_wait_too(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var second = await bench.Core.WithDbAsync(db => db.Numbers.Where(n => n.PhoneNumberId == TestAccount.SecondPhoneNumberId).Select(n => n.Id).SingleAsync());
        bench.Fault(FaultKind.TooManyRequests);

        var message = await bench.QueueAsync(conversation, "Patience");

        await bench.UntilAsync(() => bench.Core.Get<SendPace>().HeldFor(second) > TimeSpan.Zero, "the other number held");
        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_refused_connection_is_tried_again(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        var good = bench.Simulator.Uri;
        await PointAtAsync(bench, new Uri("http://127.0.0.1:9"));

        var message = await bench.QueueAsync(conversation, "Nobody home");

        // With one look: a second later it is on its way again.
        DeliveryStatus? shown = null;
        await bench.UntilAsync(
            async () => (shown = await bench.Core.WithDbAsync(db => db.Outbox
                .Where(e => e.MessageId == message && e.Attempts > 0 && e.State == OutboxState.Waiting)
                .Select(e => (DeliveryStatus?)e.Message.Status).SingleOrDefaultAsync())) is not null,
            "a try in vain");
        Assert.Equal(DeliveryStatus.Queued, shown);

        await PointAtAsync(bench, good);
        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_template_WhatsApp_does_not_know_is_read_again_once_and_then_said(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();

        // Its first page: before it, that nothing is being read may mean that the reading has not begun.
        await bench.TemplatesAsync();
        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.BusinessAccounts.AllAsync(a => a.TemplatesSyncedAtUtc != null && a.TemplatesSyncStartedAtUtc == null)),
            "the end of the reading at the start");
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                Name = "never_made",
                Language = "en",
                WhatsAppId = "9",
                Status = "APPROVED",
                Category = "UTILITY",
                ComponentsJson = """[{"type":"BODY","text":"Hi"}]""",
            });
            await db.SaveChangesAsync();
        });

        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template("never_made", "en", TemplateValues.None)),
            CancellationToken.None));

        await bench.UntilAsync(queued.MessageId, DeliveryStatus.Failed);
        Assert.Equal("This template was deleted at WhatsApp.", KeptText.Read((await bench.MessageAsync(queued.MessageId)).ErrorTitle));
        Assert.Equal(0, await bench.AcceptedAsync(queued.MessageId));
    }

    private static Task PointAtAsync(SendingBench bench, Uri address) => bench.Core.Get<ConnectAccount>().RunAsync(
        Caller.System, TestAccount.Settings(address), CancellationToken.None);
}
