using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendToContactTests
{
    private const string Hello = """[{"type":"BODY","text":"Your order left."}]""";

    [Theory]
    [EveryDatabase]
    public async Task A_template_to_an_unknown_phone_makes_contact_and_conversation_and_the_key_is_one_message(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.RulesAsync(new GateSettings { RepeatMinutes = 0 });
        await bench.TemplateAsync("hello", Hello);
        var key = Guid.CreateVersion7();

        var first = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "+49 (170) 123-4567", key));
        var again = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "0049 170 1234567", key));
        var next = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "491701234567", Guid.CreateVersion7()));

        Assert.Equal((first.MessageId, true), (again.MessageId, again.Repeated));
        Assert.Equal(first.ConversationId, next.ConversationId);
        var contact = await bench.Core.WithDbAsync(db => db.Contacts.SingleAsync());
        Assert.Equal("491701234567", contact.Phone);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_user_id_is_taken_whole(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("hello", Hello);

        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendToContact>().RunAsync(
            QueueBench.Agent,
            new FirstMessage(bench.Core.NumberId, null, "DE.1029384756", Guid.CreateVersion7(), QueueBench.Template("hello")),
            CancellationToken.None));

        var contact = await bench.Core.WithDbAsync(db => db.Contacts.SingleAsync());
        Assert.Equal((null, "DE.1029384756"), (contact.Phone, contact.UserId));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_is_refused_leaves_nobody_behind(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);

        Assert.Equal("invalid_phone", Code(await SendAsync(bench, "call me", Guid.CreateVersion7())));
        Assert.Equal("invalid_phone", Code(await SendAsync(bench, "+49 12", Guid.CreateVersion7())));
        Assert.Equal("window_closed", Code(await bench.Core.Get<SendToContact>().RunAsync(
            QueueBench.Agent,
            new FirstMessage(bench.Core.NumberId, "+491701234567", null, Guid.CreateVersion7(), new ReplyContent.Text("Hi")),
            CancellationToken.None)));

        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Conversations.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task Ten_first_messages_to_one_phone_at_once_meet_in_one_conversation(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.RulesAsync(new GateSettings { RepeatMinutes = 0 });
        await bench.TemplateAsync("hello", Hello);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => Task.Run(() => SendAsync(bench, "+491701234567", Guid.CreateVersion7()))));

        Assert.Single(outcomes.Cast<SendReplyOutcome.Queued>().Select(outcome => outcome.ConversationId).Distinct());
        Assert.Equal(10, await bench.MessagesAsync());
    }

    private static Task<SendReplyOutcome> SendAsync(QueueBench bench, string phone, Guid key) => bench.Core.Get<SendToContact>().RunAsync(
        QueueBench.Agent, new FirstMessage(bench.Core.NumberId, phone, null, key, QueueBench.Template("hello")), CancellationToken.None);

    private static string Code(SendReplyOutcome outcome) => Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code;
}
