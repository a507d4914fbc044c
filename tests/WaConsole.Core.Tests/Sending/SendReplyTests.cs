using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class SendReplyTests
{
    private const string Greeting = """[{"type":"BODY","text":"Hello {{1}}, your order left."}]""";

    [Theory]
    [EveryDatabase]
    public async Task A_reply_is_message_and_outbox_row_and_answers_the_conversation(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2), c =>
        {
            c.Status = ConversationStatus.Snoozed;
            c.SnoozedUntilUtc = QueueBench.Noon.AddDays(1);
        });
        await bench.Core.WithDbAsync(async db =>
        {
            db.Drafts.Add(new Draft { ConversationId = conversation, AgentId = 7, Text = "Hel", UpdatedAtUtc = QueueBench.Noon });
            db.Drafts.Add(new Draft { ConversationId = conversation, AgentId = 8, Text = "Mine", UpdatedAtUtc = QueueBench.Noon });
            await db.SaveChangesAsync();
        });

        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, "Hello\nthere"));

        Assert.False(queued.Repeated);
        var message = await bench.MessageAsync(queued.MessageId);
        Assert.Equal((DeliveryStatus.Queued, "Ines", 7L, "Hello\nthere"), (message.Status, message.AuthorName, message.AuthorId!.Value, message.Text));
        var shown = await bench.ReadAsync(conversation);
        Assert.Equal(
            (queued.MessageId, "Hello there", MessageDirection.Outbound, DeliveryStatus.Queued, ConversationStatus.Open, QueueBench.Noon),
            (shown.LastMessageId!.Value, shown.LastPreview, shown.LastDirection, shown.LastStatus, shown.Status, shown.LastActivityAtUtc));
        Assert.Null(shown.WaitingSinceUtc);
        Assert.Null(shown.SnoozedUntilUtc);
        Assert.Null(shown.AssigneeId);
        Assert.Equal(8, Assert.Single(await bench.Core.WithDbAsync(db => db.Drafts.ToListAsync())).AgentId);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Outbox.CountAsync(e => e.MessageId == queued.MessageId && e.State == OutboxState.Waiting)));
    }

    [Theory]
    [EveryDatabase]
    public async Task The_same_key_is_the_same_message_and_another_request_with_it_is_refused(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var elsewhere = await bench.ConversationAsync(QueueBench.Noon.AddHours(2), phone: "491701234568");
        var key = Guid.CreateVersion7();

        var first = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, key: key, hash: "a"));
        var again = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, key: key, hash: "a"));

        Assert.True(again.Repeated);
        Assert.Equal(first.MessageId, again.MessageId);
        Assert.IsType<SendReplyOutcome.KeyReused>(await bench.TextAsync(conversation, "Other", key, "b"));
        Assert.IsType<SendReplyOutcome.KeyReused>(await bench.TextAsync(elsewhere, key: key, hash: "a"));
        Assert.Equal(1, await bench.MessagesAsync());
    }

    [Theory]
    [EveryDatabase]
    public async Task Ten_equal_requests_at_once_make_one_message(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var key = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => bench.TextAsync(conversation, key: key))));

        var queued = outcomes.Cast<SendReplyOutcome.Queued>().ToList();
        Assert.Single(queued, outcome => !outcome.Repeated);
        Assert.Single(queued.Select(outcome => outcome.MessageId).Distinct());
        Assert.Equal(1, await bench.MessagesAsync());
    }

    [Theory]
    [EveryDatabase]
    public async Task Outside_the_window_only_a_template_goes_and_it_keeps_a_resolved_conversation_resolved(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("greeting", Greeting);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddSeconds(59), c => c.Status = ConversationStatus.Resolved);

        Assert.Equal("window_closed", Code(await bench.TextAsync(conversation)));
        Assert.Equal("template_values", Code(await bench.ReplyAsync(conversation, QueueBench.Template("greeting", ("body.1", " ")))));
        Assert.Equal("template_not_found", Code(await bench.ReplyAsync(conversation, QueueBench.Template("farewell"))));
        var queued = Assert.IsType<SendReplyOutcome.Queued>(
            await bench.ReplyAsync(conversation, QueueBench.Template("greeting", ("body.1", "Amina"))));

        var message = await bench.MessageAsync(queued.MessageId);
        var seen = Assert.IsType<MessageContent.SentTemplate>(ContentJson.Read(message.ContentJson));
        Assert.Equal("Hello Amina, your order left.", seen.Body);
        Assert.Equal((MessageKind.Template, "greeting", "en"), (message.Kind, message.TemplateName, message.TemplateLanguage));
        Assert.Equal(ConversationStatus.Resolved, (await bench.ReadAsync(conversation)).Status);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_opted_out_customer_gets_no_marketing_and_still_gets_answers(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("offer", """[{"type":"BODY","text":"New boots!"}]""", category: "MARKETING");
        await bench.TemplateAsync("news", """[{"type":"BODY","text":"Your order left."}]""");
        var conversation = await bench.ConversationAsync(
            QueueBench.Noon.AddHours(2), c => c.Contact.OptedOutAtUtc = QueueBench.Noon);

        Assert.Equal("opted_out", Code(await bench.ReplyAsync(conversation, QueueBench.Template("offer"))));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, QueueBench.Template("news")));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_paused_template_and_a_thread_of_another_app_are_refused(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("paused", Greeting, status: "PAUSED");
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2), c => c.OwnedElsewhere = true);

        Assert.Equal("template_not_sendable", Code(await bench.ReplyAsync(conversation, QueueBench.Template("paused", ("body.1", "A")))));
        Assert.Equal("owned_elsewhere", Code(await bench.TextAsync(conversation)));
    }

    [Theory]
    [EveryDatabase]
    public async Task Somebody_of_another_number_learns_nothing_and_a_marketer_may_not_answer(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var stranger = new Caller(9, "Elsewhere", Role.Agent, new HashSet<long> { bench.Core.NumberId + 1 });

        Assert.IsType<SendReplyOutcome.NoSuchConversation>(
            await bench.ReplyAsync(conversation, new ReplyContent.Text("Hi"), caller: stranger));
        await Assert.ThrowsAsync<NotAllowedException>(
            () => bench.ReplyAsync(conversation, new ReplyContent.Text("Hi"), caller: new Caller(10, "Mark", Role.Marketer, null)));
        Assert.Equal(0, await bench.MessagesAsync());
    }

    [Theory]
    [EveryDatabase]
    public async Task A_file_goes_only_as_what_it_is_and_only_by_who_uploaded_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var picture = await FileAsync(bench, "image/jpeg", 1000, uploadedBy: 7);
        var foreign = await FileAsync(bench, "image/jpeg", 1000, uploadedBy: 8);
        var large = await FileAsync(bench, "image/png", 6_000_000, uploadedBy: 7);

        Assert.Equal("media_unsupported", Code(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Video, picture))));
        Assert.Equal("media_not_found", Code(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Image, foreign))));
        Assert.Equal("media_too_big", Code(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Image, large))));
        Assert.Equal(
            "caption_too_long",
            Code(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Image, picture, new string('a', 1025)))));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Image, picture, "Here")));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Document, large)));
        Assert.Equal(conversation, await bench.Core.WithDbAsync(db => db.MediaFiles.Where(f => f.Id == picture).Select(f => f.ConversationId).SingleAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_failed_message_is_sent_again_once_however_often_it_is_clicked(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var failed = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, "Once more")).MessageId;
        Assert.Equal("not_repeatable", Code(await AgainAsync(bench, failed)));
        await SetStatusAsync(bench, failed, DeliveryStatus.Failed);

        var first = Assert.IsType<SendReplyOutcome.Queued>(await AgainAsync(bench, failed));
        var second = Assert.IsType<SendReplyOutcome.Queued>(await AgainAsync(bench, failed));

        Assert.Equal((first.MessageId, true), (second.MessageId, second.Repeated));
        Assert.NotEqual(failed, first.MessageId);
        Assert.Equal("Once more", (await bench.MessageAsync(first.MessageId)).Text);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_unknown_message_can_be_sent_again_only_after_a_while_and_only_in_the_window(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddMinutes(10));
        var unknown = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation)).MessageId;
        await SetStatusAsync(bench, unknown, DeliveryStatus.Unknown);

        bench.Clock.Advance(SendAgain.UnknownWait - TimeSpan.FromSeconds(1));
        Assert.Equal("not_repeatable", Code(await AgainAsync(bench, unknown)));

        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("window_closed", Code(await AgainAsync(bench, unknown)));
        Assert.Equal(1, await bench.MessagesAsync());
    }

    private static Task<SendReplyOutcome> AgainAsync(QueueBench bench, long message) =>
        bench.Core.Get<SendAgain>().RunAsync(QueueBench.Agent, message, CancellationToken.None);

    private static Task SetStatusAsync(QueueBench bench, long message, DeliveryStatus status) => bench.Core.WithDbAsync(async db =>
    {
        await db.Messages.Where(m => m.Id == message).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, status)
            .SetProperty(m => m.StatusAtUtc, QueueBench.Noon));
        var state = status == DeliveryStatus.Unknown ? OutboxState.Unknown : OutboxState.Done;
        await db.Outbox.Where(e => e.MessageId == message).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state));
    });

    private static Task<long> FileAsync(QueueBench bench, string type, long size, long uploadedBy) => bench.Core.WithDbAsync(async db =>
    {
        var file = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = MediaState.Ready,
            MimeType = type,
            SizeBytes = size,
            FileName = "photo",
            UploadedById = uploadedBy,
            CreatedAtUtc = QueueBench.Noon,
        };
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync();
        return file.Id;
    });

    private static string Code(SendReplyOutcome outcome)
    {
        var refused = Assert.IsType<SendReplyOutcome.Refused>(outcome);
        Assert.Contains(' ', refused.Why.Sentence);   // Words for a person, not the name of a text.
        return refused.Why.Code;
    }

    [Theory]
    [EveryDatabase]
    public async Task Zeros_and_halves_of_characters_are_made_fit_to_store(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("greeting", Greeting);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));

        var text = Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation, "A\0\ud800B"));
        var template = Assert.IsType<SendReplyOutcome.Queued>(
            await bench.ReplyAsync(conversation, QueueBench.Template("greeting", ("body.1", "Ana\udc00\0"))));
        var unknown = Assert.IsType<SendReplyOutcome.Refused>(await bench.ReplyAsync(conversation, QueueBench.Template("gree\0\ud83dting")));

        Assert.Equal("A\ufffdB", (await bench.MessageAsync(text.MessageId)).Text);
        Assert.Contains("Ana\ufffd", (await bench.MessageAsync(template.MessageId)).Text, StringComparison.Ordinal);
        Assert.Equal("template_not_found", unknown.Why.Code);
    }
}
