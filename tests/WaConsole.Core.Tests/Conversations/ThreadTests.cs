using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class ThreadTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Pages_go_back_to_the_first_line_and_each_is_oldest_first(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await SeedAsync(host, 25);

        List<string> read = [];
        long? before = null;
        do
        {
            var page = await ReadAsync(host, id, before, 10);
            Assert.Equal(page.Lines.OrderBy(line => line.Id), page.Lines);
            read.InsertRange(0, page.Lines.Select(line => line.Text));
            before = page.Before;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"line {i}"), read);
    }

    [Theory, EveryDatabase]
    public async Task An_open_screen_reads_its_lines_again_with_what_came_since(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await SeedAsync(host, 12);
        var shown = await ReadAsync(host, id, null, 5);
        await AddAsync(host, id, m => m.Text = "new");

        var again = (await host.Get<ReadThread>().FromAsync(Caller.System, id, shown.Lines[0].Id, 100, CancellationToken.None))!;
        var fromTheStart = (await host.Get<ReadThread>().FromAsync(Caller.System, id, 0, 100, CancellationToken.None))!;
        var bounded = (await host.Get<ReadThread>().FromAsync(Caller.System, id, 0, 3, CancellationToken.None))!;

        Assert.Equal([.. shown.Lines.Select(line => line.Text), "new"], again.Lines.Select(line => line.Text));
        Assert.Equal(shown.Lines[0].Id, again.Before);
        Assert.Equal((13, null), (fromTheStart.Lines.Count, fromTheStart.Before));
        Assert.Equal(("line 11", bounded.Lines[0].Id), (bounded.Lines[0].Text, bounded.Before));
        Assert.Equal(shown.Lines, again.Lines.Take(5));
    }

    [Theory, EveryDatabase]
    public async Task A_line_carries_its_quote_reactions_file_and_content(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await SeedAsync(host, 1);
        var other = await SeedAsync(host, 1);
        var first = (await ReadAsync(host, id, null, 1)).Lines[0];
        var foreign = (await ReadAsync(host, other, null, 1)).Lines[0];
        var content = new MessageContent.ContactCards([new ContactCard("Bo", ["+45 1"], [], null)]);
        await AddAsync(host, id, m =>
        {
            m.ReplyToWamid = first.Wamid;
            m.ContentJson = ContentJson.Write(content);
            m.MediaFile = new MediaFile { Key = Guid.CreateVersion7(), State = MediaState.Ready, MimeType = "image/png", FileName = "a.png", SizeBytes = 3 };
            m.Reactions = [new Reaction { FromCustomer = true, Emoji = "👍" }, new Reaction { FromCustomer = false, Emoji = "" }];
        });
        await AddAsync(host, id, m => m.ReplyToWamid = "wamid.never-seen");
        await AddAsync(host, id, m => m.ReplyToWamid = foreign.Wamid);

        var lines = (await ReadAsync(host, id, null, 10)).Lines;

        Assert.Equal(new QuotedLine(first.Id, MessageDirection.Inbound, "Amina Duarte", "line 1", MessageKind.Text), lines[1].Quoted);
        Assert.Equal(("👍", null, "a.png"), (lines[1].ReactionOfCustomer, lines[1].ReactionOfUs, lines[1].Media!.FileName));
        var cards = Assert.IsType<MessageContent.ContactCards>(lines[1].Content);
        Assert.Equal(("Bo", "+45 1"), (cards.Cards[0].Name, cards.Cards[0].Phones[0]));
        Assert.Equal(new QuotedLine(null, MessageDirection.None, "", "", MessageKind.Unknown), lines[2].Quoted);
        Assert.Equal(lines[2].Quoted, lines[3].Quoted);
        Assert.Equal(lines, (await ReadAsync(host, id, null, 10)).Lines);
    }

    [Theory, EveryDatabase]
    public async Task An_error_is_told_in_words_and_may_be_sent_again_when_that_is_safe(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.Zero));
        await using var host = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var id = await SeedAsync(host, 0);
        await AddAsync(host, id, m => (m.Direction, m.Status, m.ErrorCode) = (MessageDirection.Outbound, DeliveryStatus.Failed, 131047));
        await AddAsync(host, id, m => (m.Direction, m.Status, m.StatusAtUtc) = (MessageDirection.Outbound, DeliveryStatus.Unknown, Now));
        await AddAsync(host, id, m => (m.Direction, m.Status) = (MessageDirection.Outbound, DeliveryStatus.Sent));

        var before = (await ReadAsync(host, id, null, 10)).Lines;
        clock.Advance(SendAgain.UnknownWait);
        var after = (await ReadAsync(host, id, null, 10)).Lines;

        Assert.Equal(131047, before[0].Error!.Code);
        Assert.True(before[0].Error!.Sentence.Length > 20);
        Assert.Equal([true, false, false], before.Select(line => line.MaySendAgain));
        Assert.Equal([true, true, false], after.Select(line => line.MaySendAgain));
    }

    [Theory, EveryDatabase]
    public async Task A_message_is_found_by_its_wamid_by_those_who_may_see_it(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await SeedAsync(host, 1);
        var line = (await ReadAsync(host, id, null, 1)).Lines[0];
        var stranger = new Caller(1, "Ines", Role.Agent, new HashSet<long> { host.NumberId + 1 });

        var found = await host.Get<ReadThread>().FindByWamidAsync(Caller.System, line.Wamid!, CancellationToken.None);

        Assert.Equal((id, line), found);
        Assert.Null(await host.Get<ReadThread>().FindByWamidAsync(stranger, line.Wamid!, CancellationToken.None));
        Assert.Null(await host.Get<ReadThread>().FindByWamidAsync(Caller.System, "wamid.none", CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_elses_conversation_does_not_exist(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var id = await SeedAsync(host, 1);
        var stranger = new Caller(1, "Ines", Role.Agent, new HashSet<long> { host.NumberId + 1 });

        Assert.Null(await host.Get<ReadThread>().RunAsync(stranger, id, null, 10, CancellationToken.None));
        Assert.Null(await host.Get<ReadThread>().FromAsync(stranger, id, 0, 10, CancellationToken.None));
        Assert.Null(await host.Get<ReadConversation>().RunAsync(stranger, id, CancellationToken.None));
        Assert.NotNull(await host.Get<ReadConversation>().RunAsync(Caller.System, id, CancellationToken.None));
        var marketer = new Caller(1, "Mara", Role.Marketer, null);
        await Assert.ThrowsAsync<NotAllowedException>(() => host.Get<ReadThread>().RunAsync(marketer, id, null, 10, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => host.Get<ReadConversation>().RunAsync(marketer, id, CancellationToken.None));
    }

    private static Task<long> SeedAsync(CoreHost host, int lines) => new SeedConversation
    {
        NumberId = host.NumberId,
        Texts = [.. Enumerable.Range(1, lines).Select(i => $"line {i}")],
    }.WriteAsync(host.Get<Store>());

    private static Task AddAsync(CoreHost host, long conversationId, Action<Message> change) => host.WithDbAsync(async db =>
    {
        var message = new Message
        {
            ConversationId = conversationId,
            NumberId = host.NumberId,
            Direction = MessageDirection.Inbound,
            Kind = MessageKind.Text,
            SentAtUtc = Now,
        };
        change(message);
        db.Messages.Add(message);
        await db.SaveChangesAsync();
    });

    private static async Task<ThreadPage> ReadAsync(CoreHost host, long id, long? before, int limit) =>
        (await host.Get<ReadThread>().RunAsync(Caller.System, id, before, limit, CancellationToken.None))!;
}
