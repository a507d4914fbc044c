using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Assigning, status, unread mark and drafts.</summary>
public sealed class HandlingTests
{
    [Theory, EveryDatabase]
    public async Task Assigning_leaves_a_line_and_touches_neither_unread_nor_order(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var bo = await new SeedAgent("Bo").WriteAsync(store);
        var id = await new SeedConversation { NumberId = host.NumberId, Unread = 3, Texts = ["hello"] }.WriteAsync(store);
        var before = await RowAsync(host);
        List<LiveChange> published = [];
        host.Get<LiveUpdates>().Published += published.Add;

        Assert.IsType<AssignOutcome.Done>(await host.Get<AssignConversation>().RunAsync(ana, id, bo.AgentId, CancellationToken.None));
        Assert.IsType<AssignOutcome.Done>(await host.Get<AssignConversation>().RunAsync(ana, id, bo.AgentId, CancellationToken.None));
        Assert.IsType<AssignOutcome.Done>(await host.Get<AssignConversation>().RunAsync(ana, id, null, CancellationToken.None));

        Assert.Equal(before, await RowAsync(host));
        Assert.Equal(
            [null, new MessageContent.Activity("assigned", "Ana", "Bo"), new MessageContent.Activity("unassigned", "Ana", null)],
            (await LinesAsync(host, id)).Select(line => line.Content));
        Assert.Equal(5, published.Count);
        Assert.Equal(
            [new ConversationChanged(host.NumberId, id), new InboxChanged(host.NumberId, id), new NotificationsChanged(bo.AgentId!.Value)],
            published.Take(3));
    }

    [Theory, EveryDatabase]
    public async Task Only_people_who_may_answer_this_number_are_offered_and_accepted(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var id = await new SeedConversation { NumberId = host.NumberId }.WriteAsync(store);
        var ana = await new SeedAgent("ana", Numbers: [host.NumberId]).WriteAsync(store);
        // An admin sees every number, whatever list is left over from an earlier role.
        var zoe = await new SeedAgent("Zoe", Role.Admin, Numbers: [host.NumberId + 1]).WriteAsync(store);
        Caller[] others =
        [
            await new SeedAgent("Elsewhere", Numbers: [host.NumberId + 1]).WriteAsync(store),
            await new SeedAgent("Mara", Role.Marketer).WriteAsync(store),
            await new SeedAgent("Gone", Disabled: true).WriteAsync(store),
        ];

        var offered = await host.Get<ListAssignees>().RunAsync(ana, host.NumberId, CancellationToken.None);

        Assert.Equal([new Assignee(ana.AgentId!.Value, "ana"), new Assignee(zoe.AgentId!.Value, "Zoe")], offered);
        foreach (var agentId in others.Select(other => other.AgentId).Append(999_999))
        {
            Assert.IsType<AssignOutcome.NotPossible>(await host.Get<AssignConversation>().RunAsync(ana, id, agentId, CancellationToken.None));
        }

        Assert.IsType<AssignOutcome.NoSuchConversation>(
            await host.Get<AssignConversation>().RunAsync(others[0], id, ana.AgentId, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(
            () => host.Get<AssignConversation>().RunAsync(others[1], id, ana.AgentId, CancellationToken.None));
        Assert.Equal([], await LinesAsync(host, id));
    }

    [Theory, EveryDatabase]
    public async Task Resolving_ends_the_wait_and_a_snooze_keeps_its_end(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var start = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);
        var id = await new SeedConversation { NumberId = host.NumberId, WaitingSinceUtc = start }.WriteAsync(host.Get<Store>());
        var change = host.Get<ChangeStatus>();

        Assert.True(await change.RunAsync(Caller.System, id, ConversationStatus.Snoozed, start.AddDays(1), CancellationToken.None));
        var snoozed = await RowAsync(host, ConversationStatus.Snoozed);
        Assert.True(await change.RunAsync(Caller.System, id, ConversationStatus.Resolved, null, CancellationToken.None));
        Assert.True(await change.RunAsync(Caller.System, id, ConversationStatus.Resolved, null, CancellationToken.None));
        var resolved = await RowAsync(host, ConversationStatus.Resolved);

        Assert.Equal((start.AddDays(1), start), (snoozed.SnoozedUntilUtc, snoozed.WaitingSinceUtc));
        Assert.Equal((null, null), (resolved.SnoozedUntilUtc, resolved.WaitingSinceUtc));
        Assert.Equal(
            ["snoozed", "resolved"],
            (await LinesAsync(host, id)).Select(line => ((MessageContent.Activity)line.Content!).Type));
        var stranger = new Caller(1, "Ines", Role.Agent, new HashSet<long> { host.NumberId + 1 });
        Assert.False(await change.RunAsync(stranger, id, ConversationStatus.Open, null, CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task What_came_after_the_newest_message_that_was_seen_is_not_resolved_over(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var waits = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);
        var id = await new SeedConversation { NumberId = host.NumberId, WaitingSinceUtc = waits, Texts = ["one", "two"] }.WriteAsync(store);
        var lines = (await LinesAsync(host, id)).Select(line => line.Id).ToList();
        var change = host.Get<ChangeStatus>();

        foreach (var status in (ConversationStatus[])[ConversationStatus.Resolved, ConversationStatus.Snoozed, ConversationStatus.Pending])
        {
            var outcome = await change.RunAsync(ana, id, status, null, seenMessageId: lines[0], CancellationToken.None);
            Assert.NotEmpty(Assert.IsType<ChangeStatusOutcome.NewerMessage>(outcome).Sentence);
        }

        var before = await host.Get<ReadConversation>().RunAsync(ana, id, CancellationToken.None);
        Assert.Equal((ConversationStatus.Open, waits, lines.Count), (before!.Status, before.WaitingSinceUtc, (await LinesAsync(host, id)).Count));
        Assert.IsType<ChangeStatusOutcome.Done>(await change.RunAsync(ana, id, ConversationStatus.Resolved, null, seenMessageId: lines[1], CancellationToken.None));
        Assert.Equal(ConversationStatus.Resolved, (await host.Get<ReadConversation>().RunAsync(ana, id, CancellationToken.None))!.Status);
    }

    [Theory, EveryDatabase]
    public async Task A_message_that_is_being_written_is_waited_for(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var id = await new SeedConversation { NumberId = host.NumberId, Texts = ["one"] }.WriteAsync(store);
        var seen = (await LinesAsync(host, id))[0].Id;
        Task<ChangeStatusOutcome> resolving;
        await using (var db = await store.OpenAsync(CancellationToken.None))
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            var conversation = (await LockConversation.RunAsync(db, Caller.System, id, CancellationToken.None))!;
            resolving = Task.Run(() => host.Get<ChangeStatus>().RunAsync(
                ana, id, ConversationStatus.Resolved, null, seenMessageId: seen, CancellationToken.None));
            db.Messages.Add(new Message
            {
                ConversationId = id,
                NumberId = host.NumberId,
                Direction = MessageDirection.Inbound,
                Kind = MessageKind.Text,
                Text = "two",
                SentAtUtc = conversation.LastActivityAtUtc,
                CreatedAtUtc = conversation.LastActivityAtUtc,
            });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        Assert.IsType<ChangeStatusOutcome.NewerMessage>(await resolving);
    }

    [Theory, EveryDatabase]
    public async Task The_unread_mark_is_cleared_and_set_again_from_the_customers_last_message(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = host.NumberId, Unread = 2, Texts = ["one", "two"] }.WriteAsync(host.Get<Store>());
        var mark = host.Get<MarkConversationRead>();

        await mark.RunAsync(Caller.System, id, CancellationToken.None);
        var read = await RowAsync(host);
        await mark.MarkUnreadAsync(Caller.System, id, CancellationToken.None);
        var view = await host.Get<ReadConversation>().RunAsync(Caller.System, id, CancellationToken.None);

        Assert.Equal(0, read.Unread);
        Assert.Equal((1, (await LinesAsync(host, id))[1].Id), (view!.Unread, view.FirstUnreadMessageId));
    }

    [Theory, EveryDatabase]
    public async Task What_was_seen_down_to_a_line_is_read_and_what_came_after_it_is_not(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = host.NumberId, Unread = 3, Texts = ["one", "two", "three"] }.WriteAsync(host.Get<Store>());
        var lines = await LinesAsync(host, id);
        await host.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.FirstUnreadMessageId, lines[0].Id)));
        var mark = host.Get<MarkConversationRead>();

        await mark.SeenAsync(Caller.System, id, lines[1].Id, CancellationToken.None);
        var some = await ViewAsync();
        await mark.SeenAsync(Caller.System, id, lines[1].Id, CancellationToken.None);
        var again = await ViewAsync();
        await mark.SeenAsync(Caller.System, id, lines[2].Id, CancellationToken.None);

        Assert.Equal((1, lines[2].Id), some);
        Assert.Equal(some, again);
        Assert.Equal((0, null), await ViewAsync());

        async Task<(int, long?)> ViewAsync()
        {
            var view = await host.Get<ReadConversation>().RunAsync(Caller.System, id, CancellationToken.None);
            return (view!.Unread, view.FirstUnreadMessageId);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_draft_is_kept_per_person_with_own_files_only_and_an_empty_one_is_gone(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var ana = await new SeedAgent("Ana").WriteAsync(store);
        var bo = await new SeedAgent("Bo").WriteAsync(store);
        var id = await new SeedConversation { NumberId = host.NumberId, Texts = ["question"] }.WriteAsync(store);
        var line = (await LinesAsync(host, id))[0];
        var own = await FileAsync(host, ana, null);
        var sent = await FileAsync(host, ana, id);
        var foreign = await FileAsync(host, bo, null);
        var drafts = host.Get<KeepDraft>();

        await drafts.SaveAsync(ana, id, "Dear\0 Amina", [own, sent, foreign, own], line.Id, CancellationToken.None);
        await drafts.SaveAsync(ana, id, new string('x', KeepDraft.MaxTextLength - 1) + "😀", [own], line.Id, CancellationToken.None);
        var kept = await drafts.ReadAsync(ana, id, CancellationToken.None);

        Assert.Equal(KeepDraft.MaxTextLength - 1, kept.Text.Length);
        Assert.Equal([own], kept.Files.Select(file => file.MediaFileId));
        Assert.Equal((MessageKind.Image, "question"), (kept.Files[0].SendAs, kept.ReplyTo!.Text));
        Assert.Equal(DraftView.Empty, await drafts.ReadAsync(bo, id, CancellationToken.None));
        await drafts.SaveAsync(ana, id, "", [], null, CancellationToken.None);
        Assert.Equal(0, await host.WithDbAsync(db => db.Drafts.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Two_tabs_saving_at_once_leave_one_draft(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana").WriteAsync(host.Get<Store>());
        var id = await new SeedConversation { NumberId = host.NumberId }.WriteAsync(host.Get<Store>());

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () => host.Get<KeepDraft>().SaveAsync(ana, id, $"text {i}", [], null, CancellationToken.None))));

        Assert.StartsWith("text", (await host.Get<KeepDraft>().ReadAsync(ana, id, CancellationToken.None)).Text, StringComparison.Ordinal);
    }

    private static async Task<InboxRow> RowAsync(CoreHost host, ConversationStatus status = ConversationStatus.Open) =>
        Assert.Single((await host.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(Status: status), CancellationToken.None)).Rows);

    private static async Task<IReadOnlyList<ThreadLine>> LinesAsync(CoreHost host, long id) =>
        (await host.Get<ReadThread>().RunAsync(Caller.System, id, null, 40, CancellationToken.None))!.Lines;

    private static Task<long> FileAsync(CoreHost host, Caller owner, long? conversationId) => host.WithDbAsync(async db =>
    {
        var file = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = MediaState.Ready,
            MimeType = "image/png",
            FileName = "a.png",
            UploadedById = owner.AgentId,
            ConversationId = conversationId,
        };
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync();
        return file.Id;
    });
}
