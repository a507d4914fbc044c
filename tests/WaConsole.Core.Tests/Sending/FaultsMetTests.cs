using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>The database fails in the middle of sending: nothing stays behind, nothing is sent twice, and what is known stays known.</summary>
public sealed class FaultsMetTests
{
    private const string Results = "UPDATE \"Outbox\"";

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_could_not_give_its_messages_back_goes_on_sending(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: sql.AddTo);
        await bench.TemplatesAsync();
        bench.Hold();
        await bench.BroadcastAsync(30);
        bench.Resume();
        await Until.TrueAsync(
            async () =>
            {
                bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
                return await SettledAsync(bench) >= SendingBench.Burst && await LeavingAsync(bench) >= SendingBench.Burst / 2;
            },
            "some sent, and others marked as leaving, more than are on the wire");

        // Not a fault of the database's being away: nothing is tried again by itself. What is on the wire is settled meanwhile.
        sql.With = text => text.Contains(Results, StringComparison.Ordinal) && IsGiveBack(text) ? new InvalidOperationException("cannot be written") : null;
        bench.Core.Get<SendPace>().Hold(bench.Core.NumberId, TimeSpan.FromSeconds(3));
        await bench.UntilAsync(() => sql.Failed > 0, "a give-back that failed");
        sql.With = _ => null;

        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 30, "everything sent");
        await bench.UntilAsync(async () => await SettledAsync(bench) == 30, "everything settled");
        Assert.Equal(30, bench.Simulator.World.Ledger.Select(entry => entry.CallbackData).Distinct().Count());
    }

    [Theory]
    [EveryDatabase]
    public async Task A_refusal_is_still_known_when_the_database_comes_back(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(
            provider, options => options with { RefusalTiming = RefusalTiming.Answer }, SendingBench.StandingClock(), sql.AddTo);
        var (_, conversation) = await bench.CustomerAsync();
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.WindowExpiresAtUtc, c => new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        bench.Simulator.World.Clock.Advance(TimeSpan.FromHours(25));
        sql.With = text => text.Contains(Results, StringComparison.Ordinal) && IsResult(text) ? new SqliteException("unable to open database file", 14) : null;

        var message = await bench.QueueAsync(conversation, "Are you there?");
        // More than the tries that a conflict is worth.
        await bench.UntilAsync(() => sql.Failed > 8, "a database that is away for longer");
        Assert.NotEqual(DeliveryStatus.Failed, (await bench.MessageAsync(message)).Status);
        sql.With = _ => null;

        await bench.UntilAsync(message, DeliveryStatus.Failed);
        Assert.Equal(OutboxState.Done, (await bench.EntryAsync(message)).State);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_gate_that_could_not_be_asked_is_asked_again_and_the_message_leaves_once(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: sql.AddTo);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Hold();
        var message = await bench.QueueAsync(conversation, "On its way");
        var marked = false;
        sql.With = text =>
        {
            marked |= text.Contains(Results, StringComparison.Ordinal);
            return marked && sql.Failed == 0 && text.Contains("\"UnansweredCount\"", StringComparison.Ordinal) && !text.Contains("UPDATE", StringComparison.Ordinal)
                ? new InvalidOperationException("cannot be read")
                : null;
        };
        bench.Resume();

        await bench.UntilAsync(message, DeliveryStatus.Read);

        Assert.Equal(1, sql.Failed);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_result_that_is_written_a_second_time_leaves_alone_what_was_taken_again(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            QueueBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("Once")), CancellationToken.None));
        var (begin, write, worker) = (bench.Core.Get<BeginSending>(), bench.Core.Get<WriteSendResults>(), Guid.CreateVersion7());
        var first = Assert.Single((await begin.RunAsync(bench.Core.NumberId, 1, 1, worker, CancellationToken.None)).Ready).Row;
        var back = new SendResult.Again(first, worker, TimeSpan.Zero);
        await write.RunAsync([back]);
        var second = Assert.Single((await begin.RunAsync(bench.Core.NumberId, 1, 1, worker, CancellationToken.None)).Ready).Row;

        // The commit was done and its answer lost.
        await write.RunAsync([back]);

        Assert.Equal(OutboxState.Sending, await StateAsync());
        await write.RunAsync([new SendResult.Again(second, worker, TimeSpan.Zero)]);
        Assert.Equal(OutboxState.Waiting, await StateAsync());

        Task<OutboxState> StateAsync() => bench.Core.WithDbAsync(db => db.Outbox.Where(e => e.Id == first.Id).Select(e => e.State).SingleAsync());
    }

    [Theory]
    [EveryDatabase]
    public async Task A_stop_that_could_not_be_written_leaves_the_refused_message_in_the_queue_and_comes_with_the_next_try(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: sql.AddTo);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);
        sql.With = text => sql.Failed == 0 && text.StartsWith("UPDATE", StringComparison.Ordinal) && text.Contains("\"SendingStoppedCode\"", StringComparison.Ordinal)
            ? new InvalidOperationException("cannot be written")
            : null;

        var message = await bench.QueueAsync(conversation, "Not yet");
        await bench.UntilAsync(
            async () => sql.Failed > 0 && (await bench.EntryAsync(message)) is { Attempts: 1, State: OutboxState.Waiting }, "a first try in vain");
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.UntilAsync(() => bench.Core.WithDbAsync(db => db.BusinessAccounts.AnyAsync(a => a.SendingStoppedAtUtc != null)), "stopped");
        await bench.UntilAsync(async () => (await bench.EntryAsync(message)).State == OutboxState.Waiting, "back in the queue");

        Assert.Equal(1, sql.Failed);
        Assert.Equal(DeliveryStatus.Queued, (await bench.MessageAsync(message)).Status);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_whose_number_could_not_be_read_goes_back_to_the_queue(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
        var worker = Guid.CreateVersion7();
        var ready = Assert.Single((await bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 1, 1, worker, CancellationToken.None)).Ready);
        var flight = bench.Core.Get<SendPace>().TakeNumber(bench.Core.NumberId, ThroughputLevel.Standard, isAgents: true).Flight!;
        NumberCannotBeRead(bench, sql);

        await bench.Core.Get<SendReady>().RunAsync(ready, flight, worker);

        Assert.True(sql.Failed > 0);
        Assert.Equal(OutboxState.Waiting, await bench.Core.WithDbAsync(db => db.Outbox.Select(e => e.State).SingleAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_file_whose_number_could_not_be_read_may_be_uploaded_afterwards(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        var upload = bench.Core.Get<UploadForSending>();
        Assert.True(upload.Begin(bench.Core.NumberId, 7));
        NumberCannotBeRead(bench, sql);

        await bench.Core.Get<PrepareFile>().RunAsync(
            new OutboxRow(1, 2, bench.Core.NumberId, 3, OutboxLane.Broadcast, 0), 7, Guid.CreateVersion7(), CancellationToken.None);

        Assert.True(sql.Failed > 0);
        Assert.True(upload.Begin(bench.Core.NumberId, 7));
    }

    private static void NumberCannotBeRead(QueueBench bench, FailingSql sql)
    {
        bench.Core.Get<AccountDirectory>().Forget();
        sql.With = text => text.StartsWith("SELECT", StringComparison.Ordinal) && text.Contains("FROM \"BusinessAccounts\"", StringComparison.Ordinal)
            ? new InvalidOperationException("cannot be read")
            : null;
    }

    /// <summary>A result takes the lease away; marking and leasing give one.</summary>
    private static bool IsResult(string text) => text.Contains("\"LeasedUntilUtc\" = NULL", StringComparison.OrdinalIgnoreCase);

    /// <summary>Nobody has the row then; the results of what left keep whose it was.</summary>
    private static bool IsGiveBack(string text) => text.Contains("\"LeasedBy\" = NULL", StringComparison.OrdinalIgnoreCase);

    private static Task<int> LeavingAsync(SendingBench bench) => bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.State == OutboxState.Sending));

    private static Task<int> SettledAsync(SendingBench bench) => bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.State == OutboxState.Done));
}
