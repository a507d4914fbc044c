using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What goes wrong with one message or one number holds up no other, and nobody's pace pays for what did not leave.</summary>
public sealed class HoldUpTests
{
    private const string Faulty = "faulty_one";

    [Theory]
    [EveryDatabase]
    public async Task A_message_about_which_the_gate_cannot_be_asked_holds_up_no_other_and_ends_after_some_tries_beside_others(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        await bench.TemplateAsync(Faulty, """[{"type":"BODY","text":"Hello"}]""");
        var others = new List<long>();
        for (var index = 0; index < 3; index++)
        {
            others.Add(await QueuedAsync(bench, $"49170123456{index}", new ReplyContent.Text("Hello")));
        }

        var faulty = await QueuedAsync(bench, "491701234569", QueueBench.Template(Faulty));
        sql.WithCommand = command => IsRead(command.CommandText) && FailingSql.IsAbout(command, Faulty) ? new InvalidOperationException("cannot be read") : null;

        var worker = Guid.CreateVersion7();
        var batch = await BeginAsync(bench, worker);

        Assert.Equal(2, sql.Failed);
        Assert.Equal(others, batch.Ready.Select(message => message.Row.MessageId).Order());
        for (var time = 1; time < 3; time++)
        {
            Assert.Empty(batch.Refused);
            var back = Assert.Single(batch.Unasked);
            Assert.Equal(faulty, back.MessageId);
            await bench.Core.Get<WriteSendResults>().RunAsync([new SendResult.Again(back, worker, TimeSpan.Zero) { Unused = true }]);
            var beside = await QueuedAsync(bench, $"49170123457{time}", new ReplyContent.Text("Hello"));
            batch = await BeginAsync(bench, worker);
            Assert.Equal(beside, Assert.Single(batch.Ready).Row.MessageId);
        }

        Assert.Empty(batch.Unasked);
        var (row, why) = Assert.Single(batch.Refused);
        Assert.Equal(faulty, row.MessageId);
        Assert.Contains("checking the message", why.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDatabase]
    public async Task Two_writers_that_meet_are_no_fault_of_a_message(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        await bench.TemplateAsync(Faulty, """[{"type":"BODY","text":"Hello"}]""");
        var met = await QueuedAsync(bench, "491701234569", QueueBench.Template(Faulty));
        sql.WithCommand = command => IsRead(command.CommandText) && FailingSql.IsAbout(command, Faulty) ? new PostgresException("deadlock detected", "ERROR", "ERROR", "40P01") : null;
        var worker = Guid.CreateVersion7();

        for (var time = 0; time < 30; time++)
        {
            await QueuedAsync(bench, $"4917012350{time:00}", new ReplyContent.Text("Hello"));
            var batch = await BeginAsync(bench, worker);
            Assert.Empty(batch.Refused);
            Assert.Equal(met, Assert.Single(batch.Unasked).MessageId);
            await bench.Core.Get<WriteSendResults>().RunAsync(
                [.. batch.Unasked.Select(row => new SendResult.Again(row, worker, TimeSpan.Zero) { Unused = true })]);
        }
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_about_which_the_gate_can_never_be_asked_ends_with_a_reason_and_costs_the_customer_nothing(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        await bench.TemplateAsync(Faulty, """[{"type":"BODY","text":"Hello"}]""");
        await QueuedAsync(bench, "491701234567", QueueBench.Template(Faulty));
        sql.WithCommand = command => IsRead(command.CommandText) && FailingSql.IsAbout(command, Faulty) ? new InvalidOperationException("cannot be read") : null;
        var (worker, tries) = (Guid.CreateVersion7(), 0);

        BegunBatch batch;
        while ((batch = await BeginAsync(bench, worker)).Refused.Count == 0)
        {
            var back = Assert.Single(batch.Unasked);
            await bench.Core.Get<WriteSendResults>().RunAsync([new SendResult.Again(back, worker, TimeSpan.Zero) { Unused = true }]);
            Assert.Equal(PairPace.Moment(QueueBench.Noon), await PaidAsync(bench.Core));
            Assert.InRange(++tries, 1, 30);
        }

        Assert.InRange(tries, 2, 30);
        Assert.Empty(batch.Ready);
    }

    [Theory]
    [EveryDatabase]
    public async Task While_the_database_is_away_no_message_is_to_blame(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await QueueBench.StartAsync(provider, sql.AddTo);
        await QueuedAsync(bench, "491701234561", new ReplyContent.Text("One"));
        await QueuedAsync(bench, "491701234562", new ReplyContent.Text("Two"));
        var worker = Guid.CreateVersion7();
        sql.With = text => IsRead(text) && text.Contains("\"UnansweredCount\"", StringComparison.Ordinal) ? new SqliteException("unable to open database file", 14) : null;

        for (var time = 0; time < 40; time++)
        {
            var batch = await BeginAsync(bench, worker);
            Assert.Equal((0, 0, 2), (batch.Ready.Count, batch.Refused.Count, batch.Unasked.Count));
            await bench.Core.Get<WriteSendResults>().RunAsync(
                [.. batch.Unasked.Select(row => new SendResult.Again(row, worker, TimeSpan.Zero) { Unused = true })]);
        }

        sql.With = _ => null;
        Assert.Equal(2, (await BeginAsync(bench, worker)).Ready.Count);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_customer_is_charged_for_what_left_and_not_for_what_was_held_back(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: sql.AddTo);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Hold();
        var message = await bench.QueueAsync(conversation, "On its way");
        var marked = false;
        sql.With = text =>
        {
            marked |= text.Contains("UPDATE \"Outbox\"", StringComparison.Ordinal);
            return marked && sql.Failed < 5 && IsRead(text) && text.Contains("\"UnansweredCount\"", StringComparison.Ordinal)
                ? new SqliteException("unable to open database file", 14)
                : null;
        };
        bench.Resume();

        await bench.UntilAsync(message, DeliveryStatus.Read);

        Assert.Equal(5, sql.Failed);
        var owes = await PaidAsync(bench.Core) - PairPace.Moment(bench.Clock.GetUtcNow().UtcDateTime);
        Assert.True(owes <= PairPace.Interval, owes.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_cannot_be_supplied_keeps_no_other_from_sending(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: sql.AddTo);
        await bench.TemplatesAsync();
        var numbers = await bench.Core.WithDbAsync(db => db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).ToListAsync());
        Assert.True(numbers.Count > 1);
        sql.WithCommand = command => IsNext(command.CommandText) && FailingSql.IsAbout(command, numbers[0]) ? new InvalidOperationException("cannot be read") : null;

        await bench.BroadcastAsync(3, phones: 491_700_100_000, number: numbers[0]);
        await bench.UntilAsync(() => sql.Failed > 0, "a number that cannot be supplied");
        var keys = await bench.BroadcastAsync(3, phones: 491_700_200_000, number: numbers[1]);

        await bench.UntilAsync(() => keys.IsSubsetOf(bench.Simulator.World.Ledger.Select(entry => entry.CallbackData!)), "the other number's messages sent");
        sql.WithCommand = _ => null;
        await bench.UntilAsync(() => bench.Simulator.World.Ledger.Count == 6, "everything sent");
    }

    private static bool IsRead(string text) => text.StartsWith("SELECT", StringComparison.Ordinal);

    /// <summary>Reads which rows of a number are next.</summary>
    private static bool IsNext(string text) =>
        IsRead(text) && text.Contains("\"PairPaidUntil\"", StringComparison.Ordinal) && text.Contains("\"DeadlineAtUtc\"", StringComparison.Ordinal);

    private static async Task<long> QueuedAsync(QueueBench bench, string phone, ReplyContent content)
    {
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5), phone: phone);
        return Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, content)).MessageId;
    }

    private static Task<BegunBatch> BeginAsync(QueueBench bench, Guid worker) =>
        bench.Core.Get<BeginSending>().RunAsync(bench.Core.NumberId, 8, 8, worker, CancellationToken.None);

    private static Task<long> PaidAsync(CoreHost core) => core.WithDbAsync(db => db.Conversations.Select(c => c.PairPaidUntil).SingleAsync());
}
