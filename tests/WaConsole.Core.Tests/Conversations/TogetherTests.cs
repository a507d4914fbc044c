using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

/// <summary>Who is there, who answered last, forwarding, and beginning a conversation.</summary>
public sealed class TogetherTests
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Colleagues_are_there_until_they_leave_or_are_not_heard_of()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Clock = clock });
        var (ana, jonas) = await TeamAsync(core);
        var presence = core.Get<Presence>();

        presence.Tell(ana, core.NumberId, 5, PresenceKind.Viewing);
        presence.Tell(jonas, core.NumberId, 5, PresenceKind.Typing);
        presence.Tell(jonas, core.NumberId, 6, PresenceKind.Viewing);
        Assert.Equal([new ColleagueHere(jonas.AgentId!.Value, "Jonas", true)], await OfAsync(ana));
        Assert.Equal([new ColleagueHere(ana.AgentId!.Value, "Ana", false)], await OfAsync(jonas));

        clock.Advance(Presence.TypingFor);
        Assert.Equal([new ColleagueHere(jonas.AgentId!.Value, "Jonas", false)], await OfAsync(ana));
        presence.Tell(ana, core.NumberId, 5, PresenceKind.Gone);
        Assert.Empty(await OfAsync(jonas));
        clock.Advance(Presence.ViewingFor);
        Assert.Empty(await OfAsync(ana));

        // A change another node told.
        core.Get<LiveUpdates>().Deliver(new PresenceTold(5, jonas.AgentId!.Value, PresenceKind.Viewing));
        Assert.Single(await OfAsync(ana));
        var elsewhere = ana with { Numbers = new HashSet<long>() };
        await Assert.ThrowsAsync<NotAllowedException>(() => OfAsync(elsewhere));
        Assert.Throws<NotAllowedException>(() => presence.Tell(elsewhere, core.NumberId, 5, PresenceKind.Viewing));

        Task<IReadOnlyList<ColleagueHere>> OfAsync(Caller caller) => presence.OfAsync(caller, core.NumberId, 5, Token);
    }

    [Theory, EveryDatabase]
    public async Task The_last_answer_is_the_newest_of_our_side(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas) = await TeamAsync(core);
        var id = await OpenAsync(core, "Amina");
        Assert.Null(await core.Get<ReadLastAnswer>().RunAsync(ana, id, Token));

        await SendAsync(core, jonas, id, "We open at nine");
        var last = await core.Get<ReadLastAnswer>().RunAsync(ana, id, Token);

        Assert.Equal((jonas.AgentId, "Jonas", "We open at nine"), (last!.AuthorId, last.AuthorName, last.Text));
        Assert.InRange(last.Age, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(10));
        Assert.Null(await core.Get<ReadLastAnswer>().RunAsync(ana with { Numbers = new HashSet<long>() }, id, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_text_and_a_file_go_on_to_another_conversation_as_our_own(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, _) = await TeamAsync(core);
        var from = await OpenAsync(core, "Amina");
        var to = await OpenAsync(core, "Boris");
        var (text, picture) = await ReceiveAsync(core, from);
        var forward = core.Get<ForwardMessage>();
        var key = Guid.CreateVersion7();

        var first = Assert.IsType<SendReplyOutcome.Queued>(await forward.RunAsync(ana, text, to, Guid.CreateVersion7(), Token));
        var second = Assert.IsType<SendReplyOutcome.Queued>(await forward.RunAsync(ana, picture, to, key, Token));
        var again = Assert.IsType<SendReplyOutcome.Queued>(await forward.RunAsync(ana, picture, to, key, Token));

        Assert.Equal((second.MessageId, true), (again.MessageId, again.Repeated));
        var lines = (await core.Get<ReadThread>().RunAsync(ana, to, null, 10, Token))!.Lines;
        Assert.Equal(["Broken heel", "Look"], lines.Select(line => line.Text));
        Assert.Equal(first.MessageId, lines[0].Id);
        Assert.Equal((MessageKind.Image, MediaState.Ready), (lines[1].Kind, lines[1].Media!.State));
        Assert.Equal(2, await core.WithDbAsync(db => db.MediaFiles.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Forwarding_asks_the_gate_and_both_conversations_must_be_the_callers(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, _) = await TeamAsync(core);
        var from = await OpenAsync(core, "Amina");
        var closed = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var (text, _) = await ReceiveAsync(core, from);
        var note = Assert.IsType<WriteNoteOutcome.Written>(await core.Get<WriteNote>().RunAsync(ana, from, Guid.CreateVersion7(), "Private", Token));
        var forward = core.Get<ForwardMessage>();

        Assert.IsType<SendReplyOutcome.Refused>(await forward.RunAsync(ana, text, closed, Guid.CreateVersion7(), Token));
        Assert.IsType<SendReplyOutcome.Refused>(await forward.RunAsync(ana, note.MessageId, from, Guid.CreateVersion7(), Token));
        Assert.IsType<SendReplyOutcome.NoSuchConversation>(
            await forward.RunAsync(ana with { Numbers = new HashSet<long>() }, text, from, Guid.CreateVersion7(), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => forward.RunAsync(ana with { Role = Role.Marketer }, text, from, Guid.CreateVersion7(), Token));
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_is_begun_once_with_a_number_in_any_spelling_and_is_whose_began_it(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, jonas) = await TeamAsync(core);
        var start = core.Get<StartConversation>();

        var begun = await Task.WhenAll(((string[])["+49 151 00000042", "0049 15100000042", "4915100000042"]).Select(
            phone => Task.Run(() => start.RunAsync(ana, core.NumberId, phone, Token))));

        var id = Assert.Single(begun.Select(outcome => Assert.IsType<StartConversationOutcome.Started>(outcome).ConversationId).Distinct());
        await start.RunAsync(jonas, core.NumberId, "+49 151 00000042", Token);
        var view = await core.Get<ReadConversation>().RunAsync(ana, id, Token);
        Assert.Equal((ana.AgentId, WindowState.Never), (view!.AssigneeId, view.Window.State));
        await core.Get<ChangeStatus>().RunAsync(ana, id, ConversationStatus.Resolved, null, Token);
        await start.RunAsync(jonas, core.NumberId, "+49 151 00000042", Token);
        Assert.Equal(
            ["assigned Ana", "resolved Ana", "open Jonas"],
            (await core.Get<ReadThread>().RunAsync(ana, id, null, 10, Token))!.Lines
                .Select(line => line.Content).OfType<MessageContent.Activity>().Select(activity => $"{activity.Type} {activity.Actor}"));
        Assert.IsType<StartConversationOutcome.Refused>(await start.RunAsync(ana, core.NumberId, "call me", Token));
        Assert.IsType<StartConversationOutcome.Refused>(await start.RunAsync(ana with { Numbers = new HashSet<long>() }, core.NumberId, "+4915100000042", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => start.RunAsync(ana with { Role = Role.Marketer }, core.NumberId, "+4915100000042", Token));
    }

    private static async Task<(Caller Ana, Caller Jonas)> TeamAsync(CoreHost core) => (
        await new SeedAgent("Ana").WriteAsync(core.Get<Store>()), await new SeedAgent("Jonas").WriteAsync(core.Get<Store>()));

    private static Task<long> OpenAsync(CoreHost core, string name) => new SeedConversation
    {
        NumberId = core.NumberId,
        Name = name,
        IsKnownByPhone = true,
        WindowExpiresAtUtc = core.Get<WhatsAppClock>().UtcNow.AddHours(5),
    }.WriteAsync(core.Get<Store>());

    private static async Task SendAsync(CoreHost core, Caller caller, long id, string text) => Assert.IsType<SendReplyOutcome.Queued>(
        await core.Get<SendReply>().RunAsync(caller, new Reply(id, Guid.CreateVersion7(), new ReplyContent.Text(text)), Token));

    /// <summary>A text and a picture of the customer.</summary>
    private static async Task<(long Text, long Picture)> ReceiveAsync(CoreHost core, long id)
    {
        var key = Guid.CreateVersion7();
        var path = core.Get<MediaStore>().PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Png, Token);
        return await core.WithDbAsync(async db =>
        {
            var text = Of(core.NumberId, id, MessageKind.Text, "Broken heel");
            var picture = Of(core.NumberId, id, MessageKind.Image, "Look");
            picture.MediaFile = new MediaFile
            {
                Key = key,
                State = MediaState.Ready,
                MimeType = "image/png",
                FileName = "heel.png",
                SizeBytes = Png.Length,
                ConversationId = id,
            };
            db.Messages.AddRange(text, picture);
            await db.SaveChangesAsync(Token);
            return (text.Id, picture.Id);
        });
    }

    private static Message Of(long numberId, long conversationId, MessageKind kind, string text) => new()
    {
        ConversationId = conversationId,
        NumberId = numberId,
        Direction = MessageDirection.Inbound,
        Kind = kind,
        Wamid = $"wamid.{Guid.CreateVersion7():N}",
        Text = text,
        SentAtUtc = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc),
        CreatedAtUtc = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc),
    };
}
