using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendToManyTests
{
    private const string Hello = """[{"type":"BODY","text":"Your order left."}]""";

    [Theory]
    [EveryDatabase]
    public async Task One_bad_number_stops_nobody_and_the_known_and_the_unknown_each_get_theirs(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.RulesAsync(new GateSettings { RepeatMinutes = 0 });
        await bench.TemplateAsync("hello", Hello);
        var known = await SendAsync(bench, [Message("+49 170 1234500")]);

        var outcomes = await SendAsync(bench, [Message("+49 170 1234500"), Message("call me"), Message("+49 170 1234501"), Message("+49 170 1234501")]);

        Assert.Equal(((SendReplyOutcome.Queued)known[0]).ConversationId, Assert.IsType<SendReplyOutcome.Queued>(outcomes[0]).ConversationId);
        Assert.Equal("invalid_phone", Assert.IsType<SendReplyOutcome.Refused>(outcomes[1]).Why.Code);
        Assert.Equal(
            Assert.IsType<SendReplyOutcome.Queued>(outcomes[2]).ConversationId, Assert.IsType<SendReplyOutcome.Queued>(outcomes[3]).ConversationId);
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(4, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.Lane == OutboxLane.Broadcast)));
        var shown = await bench.ReadAsync(((SendReplyOutcome.Queued)outcomes[0]).ConversationId);
        Assert.Equal((((SendReplyOutcome.Queued)outcomes[0]).MessageId, "Your order left."), (shown.LastMessageId!.Value, shown.LastPreview));
    }

    [Theory]
    [EveryDatabase]
    public async Task Asked_again_after_half_of_it_was_queued_nobody_gets_it_twice(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("hello", Hello);
        var messages = Enumerable.Range(0, 130).Select(index => Message($"+49 170 12{index:00000}")).ToList();
        await SendAsync(bench, [.. messages.Take(65)]);

        var again = await SendAsync(bench, messages);
        var andAgain = await SendAsync(bench, [.. messages, messages[0]]);

        Assert.Equal(65, again.Count(outcome => outcome is SendReplyOutcome.Queued { Repeated: true }));
        Assert.Equal(65, again.Count(outcome => outcome is SendReplyOutcome.Queued { Repeated: false }));
        Assert.All(andAgain, outcome => Assert.IsType<SendReplyOutcome.Queued>(outcome));
        Assert.Equal(130, await bench.MessagesAsync());
        Assert.Equal(130, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_the_gate_refuses_leaves_neither_message_nor_contact(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("offer", Hello, category: "MARKETING");
        await bench.TemplateAsync("hello", Hello);
        var known = Assert.IsType<SendReplyOutcome.Queued>((await SendAsync(bench, [Message("+49 170 1234500")]))[0]);
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, QueueBench.Noon)));

        var outcomes = await SendAsync(
            bench,
            [
                Message("+49 170 1234500", "offer"), Message("+49 170 1234501", "farewell"), Message("+49 170 1234502"),
                Message("+49 170 1234503", "offer"),
            ]);

        Assert.Equal("opted_out", Assert.IsType<SendReplyOutcome.Refused>(outcomes[0]).Why.Code);
        Assert.Equal("template_not_found", Assert.IsType<SendReplyOutcome.Refused>(outcomes[1]).Why.Code);
        Assert.IsType<SendReplyOutcome.Queued>(outcomes[2]);
        Assert.Equal("no_opt_in", Assert.IsType<SendReplyOutcome.Refused>(outcomes[3]).Why.Code);
        Assert.Equal(2, await bench.MessagesAsync());
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(known.MessageId, (await bench.ReadAsync(known.ConversationId)).LastMessageId);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_is_not_the_callers_queues_nothing(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var stranger = new Caller(9, "Vera", Role.Agent, new HashSet<long> { bench.Core.NumberId + 1 });

        var outcomes = await bench.Core.Get<SendToMany>().RunAsync(
            stranger, bench.Core.NumberId, OutboxLane.Broadcast, [Message("+49 170 1234500")], CancellationToken.None);

        Assert.Equal("number_unknown", Assert.IsType<SendReplyOutcome.Refused>(Assert.Single(outcomes)).Why.Code);
        Assert.Equal(0, await bench.MessagesAsync());
    }

    private static BulkMessage Message(string phone, string template = "hello") =>
        new(phone, null, Guid.CreateVersion7(), QueueBench.Template(template));

    private static Task<IReadOnlyList<SendReplyOutcome>> SendAsync(QueueBench bench, IReadOnlyList<BulkMessage> messages) =>
        bench.Core.Get<SendToMany>().RunAsync(QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast, messages, CancellationToken.None);
}
