using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Sending;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Library;

public sealed class LibraryTests
{
    private static readonly Caller Bo = new(8, "Bo", Role.Agent, null);
    private static readonly Caller Admin = new(9, "Ada", Role.Admin, null);
    private static readonly Caller Marketer = new(10, "Mara", Role.Marketer, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task What_one_adds_everybody_sees_and_only_its_adder_and_admins_change(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var id = await AddAsync(bench, QueueBench.Agent, "sticker", "  Thank you  ");
        var (list, rename, delete) = (bench.Core.Get<ListLibrary>(), bench.Core.Get<RenameInLibrary>(), bench.Core.Get<DeleteFromLibrary>());

        var seen = Assert.Single(await list.RunAsync(Bo, Token));
        Assert.Equal(("Thank you", MessageKind.Sticker, false), (seen.Name, seen.Kind, seen.MayChange));
        Assert.NotNull(await bench.Core.Get<OpenMedia>().RunAsync(Bo, seen.Key, Token));
        Assert.NotNull(await rename.RunAsync(Bo, id, "Mine now", Token));
        Assert.False(await delete.RunAsync(Bo, id, Token));
        Assert.NotNull(await rename.RunAsync(QueueBench.Agent, id, " ", Token));
        Assert.NotNull(await rename.RunAsync(QueueBench.Agent, id, new string('x', 81), Token));

        Assert.Null(await rename.RunAsync(QueueBench.Agent, id, "Thanks!", Token));
        Assert.Null(await rename.RunAsync(Admin, id, "Many thanks", Token));
        Assert.Equal("Many thanks", Assert.Single(await list.RunAsync(QueueBench.Agent, Token)).Name);
        Assert.True(await delete.RunAsync(Admin, id, Token));
        Assert.Empty(await list.RunAsync(QueueBench.Agent, Token));
        Assert.Empty(Directory.EnumerateFiles(bench.Core.MediaRoot, "*", SearchOption.AllDirectories));
        Assert.Empty(await list.RunAsync(Marketer, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<AddToLibrary>().RunAsync(Marketer, 1, "Mine", Token));
    }

    [Theory]
    [EveryDatabase]
    public async Task One_file_goes_into_many_conversations_and_stays_the_librarys(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (first, second) = (
            await bench.ConversationAsync(QueueBench.Noon.AddHours(5)), await bench.ConversationAsync(QueueBench.Noon.AddHours(5), phone: "491701234568"));
        var id = await AddAsync(bench, QueueBench.Agent, "document", "");
        var entry = Assert.Single(await bench.Core.Get<ListLibrary>().RunAsync(Bo, Token));
        await bench.Core.Get<KeepDraft>().SaveAsync(Bo, first, "", [entry.MediaFileId], null, Token);
        Assert.Equal(entry.MediaFileId, Assert.Single((await bench.Core.Get<KeepDraft>().ReadAsync(Bo, first, Token)).Files).MediaFileId);

        foreach (var conversation in new[] { first, second })
        {
            Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(
                conversation, new ReplyContent.Media(MessageKind.Document, entry.MediaFileId, FileName: entry.FileName), caller: Bo));
        }

        var file = await bench.Core.WithDbAsync(db => db.MediaFiles.AsNoTracking().SingleAsync());
        Assert.Equal((true, null), (file.IsInLibrary, file.ConversationId));
        bench.Clock.Advance(TimeSpan.FromDays(90));
        await bench.Core.Get<TidyUploads>().RunAsync(() => { }, Token);
        Assert.Single(await bench.Core.Get<ListLibrary>().RunAsync(Bo, Token));

        Assert.True(await bench.Core.Get<DeleteFromLibrary>().RunAsync(QueueBench.Agent, id, Token));
        Assert.NotNull(await bench.Core.Get<OpenMedia>().RunAsync(Bo, entry.Key, Token));
        await bench.Core.Get<TidyUploads>().RunAsync(() => { }, Token);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.MediaFiles.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_messages_file_is_copied_and_the_same_bytes_are_not_kept_twice(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var upload = await UploadAsync(bench, QueueBench.Agent, "image");
        var sent = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(
            conversation, new ReplyContent.Media(MessageKind.Image, upload.MediaFileId)));
        var add = bench.Core.Get<AddToLibrary>();

        Assert.IsType<AddToLibraryOutcome.NoSuchFile>(await add.FromMessageAsync(new Caller(8, "Bo", Role.Agent, new HashSet<long>()), sent.MessageId, Token));
        Assert.IsType<AddToLibraryOutcome.Added>(await add.FromMessageAsync(Bo, sent.MessageId, Token));
        var again = Assert.IsType<AddToLibraryOutcome.Refused>(await add.FromMessageAsync(Bo, sent.MessageId, Token));

        Assert.Contains(upload.FileName, again.Sentence, StringComparison.Ordinal);
        var entry = Assert.Single(await bench.Core.Get<ListLibrary>().RunAsync(Bo, Token));
        Assert.NotEqual(upload.MediaFileId, entry.MediaFileId);
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.MediaFiles.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task The_same_bytes_added_by_many_at_once_are_kept_once(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        List<UploadOutcome.Stored> uploads = [];
        for (var at = 0; at < 6; at++)
        {
            uploads.Add(await UploadAsync(bench, QueueBench.Agent, "image"));
        }

        // Each on a core of its own: what two nodes share is the database alone.
        var adders = uploads.Select(_ => new AddToLibrary(
            bench.Core.Get<Store>(), new WriterLane(bench.Core.Get<Microsoft.Extensions.Options.IOptions<DatabaseOptions>>()), bench.Core.Get<OpenMedia>(), bench.Core.Get<StoreUpload>(), bench.Core.Get<DropUpload>(), bench.Clock));
        var outcomes = await Task.WhenAll(adders.Zip(uploads).Select(pair =>
            Task.Run(() => pair.First.RunAsync(QueueBench.Agent, pair.Second.MediaFileId, "Same", Token), Token)));

        Assert.Single(outcomes.OfType<AddToLibraryOutcome.Added>());
        Assert.Equal(5, outcomes.OfType<AddToLibraryOutcome.Refused>().Count());
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.MediaFiles.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task What_left_the_library_is_sent_again_where_it_was_sent_and_nowhere_else(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var (first, second) = (
            await bench.ConversationAsync(QueueBench.Noon.AddHours(5)), await bench.ConversationAsync(QueueBench.Noon.AddHours(5), phone: "491701234568"));
        var id = await AddAsync(bench, QueueBench.Agent, "document", "");
        var entry = Assert.Single(await bench.Core.Get<ListLibrary>().RunAsync(Bo, Token));
        var reply = new ReplyContent.Media(MessageKind.Document, entry.MediaFileId, FileName: entry.FileName);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(first, reply, caller: Bo));
        Assert.True(await bench.Core.Get<DeleteFromLibrary>().RunAsync(QueueBench.Agent, id, Token));

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(first, reply, caller: Bo));
        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.ReplyAsync(second, reply, caller: Bo));
        Assert.Equal("media_not_found", refused.Why.Code);
    }

    [Fact]
    public async Task Nobody_adds_anothers_upload_or_one_that_was_sent()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var upload = await UploadAsync(bench, QueueBench.Agent, "image");
        var add = bench.Core.Get<AddToLibrary>();

        Assert.IsType<AddToLibraryOutcome.NoSuchFile>(await add.RunAsync(Bo, upload.MediaFileId, "x", Token));
        await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Image, upload.MediaFileId));
        Assert.IsType<AddToLibraryOutcome.NoSuchFile>(await add.RunAsync(QueueBench.Agent, upload.MediaFileId, "x", Token));
    }

    /// <summary>WhatsApp keeps an upload for thirty days; until then its id is used again (Meta, Media, 2026).</summary>
    [Fact]
    public async Task What_WhatsApp_has_of_it_is_used_again_in_every_conversation()
    {
        await using var bench = await SendingBench.StartAsync(DatabaseProvider.Sqlite);
        var (one, first) = await bench.CustomerAsync();
        var (two, second) = await bench.CustomerAsync();
        var (bytes, _, name) = Samples.File("sticker");
        var upload = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(Bo, new MemoryStream(bytes), name, Token));
        Assert.IsType<AddToLibraryOutcome.Added>(await bench.Core.Get<AddToLibrary>().RunAsync(Bo, upload.MediaFileId, name, Token));

        foreach (var conversation in new[] { first, second })
        {
            var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
                Bo, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Media(MessageKind.Sticker, upload.MediaFileId)), Token));
            await bench.UntilAsync(queued.MessageId, DeliveryStatus.Read);
        }

        var ids = new[] { one, two }.SelectMany(customer => bench.Simulator.World.FindChat(customer.Id)!.Lines)
            .Where(line => !line.FromCustomer).Select(line => line.Content.Media!.Id).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [Theory, EveryDatabase]
    public async Task A_templates_header_goes_by_the_id_of_one_upload_which_is_renewed_before_its_thirty_days_end(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        bench.Simulator.World.Templates.Put(new SimulatedTemplate
        {
            Id = "900000000000001",
            Name = "picture",
            Language = "en",
            Category = "UTILITY",
            Status = "APPROVED",
            Components = JsonElement.Parse("""[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"This is your table."}]"""),
        });
        Assert.IsType<SyncTemplatesOutcome.Done>(await bench.Core.Get<SyncTemplates>().RunAsync(Caller.System, bench.Core.NumberId, Token));
        var (bytes, _, name) = Samples.File("image");
        var upload = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(Bo, new MemoryStream(bytes), name, Token));
        Assert.IsType<AddToLibraryOutcome.Added>(await bench.Core.Get<AddToLibrary>().RunAsync(Bo, upload.MediaFileId, name, Token));

        var first = await SendAsync();
        await OlderAsync(TimeSpan.FromDays(28));
        var again = await SendAsync();
        await OlderAsync(TimeSpan.FromHours(25));
        var renewed = await SendAsync();
        var after = await SendAsync();

        Assert.Equal(first, again);
        Assert.NotEqual(first, renewed);
        Assert.Equal(renewed, after);

        async Task<string> SendAsync()
        {
            var (customer, conversation) = await bench.CustomerAsync();
            var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
                Bo,
                new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template("picture", "en", TemplateValues.None with { HeaderMediaFileId = upload.MediaFileId })),
                Token));
            await bench.UntilAsync(queued.MessageId, DeliveryStatus.Read);
            return bench.Simulator.World.FindChat(customer.Id)!.Lines.Last(line => !line.FromCustomer).Content.Media!.Id!;
        }

        Task OlderAsync(TimeSpan by) => bench.Core.WithDbAsync(async db =>
        {
            var file = await db.MediaFiles.SingleAsync(f => f.Id == upload.MediaFileId, Token);
            file.WhatsAppUploadedAtUtc -= by;
            await db.SaveChangesAsync(Token);
        });
    }

    private static async Task<UploadOutcome.Stored> UploadAsync(QueueBench bench, Caller caller, string kind)
    {
        var (bytes, _, name) = Samples.File(kind);
        return Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(caller, new MemoryStream(bytes), name, Token));
    }

    private static async Task<long> AddAsync(QueueBench bench, Caller caller, string kind, string name)
    {
        var upload = await UploadAsync(bench, caller, kind);
        return Assert.IsType<AddToLibraryOutcome.Added>(await bench.Core.Get<AddToLibrary>().RunAsync(caller, upload.MediaFileId, name, Token)).Id;
    }
}
