using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>What was written into a closed window goes out when the customer writes.</summary>
public sealed class DeliverWhenAnsweredTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_draft_goes_out_whole_and_once_when_the_customer_writes_and_not_before(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await DraftedAsync(bench, "The sole is glued");
        var file = await bench.Core.WithDbAsync(async db =>
        {
            var kept = new MediaFile
            {
                Key = Guid.CreateVersion7(),
                State = MediaState.Ready,
                MimeType = "audio/mpeg",
                FileName = "a.mp3",
                SizeBytes = 10,
                UploadedById = ana.AgentId,
            };
            db.MediaFiles.Add(kept);
            await db.SaveChangesAsync(Token);
            return kept.Id;
        });
        await bench.Core.Get<KeepDraft>().SaveAsync(ana, conversation, "The sole is glued", [file], null, Token);
        await DeliverAsync(bench);
        Assert.Equal(0, await bench.MessagesAsync());

        await WritesAsync(bench, conversation);
        await DeliverAsync(bench);
        await DeliverAsync(bench);

        var sent = await bench.Core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => new { m.Text, m.MediaFileId, m.AuthorId }).ToListAsync(Token));
        Assert.Equal([("The sole is glued", null, ana.AgentId), ("", file, ana.AgentId)], sent.Select(m => (m.Text, m.MediaFileId, m.AuthorId)));
        Assert.Equal(DraftView.Empty.Text, (await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token)).Text);
    }

    [Theory, EveryDatabase]
    public async Task It_is_no_answer_to_what_the_customer_has_just_written(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (_, conversation) = await DraftedAsync(bench, "The sole is glued");
        var before = await bench.ReadAsync(conversation);
        await WritesAsync(bench, conversation);

        await DeliverAsync(bench);

        Assert.Equal(1, await bench.MessagesAsync());
        Assert.NotNull(before.WaitingSinceUtc);
        Assert.Equal(before.WaitingSinceUtc, (await bench.ReadAsync(conversation)).WaitingSinceUtc);
    }

    [Theory, EveryDatabase]
    public async Task Typing_on_keeps_the_wish_and_taking_it_back_or_emptying_the_draft_ends_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await DraftedAsync(bench, "Ready");
        var drafts = bench.Core.Get<KeepDraft>();

        await drafts.SaveAsync(ana, conversation, "Ready on Friday", [], null, Token);
        Assert.True((await drafts.ReadAsync(ana, conversation, Token)).GoesWhenAnswered);
        Assert.False(await bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana, conversation, deliver: false, Token));
        Assert.False((await drafts.ReadAsync(ana, conversation, Token)).GoesWhenAnswered);
        await bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana, conversation, deliver: true, Token);
        await drafts.SaveNoteAsync(ana, conversation, "A note stays", Token);
        await drafts.SaveAsync(ana, conversation, "", [], null, Token);
        await WritesAsync(bench, conversation);
        await DeliverAsync(bench);

        Assert.Equal(0, await bench.MessagesAsync());
        Assert.False(await bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana, conversation, deliver: true, Token));
        Assert.False(await bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana with { Numbers = new HashSet<long>() }, conversation, deliver: true, Token));
        await Assert.ThrowsAsync<NotAllowedException>(
            () => bench.Core.Get<DeliverWhenAnswered>().RunAsync(ana with { Role = Role.Marketer }, conversation, deliver: true, Token));
    }

    [Theory, EveryDatabase]
    public async Task Who_answers_with_a_stop_or_whose_author_has_gone_gets_nothing_and_the_draft_stays(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await DraftedAsync(bench, "Ready");
        await WritesAsync(bench, conversation);
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, QueueBench.Noon), Token));
        await DeliverAsync(bench);

        var (eve, other) = await DraftedAsync(bench, "Mine", "491701234568");
        await WritesAsync(bench, other);
        await bench.Core.WithDbAsync(db => db.Users.Where(u => u.Id == eve.AgentId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAtUtc, QueueBench.Noon), Token));
        await DeliverAsync(bench);

        Assert.Equal(0, await bench.MessagesAsync());
        var kept = await bench.Core.WithDbAsync(db => db.Drafts.OrderBy(d => d.ConversationId).Select(d => new { d.Text, d.DeliverKey }).ToListAsync(Token));
        Assert.Equal([("Ready", null), ("Mine", (Guid?)null)], kept.Select(d => (d.Text, d.DeliverKey)));
        Assert.Equal("Ready", (await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token)).Text);
        var told = Assert.Single((await bench.Core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
        Assert.Equal((NotificationKind.DraftKept, conversation, Texts.Sending.Of("OptedOutAll")), (told.Kind, told.ConversationId, told.Preview));
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Notifications.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Who_may_want_no_more_is_not_answered_by_it_and_its_author_is_told(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await DraftedAsync(bench, "Ready");
        await bench.Core.WithDbAsync(async db =>
        {
            var message = new Message
            {
                ConversationId = conversation,
                NumberId = bench.Core.NumberId,
                Direction = MessageDirection.Inbound,
                Kind = MessageKind.Text,
                Wamid = "wamid.stop",
                Text = "Please stop sending me these",
                SentAtUtc = QueueBench.Noon,
                CreatedAtUtc = QueueBench.Noon,
            };
            db.Messages.Add(message);
            await db.SaveChangesAsync(Token);
            db.StopReviews.Add(new StopReview { MessageId = message.Id, ConversationId = message.ConversationId, HeardAtUtc = QueueBench.Noon });
            await db.SaveChangesAsync(Token);
        });
        await WritesAsync(bench, conversation);

        await DeliverAsync(bench);

        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Direction == MessageDirection.Outbound, Token)));
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token);
        Assert.Equal(("Ready", false), (draft.Text, draft.GoesWhenAnswered));
        var told = Assert.Single((await bench.Core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
        Assert.Equal((NotificationKind.DraftKept, Texts.Sending.Of("StopUndecided")), (told.Kind, told.Preview));
    }

    [Theory, EveryDatabase]
    public async Task What_the_gate_refuses_is_a_draft_again_and_its_author_is_told_why(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await DraftedAsync(bench, "Ready");
        await WritesAsync(bench, conversation);
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnedElsewhere, true), Token));

        await DeliverAsync(bench);
        await DeliverAsync(bench);

        Assert.Equal(0, await bench.MessagesAsync());
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token);
        Assert.Equal(("Ready", false), (draft.Text, draft.GoesWhenAnswered));
        var why = Assert.IsType<SendReplyOutcome.Refused>(await bench.TextAsync(conversation)).Why;
        var told = Assert.Single((await bench.Core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
        Assert.Equal((NotificationKind.DraftKept, why.Words), (told.Kind, told.Preview));
    }

    [Theory, EveryDatabase]
    public async Task Drafts_that_a_merge_joins_wait_for_their_author_again(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, stays) = await DraftedAsync(bench, "Ready");
        var (_, goes) = await DraftedAsync(bench, "Mine", "491701234568");
        await bench.Core.WithDbAsync(db => db.Drafts.Where(d => d.ConversationId == goes)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.AgentId, ana.AgentId).SetProperty(d => d.DeliverKey, (Guid?)null), Token));
        var people = await bench.Core.WithDbAsync(db => db.Conversations.ToDictionaryAsync(c => c.Id, c => c.ContactId, Token));

        Assert.IsType<MergePeopleOutcome.Merged>(await bench.Core.Get<MergePeople>().RunAsync(Caller.System, people[stays], people[goes], Token));

        var joined = await bench.Core.WithDbAsync(db => db.Drafts.AsNoTracking().SingleAsync(Token));
        Assert.Contains("Mine", joined.Text, StringComparison.Ordinal);
        Assert.Contains("Ready", joined.Text, StringComparison.Ordinal);
        Assert.Null(joined.DeliverKey);
    }

    [Theory, EveryDatabase]
    public async Task A_draft_whose_words_went_in_a_template_does_not_go_out_again(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        await bench.TemplateAsync("news", """[{"type":"BODY","text":"About your shoes: {{1}}."}]""");
        var (ana, conversation) = await DraftedAsync(bench, "The sole is glued");
        var template = QueueBench.Template("news", ("body.1", "The sole is glued"));

        var sent = await bench.Core.Get<SendReply>().RunAsync(ana, new Reply(conversation, Guid.CreateVersion7(), template) { CarriesDraft = true }, Token);
        Assert.IsType<SendReplyOutcome.Queued>(sent);
        await WritesAsync(bench, conversation);
        await DeliverAsync(bench);

        Assert.Equal(1, await bench.MessagesAsync());
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Drafts.CountAsync(Token)));
    }

    private static async Task<(Caller Author, long Conversation)> DraftedAsync(QueueBench bench, string text, string phone = "491701234567")
    {
        var agent = await new InboxRows(bench.Core).AgentAsync("Ana");
        var caller = new Caller(agent.Id, "Ana", Role.Agent, null);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(-1), phone: phone);
        await bench.Core.Get<KeepDraft>().SaveAsync(caller, conversation, text, [], null, Token);
        Assert.True(await bench.Core.Get<DeliverWhenAnswered>().RunAsync(caller, conversation, deliver: true, Token));
        return (caller, conversation);
    }

    private static Task<int> WritesAsync(QueueBench bench, long conversation) => bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, QueueBench.Noon.AddHours(24)), Token));

    private static Task DeliverAsync(QueueBench bench) => bench.Core.Get<DeliverDrafts>().RunAsync(() => { }, Token);
}
