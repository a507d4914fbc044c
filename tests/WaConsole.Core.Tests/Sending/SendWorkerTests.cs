using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_reply_is_accepted_and_its_ticks_come_back(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();

        var message = await bench.QueueAsync(conversation, "Good morning!");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
        Assert.Equal(OutboxState.Done, (await bench.EntryAsync(message)).State);
        Assert.StartsWith("wamid.", (await bench.MessageAsync(message)).Wamid, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDatabase]
    public async Task Statuses_that_come_before_the_answer_are_kept(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.StatusBeforeAnswer);

        var message = await bench.QueueAsync(conversation, "Early bird");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task An_answer_lost_after_accepting_leaves_the_message_unknown_until_its_status_settles_it(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.SendWebhooksTo(new Uri("http://127.0.0.1:9/"));
        bench.Fault(FaultKind.ServerErrorAfterAccepting);

        var message = await bench.QueueAsync(conversation, "Did it go?");
        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        Assert.Equal(OutboxState.Unknown, (await bench.EntryAsync(message)).State);

        await bench.Simulator.SendWebhooksToAsync(bench.Core);
        await bench.UntilAsync(async () => (await bench.MessageAsync(message)).Status >= DeliveryStatus.Sent, "settled by its status");
        Assert.Equal(1, await bench.AcceptedAsync(message));
        Assert.Equal(OutboxState.Done, (await bench.EntryAsync(message)).State);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_connection_cut_after_accepting_is_never_repeated(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.TimeoutAfterAccepting, Next = 1, Milliseconds = 1 });

        var message = await bench.QueueAsync(conversation, "Cut");
        var later = await bench.QueueAsync(conversation, "After the cut");

        await bench.UntilAsync(later, DeliveryStatus.Read);
        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_server_error_leaves_the_message_unknown_and_the_next_one_goes(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.ServerError);

        var message = await bench.QueueAsync(conversation, "First");
        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        var next = await bench.QueueAsync(conversation, "Second");

        await bench.UntilAsync(next, DeliveryStatus.Read);
        Assert.Equal(DeliveryStatus.Unknown, (await bench.MessageAsync(message)).Status);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

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
    public async Task A_refused_connection_is_tried_again(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        var good = bench.Simulator.Uri;
        await PointAtAsync(bench, new Uri("http://127.0.0.1:9"));

        var message = await bench.QueueAsync(conversation, "Nobody home");
        await bench.UntilAsync(async () => (await bench.EntryAsync(message)) is { Attempts: > 0, State: OutboxState.Waiting }, "a try in vain");
        Assert.Equal(DeliveryStatus.Queued, (await bench.MessageAsync(message)).Status);

        await PointAtAsync(bench, good);
        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_refused_token_stops_the_account_with_a_banner_and_resuming_sends_what_waited(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);

        var message = await bench.QueueAsync(conversation, "Waits for the token");
        await bench.UntilAsync(
            async () => (await bench.Core.Get<ListNumbers>().RunAsync(Caller.System, CancellationToken.None)).All(n => n.SendingStopped is not null),
            "the banner on every number of the account");
        await bench.UntilAsync(message, DeliveryStatus.Queued);
        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("More")), CancellationToken.None));
        Assert.Equal("number_stopped", refused.Why.Code);

        bench.Simulator.World.Faults.Clear(FaultKind.TokenExpired);
        Assert.True(await bench.Core.Get<ResumeSending>().RunAsync(Caller.System, bench.Core.NumberId, CancellationToken.None));

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_new_token_starts_a_stopped_account_again_and_the_same_one_does_not(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set
            .SetProperty(a => a.SendingStoppedAtUtc, new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc))
            .SetProperty(a => a.SendingStoppedCode, 190)));
        var settings = TestAccount.Settings(new Uri("http://127.0.0.1:9"));

        await core.Get<ConnectAccount>().RunAsync(Caller.System, settings, CancellationToken.None);
        Assert.NotNull(await StoppedAsync());

        await core.Get<ConnectAccount>().RunAsync(Caller.System, settings with { AccessToken = "another token" }, CancellationToken.None);
        Assert.Null(await StoppedAsync());

        Task<DateTime?> StoppedAsync() => core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.SendingStoppedAtUtc).SingleAsync());
    }

    [Theory]
    [EveryDatabase]
    public async Task Messages_of_one_conversation_leave_in_the_order_they_were_written(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.Throughput);

        List<string> keys = [];
        for (var index = 0; index < 12; index++)
        {
            var key = Guid.CreateVersion7();
            keys.Add(key.ToString("N"));
            await bench.QueueAsync(conversation, $"Line {index}", key);
        }

        await bench.UntilAsync(() => Task.FromResult(bench.Simulator.World.Ledger.Count == 12), "all twelve accepted");
        Assert.Equal(keys, bench.Simulator.World.Ledger.OrderBy(entry => entry.Sequence).Select(entry => entry.CallbackData!));
    }

    [Theory]
    [EveryDatabase]
    public async Task Two_workers_on_one_database_send_each_message_once(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, options => options with { ThroughputPerSecond = 0, PairBurst = 0 });
        List<long> conversations = [];
        for (var index = 0; index < 6; index++)
        {
            conversations.Add((await bench.CustomerAsync($"Customer {index}")).Conversation);
        }

        await using var other = await CoreHost.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = bench.Simulator.Uri, RestartOf = bench.Core, Workers = true });
        List<long> messages = [];
        for (var round = 0; round < 8; round++)
        {
            foreach (var conversation in conversations)
            {
                messages.Add(await bench.QueueAsync(conversation, $"Round {round}"));
            }
        }

        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(async db => !await db.Outbox.AnyAsync(e => e.State != OutboxState.Done)), "an empty outbox");
        Assert.Equal(messages.Count, bench.Simulator.World.Ledger.Count);
        Assert.Equal(messages.Count, bench.Simulator.World.Ledger.Select(entry => entry.CallbackData).Distinct().Count());
        await other.StopAsync();
    }

    [Theory]
    [EveryDatabase]
    public async Task A_row_found_in_the_middle_of_sending_after_a_crash_becomes_unknown_and_is_not_sent(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        var message = await bench.QueueAsync(conversation, "Cut off");
        await bench.UntilAsync(async () => (await bench.EntryAsync(message)).State == OutboxState.Waiting
            && await bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        bench.Simulator.World.Faults.Clear();

        // What a killed process leaves behind: the row marked as leaving, the lease running out.
        await bench.Core.StopAsync();
        await bench.RestartAsync(provider, core => core.WithDbAsync(async db =>
        {
            await db.Outbox.ExecuteUpdateAsync(set => set
                .SetProperty(e => e.State, OutboxState.Sending)
                .SetProperty(e => e.LeasedBy, Guid.CreateVersion7())
                .SetProperty(e => e.LeasedUntilUtc, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
            await db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.SendingStoppedAtUtc, (DateTime?)null));
        }).GetAwaiter().GetResult());

        await bench.UntilAsync(message, DeliveryStatus.Unknown);
        Assert.Equal(OutboxState.Unknown, (await bench.EntryAsync(message)).State);
        var next = await bench.QueueAsync(conversation, "Afterwards");
        await bench.UntilAsync(next, DeliveryStatus.Read);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_reply_that_missed_the_window_while_it_waited_comes_back_as_not_sent(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        var message = await bench.QueueAsync(conversation, "Too late");
        await bench.UntilAsync(
            () => bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        await bench.UntilAsync(message, DeliveryStatus.Queued);
        bench.Simulator.World.Faults.Clear();

        bench.Core.Get<WhatsAppClock>().Offset = TimeSpan.FromHours(25);
        await bench.Core.Get<ResumeSending>().RunAsync(Caller.System, bench.Core.NumberId, CancellationToken.None);

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        var failed = await bench.MessageAsync(message);
        Assert.StartsWith("Not sent: the window closed at", failed.ErrorTitle, StringComparison.Ordinal);
        Assert.Equal("Too late", failed.Text);
        Assert.Equal(0, await bench.AcceptedAsync(message));
    }

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
    public async Task A_template_WhatsApp_does_not_know_is_read_again_once_and_then_said(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        await bench.UntilAsync(() => bench.Core.WithDbAsync(db => db.Templates.AnyAsync()), "the templates read at the start");
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
        Assert.Equal("This template was deleted at WhatsApp.", (await bench.MessageAsync(queued.MessageId)).ErrorTitle);
        Assert.Equal(0, await bench.AcceptedAsync(queued.MessageId));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_picture_is_uploaded_once_and_sent_with_its_caption(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();
        var stored = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(
            Caller.System, new MemoryStream(Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")),
            "dot.png", CancellationToken.None));
        List<long> messages = [];
        for (var index = 0; index < 2; index++)
        {
            messages.Add(Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
                Caller.System,
                new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Media(MessageKind.Image, stored.MediaFileId, "A dot")),
                CancellationToken.None)).MessageId);
        }

        await bench.UntilAsync(messages[1], DeliveryStatus.Read);
        await bench.UntilAsync(messages[0], DeliveryStatus.Read);
        var sent = bench.Simulator.World.FindChat(customer.Id)!.Lines.Where(line => !line.FromCustomer).ToList();
        Assert.Equal(["A dot", "A dot"], sent.Select(line => line.Content.Text));
        Assert.Single(sent.Select(line => line.Content.Media!.Id).Distinct());
    }

    [Theory]
    [EveryDatabase]
    public async Task An_answered_customer_sees_blue_ticks_when_the_number_says_so(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();

        var message = await bench.QueueAsync(conversation, "Read and answered");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        await bench.UntilAsync(
            () => Task.FromResult(bench.Simulator.World.FindChat(customer.Id)!.Lines.Any(line => line is { FromCustomer: true, ReadByBusiness: true })),
            "blue ticks");
    }

    [Theory]
    [EveryDatabase]
    public async Task Stopping_the_program_waits_for_the_answer_and_leaves_the_rest_in_the_queue(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Simulator.World.Faults.Set(new Fault { Kind = FaultKind.StatusBeforeAnswer, Next = 1 });
        var first = await bench.QueueAsync(conversation, "On its way");
        var second = await bench.QueueAsync(conversation, "Next in line");
        await bench.UntilAsync(async () => (await bench.EntryAsync(first)).State != OutboxState.Waiting, "the first on its way");

        await bench.RestartAsync(provider);

        await bench.UntilAsync(second, DeliveryStatus.Read);
        await bench.UntilAsync(first, DeliveryStatus.Read);
        Assert.Equal((1, 1), (await bench.AcceptedAsync(first), await bench.AcceptedAsync(second)));
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

        var values = new TemplateValues(new Dictionary<string, string> { ["body.1"] = "Nour", ["button.0"] = "CEDAR20" });
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template("care_voucher", "en", values)),
            CancellationToken.None));

        await bench.UntilAsync(queued.MessageId, DeliveryStatus.Failed);
        Assert.Equal(131050, (await bench.MessageAsync(queued.MessageId)).ErrorCode);
        Assert.NotNull(await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.Contact.OptedOutAtUtc).SingleAsync()));
    }

    private static Task PointAtAsync(SendingBench bench, Uri address) => bench.Core.Get<ConnectAccount>().RunAsync(
        Caller.System, TestAccount.Settings(address), CancellationToken.None);
}
