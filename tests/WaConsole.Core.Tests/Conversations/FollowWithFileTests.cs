using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>A sound or a sticker, which no template takes, follows one when the customer answers.</summary>
public sealed class FollowWithFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_sound_of_the_library_goes_out_once_when_the_customer_answers_and_the_note_beside_it_stays(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await ClosedAsync(bench);
        var sound = await FileAsync(bench, "audio/mpeg", inLibrary: true);
        await bench.Core.Get<KeepDraft>().SaveNoteAsync(ana, conversation, "Likes bells", Token);

        Assert.Equal(FollowWithFileOutcome.Waits, await bench.Core.Get<FollowWithFile>().MayAsync(ana, conversation, Token));
        Assert.Equal(FollowWithFileOutcome.Waits, await RunAsync(bench, ana, conversation, sound));
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token);
        Assert.Equal((true, "Likes bells", sound), (draft.GoesWhenAnswered, draft.Note, Assert.Single(draft.Files).MediaFileId));
        await bench.Core.Get<DeliverDrafts>().RunAsync(() => { }, Token);
        Assert.Equal(0, await bench.MessagesAsync());

        await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, QueueBench.Noon.AddHours(24)), Token));
        await bench.Core.Get<DeliverDrafts>().RunAsync(() => { }, Token);
        await bench.Core.Get<DeliverDrafts>().RunAsync(() => { }, Token);

        var sent = await bench.Core.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(Token));
        Assert.Equal((sound, MessageKind.Audio, ana.AgentId), (sent.MediaFileId, sent.Kind, sent.AuthorId));
    }

    [Theory, EveryDatabase]
    public async Task A_reply_that_is_begun_is_neither_lost_nor_sent_and_one_thing_waits_in_a_conversation(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await ClosedAsync(bench);
        var sticker = await FileAsync(bench, "image/webp", inLibrary: true);
        await bench.Core.Get<KeepDraft>().SaveAsync(ana, conversation, "Half a word", [], null, Token);

        Assert.Equal(FollowWithFileOutcome.DraftThere, await bench.Core.Get<FollowWithFile>().MayAsync(ana, conversation, Token));
        Assert.Equal(FollowWithFileOutcome.DraftThere, await RunAsync(bench, ana, conversation, sticker));
        var draft = await bench.Core.Get<KeepDraft>().ReadAsync(ana, conversation, Token);
        Assert.Equal(("Half a word", 0, false), (draft.Text, draft.Files.Count, draft.GoesWhenAnswered));

        await bench.Core.Get<KeepDraft>().SaveAsync(ana, conversation, "", [], null, Token);
        Assert.Equal(FollowWithFileOutcome.Waits, await RunAsync(bench, ana, conversation, sticker));
        Assert.Equal(FollowWithFileOutcome.DraftThere, await RunAsync(bench, ana, conversation, sticker));
        var bo = new Caller((await new InboxRows(bench.Core).AgentAsync("Bo")).Id, "Bo", Role.Agent, null);
        Assert.Equal(FollowWithFileOutcome.ColleagueWaits, await RunAsync(bench, bo, conversation, sticker));
    }

    [Theory, EveryDatabase]
    public async Task Only_sounds_and_stickers_of_the_library_follow_and_only_where_the_caller_may_write(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (ana, conversation) = await ClosedAsync(bench);
        var sticker = await FileAsync(bench, "image/webp", inLibrary: true);

        Assert.Equal(FollowWithFileOutcome.NoSuchFile, await RunAsync(bench, ana, conversation, await FileAsync(bench, "image/jpeg", inLibrary: true)));
        Assert.Equal(FollowWithFileOutcome.NoSuchFile, await RunAsync(bench, ana, conversation, await FileAsync(bench, "audio/mpeg", inLibrary: false)));
        Assert.Equal(FollowWithFileOutcome.NoSuchConversation, await RunAsync(bench, ana with { Numbers = new HashSet<long>() }, conversation, sticker));
        Assert.Equal(FollowWithFileOutcome.NoSuchConversation, await RunAsync(bench, Caller.System, conversation, sticker));
        await Assert.ThrowsAsync<NotAllowedException>(() => RunAsync(bench, ana with { Role = Role.Marketer }, conversation, sticker));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<FollowWithFile>().MayAsync(ana with { Role = Role.Marketer }, conversation, Token));
        Assert.Empty(await bench.Core.WithDbAsync(db => db.Drafts.ToListAsync(Token)));
    }

    private static Task<FollowWithFileOutcome> RunAsync(QueueBench bench, Caller caller, long conversation, long file) =>
        bench.Core.Get<FollowWithFile>().RunAsync(caller, conversation, file, Token);

    private static async Task<(Caller Caller, long Conversation)> ClosedAsync(QueueBench bench) =>
        (new Caller((await new InboxRows(bench.Core).AgentAsync("Ana")).Id, "Ana", Role.Agent, null), await bench.ConversationAsync(QueueBench.Noon.AddHours(-1)));

    private static Task<long> FileAsync(QueueBench bench, string mimeType, bool inLibrary) => bench.Core.WithDbAsync(async db =>
    {
        var file = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = MediaState.Ready,
            MimeType = mimeType,
            FileName = "bell",
            SizeBytes = 10,
            IsInLibrary = inLibrary,
        };
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync(Token);
        if (inLibrary)
        {
            db.LibraryItems.Add(new LibraryItem
            {
                MediaFileId = file.Id,
                Name = "Bell",
                AddedAtUtc = QueueBench.Noon,
            });
            await db.SaveChangesAsync(Token);
        }

        return file.Id;
    });
}
