using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Media;

/// <summary>What is uploaded and never sent does not stay for ever.</summary>
public sealed class UploadsTests
{
    private static readonly Caller Program = new(null, "CRM", Role.Agent, null, 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task An_upload_in_no_draft_is_gone_after_a_day_and_what_was_sent_or_waits_in_a_draft_stays(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(30));
        var (abandoned, drafted, sent, ofProgram) = (
            await UploadAsync(bench, QueueBench.Agent), await UploadAsync(bench, QueueBench.Agent), await UploadAsync(bench, QueueBench.Agent),
            await UploadAsync(bench, Program));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, new ReplyContent.Media(MessageKind.Document, sent.MediaFileId)));
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "", [drafted.MediaFileId], null, Token);

        bench.Clock.Advance(TidyUploads.KeepOfPeople - TimeSpan.FromMinutes(1));
        await TidyAsync(bench);
        Assert.Equal(4, await CountAsync(bench));

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await TidyAsync(bench);
        Assert.Equal([drafted.MediaFileId, sent.MediaFileId, ofProgram.MediaFileId], await IdsAsync(bench));
        Assert.False(File.Exists(bench.Core.Get<MediaStore>().PathOf(abandoned.Key)));
        Assert.Equal(3, Directory.EnumerateFiles(bench.Core.MediaRoot, "*", SearchOption.AllDirectories).Count());

        bench.Clock.Advance(TidyUploads.KeepOfPrograms);
        await TidyAsync(bench);
        Assert.Equal([drafted.MediaFileId, sent.MediaFileId], await IdsAsync(bench));
    }

    [Fact]
    public async Task However_many_there_are_all_are_found_and_each_portion_gives_a_sign()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.Core.WithDbAsync(async db =>
        {
            db.MediaFiles.AddRange(Enumerable.Range(0, 250).Select(_ => new MediaFile
            {
                Key = Guid.CreateVersion7(),
                State = MediaState.Ready,
                MimeType = "text/plain",
                CreatedAtUtc = QueueBench.Noon.AddDays(-3),
            }));
            await db.SaveChangesAsync(Token);
        });
        var signs = 0;

        await bench.Core.Get<TidyUploads>().RunAsync(() => signs++, Token);

        Assert.Equal((0, 3), (await CountAsync(bench), signs));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_dropped_upload_is_gone_with_its_bytes_and_nobody_drops_anothers(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var drop = bench.Core.Get<DropUpload>();
        var upload = await UploadAsync(bench, QueueBench.Agent);
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "", [upload.MediaFileId], null, Token);

        Assert.False(await drop.RunAsync(new Caller(8, "Bo", Role.Agent, null), upload.MediaFileId, Token));
        Assert.False(await drop.RunAsync(QueueBench.Agent, upload.MediaFileId, Token));
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "", [], null, Token);
        Assert.True(await drop.RunAsync(QueueBench.Agent, upload.MediaFileId, Token));

        Assert.Equal(0, await CountAsync(bench));
        Assert.False(File.Exists(bench.Core.Get<MediaStore>().PathOf(upload.Key)));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_copy_made_to_be_forwarded_goes_when_the_gate_refuses_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var open = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var closed = await bench.ConversationAsync(QueueBench.Noon.AddHours(-1), phone: "491701234568");
        var file = await UploadAsync(bench, QueueBench.Agent);
        var sent = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(open, new ReplyContent.Media(MessageKind.Document, file.MediaFileId)));

        Assert.IsType<SendReplyOutcome.Refused>(await bench.Core.Get<ForwardMessage>().RunAsync(
            QueueBench.Agent, sent.MessageId, closed, Guid.CreateVersion7(), Token));

        Assert.Equal([file.MediaFileId], await IdsAsync(bench));
        Assert.Single(Directory.EnumerateFiles(bench.Core.MediaRoot, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_worker_looks_by_itself()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        await UploadAsync(bench, QueueBench.Agent);
        bench.Clock.Advance(TimeSpan.FromDays(2));
        await bench.Core.StopAsync();

        await using var next = await CoreHost.StartAsync(
            DatabaseProvider.Sqlite, new CoreHostOptions { RestartOf = bench.Core, Clock = bench.Clock, Workers = true });

        await Until.TrueAsync(async () => !await next.WithDbAsync(db => db.MediaFiles.AnyAsync()), "the upload to be removed");
        Assert.Contains(next.Get<Heartbeats>().Read(), sign => sign.Worker == Worker.Uploads);
    }

    private static Task TidyAsync(QueueBench bench) => bench.Core.Get<TidyUploads>().RunAsync(() => { }, Token);

    private static async Task<UploadOutcome.Stored> UploadAsync(QueueBench bench, Caller caller) => Assert.IsType<UploadOutcome.Stored>(
        await bench.Core.Get<StoreUpload>().RunAsync(caller, new MemoryStream("Some words"u8.ToArray()), "a.txt", Token));

    private static Task<int> CountAsync(QueueBench bench) => bench.Core.WithDbAsync(db => db.MediaFiles.CountAsync());

    private static Task<List<long>> IdsAsync(QueueBench bench) =>
        bench.Core.WithDbAsync(db => db.MediaFiles.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync());
}
