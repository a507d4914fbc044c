using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Notes, who is named in them, who takes part and who is told.</summary>
public sealed class NoteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_note_names_a_colleague_who_is_told_and_takes_part_and_the_row_in_the_list_stays(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas, mei) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId, Unread = 2, Texts = ["The heel broke"] }.WriteAsync(core.Get<Store>());
        var before = await RowAsync(core, id);
        List<LiveChange> pushed = [];
        core.Get<LiveUpdates>().Published += pushed.Add;

        var note = await WriteAsync(core, ana, id, "@Jonas Weber please look\0 at batch 0914, and @ana too");

        var line = (await core.Get<ReadThread>().RunAsync(jonas, id, null, 10, Token))!.Lines[^1];
        Assert.Equal((MessageKind.Note, MessageDirection.None, "Ana"), (line.Kind, line.Direction, line.AuthorName));
        Assert.Equal("@Jonas Weber please look at batch 0914, and @ana too", line.Text);
        Assert.Equal(new MessageContent.TeamNote(["Jonas Weber", "Ana"]).Named, ((MessageContent.TeamNote)line.Content!).Named);
        Assert.Equal(before, await RowAsync(core, id));
        Assert.Equal(
            [new MessageChanged(core.NumberId, id, note), new HeaderChanged(core.NumberId, id), new NotificationsChanged(jonas.AgentId!.Value)], pushed);
        var told = Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest);
        Assert.Equal((NotificationKind.Mention, id, note, "Amina Duarte", "Ana", false), (told.Kind, told.ConversationId, told.MessageId, told.CustomerName, told.ActorName, told.IsRead));
        Assert.Empty((await core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
        Assert.Empty((await core.Get<ListNotifications>().RunAsync(mei, Token)).Newest);
        Assert.Equal(["Ana", "Jonas Weber"], await PeopleAsync(core, id));

        await WriteAsync(core, jonas, id, "Batch 0914 it is");
        Assert.Equal(NotificationKind.Note, Assert.Single((await core.Get<ListNotifications>().RunAsync(ana, Token)).Newest).Kind);
        Assert.Equal(1, (await core.Get<ListNotifications>().RunAsync(jonas, Token)).Unread);
    }

    [Theory, EveryDatabase]
    public async Task The_same_press_twice_is_one_note(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas, _) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var other = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var key = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => core.Get<WriteNote>().RunAsync(ana, id, key, "@Jonas Weber once", Token))));

        Assert.Single(outcomes.Select(outcome => Assert.IsType<WriteNoteOutcome.Written>(outcome).MessageId).Distinct());
        Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest);
        Assert.IsType<WriteNoteOutcome.Refused>(await core.Get<WriteNote>().RunAsync(ana, other, key, "Elsewhere", Token));
    }

    [Theory, EveryDatabase]
    public async Task Only_who_may_see_the_conversation_writes_is_named_and_is_told(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var store = core.Get<Store>();
        var (ana, jonas, _) = await TeamAsync(core);
        var elsewhere = await new SeedAgent("Eli", Numbers: []).WriteAsync(store);
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(store);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(store);

        await WriteAsync(core, ana, id, "@Eli @Mara @Jonas Weber");

        Assert.Empty((await core.Get<ListNotifications>().RunAsync(elsewhere, Token)).Newest);
        Assert.Equal(0, await core.WithDbAsync(db => db.Notifications.CountAsync(n => n.AgentId == marketer.AgentId, Token)));
        Assert.IsType<WriteNoteOutcome.NoSuchConversation>(await core.Get<WriteNote>().RunAsync(elsewhere, id, Guid.CreateVersion7(), "Hi", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<WriteNote>().RunAsync(marketer, id, Guid.CreateVersion7(), "Hi", Token));
        Assert.IsType<WriteNoteOutcome.Refused>(await core.Get<WriteNote>().RunAsync(ana, id, Guid.CreateVersion7(), " \0 ", Token));
        Assert.IsType<WriteNoteOutcome.Refused>(await core.Get<WriteNote>().RunAsync(ana, id, Guid.CreateVersion7(), new string('x', 4001), Token));
        Assert.False(await core.Get<ChangeParticipant>().RunAsync(ana, id, elsewhere.AgentId!.Value, true, Token));
        Assert.False(await core.Get<ChangeParticipant>().RunAsync(elsewhere, id, jonas.AgentId!.Value, false, Token));

        // Whose number is taken away no longer reads what they were told about it.
        var lost = jonas with { Numbers = new HashSet<long>() };
        Assert.Equal(0, (await core.Get<ListNotifications>().RunAsync(lost, Token)).Unread);
    }

    [Theory, EveryDatabase]
    public async Task Who_leaves_is_not_told_any_more_and_what_was_told_can_be_marked_read(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas, mei) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var other = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        Assert.True(await core.Get<ChangeParticipant>().RunAsync(ana, id, jonas.AgentId!.Value, true, Token));
        Assert.True(await core.Get<ChangeParticipant>().RunAsync(ana, id, jonas.AgentId!.Value, true, Token));
        Assert.True(await core.Get<ChangeParticipant>().RunAsync(ana, id, mei.AgentId!.Value, true, Token));
        await WriteAsync(core, ana, id, "First");
        await WriteAsync(core, ana, other, "@Jonas Weber here");
        Assert.True(await core.Get<ChangeParticipant>().RunAsync(jonas, id, jonas.AgentId!.Value, false, Token));
        await WriteAsync(core, ana, id, "Second");

        Assert.Equal(2, (await core.Get<ListNotifications>().RunAsync(jonas, Token)).Unread);
        Assert.Equal(2, (await core.Get<ListNotifications>().RunAsync(mei, Token)).Unread);
        await core.Get<MarkNotificationsRead>().RunAsync(jonas, id, Token);
        Assert.Equal([(other, false), (id, true)], (await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest.Select(n => (n.ConversationId, n.IsRead)));
        await core.Get<MarkNotificationsRead>().RunAsync(jonas, null, Token);
        Assert.Equal(0, (await core.Get<ListNotifications>().RunAsync(jonas, Token)).Unread);
        Assert.Equal(2, (await core.Get<ListNotifications>().RunAsync(mei, Token)).Unread);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_given_a_conversation_is_told_and_who_takes_one_is_not(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas, _) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());

        await core.Get<AssignConversation>().RunAsync(ana, id, ana.AgentId, Token);
        await core.Get<AssignConversation>().RunAsync(ana, id, jonas.AgentId, Token);

        Assert.Empty((await core.Get<ListNotifications>().RunAsync(ana, Token)).Newest);
        Assert.Equal(NotificationKind.Assigned, Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest).Kind);
    }

    [Theory, EveryDatabase]
    public async Task A_note_begun_is_kept_beside_the_reply_and_neither_takes_the_other_away(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, _, _) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId, WindowExpiresAtUtc = core.Get<WhatsAppClock>().UtcNow.AddHours(5), IsKnownByPhone = true }
            .WriteAsync(core.Get<Store>());
        var drafts = core.Get<KeepDraft>();

        await drafts.SaveNoteAsync(ana, id, "for Jonas", Token);
        await drafts.SaveAsync(ana, id, "Dear Amina", [], null, Token);
        Assert.Equal(("Dear Amina", "for Jonas"), await BothAsync());
        Assert.IsType<SendReplyOutcome.Queued>(await core.Get<SendReply>().RunAsync(
            ana, new Reply(id, Guid.CreateVersion7(), new ReplyContent.Text("Dear Amina")), Token));
        Assert.Equal(("", "for Jonas"), await BothAsync());
        await drafts.SaveAsync(ana, id, "More", [], null, Token);
        await WriteAsync(core, ana, id, "for Jonas");
        Assert.Equal(("More", ""), await BothAsync());
        await drafts.SaveNoteAsync(ana, id, "once more", Token);
        await drafts.SaveNoteAsync(ana, id, "", Token);
        Assert.Equal(("More", ""), await BothAsync());
        await drafts.SaveAsync(ana, id, "", [], null, Token);
        Assert.Equal(0, await core.WithDbAsync(db => db.Drafts.CountAsync(Token)));
        await drafts.SaveNoteAsync(ana, id, "for Jonas", Token);
        await WriteAsync(core, ana, id, "for Jonas");
        Assert.Equal(0, await core.WithDbAsync(db => db.Drafts.CountAsync(Token)));

        async Task<(string, string)> BothAsync() => await drafts.ReadAsync(ana, id, Token) is var draft ? (draft.Text, draft.Note) : default;
    }

    [Theory, EveryDatabase]
    public async Task A_merge_takes_people_and_what_they_were_told_along_and_brings_them_back(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas, mei) = await TeamAsync(core);
        var stays = await new SeedConversation { NumberId = core.NumberId, Name = "Amina" }.WriteAsync(core.Get<Store>());
        var goes = await new SeedConversation { NumberId = core.NumberId, Name = "Amina too" }.WriteAsync(core.Get<Store>());
        await WriteAsync(core, ana, stays, "Own");
        await WriteAsync(core, mei, goes, "@Jonas Weber look");
        await core.Get<KeepDraft>().SaveNoteAsync(ana, goes, "begun", Token);
        var (first, second) = await core.WithDbAsync(async db => (
            await db.Conversations.Where(c => c.Id == stays).Select(c => c.ContactId).SingleAsync(Token),
            await db.Conversations.Where(c => c.Id == goes).Select(c => c.ContactId).SingleAsync(Token)));

        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(ana, first, second, Token));

        Assert.Equal(["Ana", "Jonas Weber", "Mei"], await PeopleAsync(core, stays));
        Assert.Equal(stays, Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest).ConversationId);
        Assert.Equal("begun", (await core.Get<KeepDraft>().ReadAsync(ana, stays, Token)).Note);

        Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(ana, merged.MergeId, Token));

        Assert.Equal(["Jonas Weber", "Mei"], await PeopleAsync(core, goes));
        Assert.Equal(["Ana"], await PeopleAsync(core, stays));
        Assert.Equal(goes, Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest).ConversationId);
        Assert.Equal("begun", (await core.Get<KeepDraft>().ReadAsync(ana, goes, Token)).Note);
    }

    [Theory, EveryDatabase]
    public async Task What_people_were_told_is_kept_for_a_season(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var (ana, jonas, _) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        await WriteAsync(core, ana, id, "@Jonas Weber old");
        clock.Advance(ForgetNotificationsWorker.Keep + TimeSpan.FromMinutes(1));
        var recent = await WriteAsync(core, ana, id, "@Jonas Weber recent");

        await core.Get<ForgetNotificationsWorker>().RunOnceAsync(() => { }, Token);

        Assert.Equal(recent, Assert.Single((await core.Get<ListNotifications>().RunAsync(jonas, Token)).Newest).MessageId);
    }

    private static async Task<(Caller Ana, Caller Jonas, Caller Mei)> TeamAsync(CoreHost core) => (
        await new SeedAgent("Ana").WriteAsync(core.Get<Store>()),
        await new SeedAgent("Jonas Weber").WriteAsync(core.Get<Store>()),
        await new SeedAgent("Mei").WriteAsync(core.Get<Store>()));

    private static async Task<long> WriteAsync(CoreHost core, Caller caller, long id, string text) => Assert.IsType<WriteNoteOutcome.Written>(
        await core.Get<WriteNote>().RunAsync(caller, id, Guid.CreateVersion7(), text, Token)).MessageId;

    private static async Task<IEnumerable<string>> PeopleAsync(CoreHost core, long id) =>
        (await core.Get<ReadConversation>().RunAsync(Caller.System, id, Token))!.Participants.Select(person => person.Name);

    private static async Task<InboxRow> RowAsync(CoreHost core, long id) =>
        (await core.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(), Token)).Rows.Single(row => row.Id == id);
}
