using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Sending;
using WaConsole.Simulator.Media;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Media;

/// <summary>Sounds with the real ffmpeg.</summary>
public sealed class SoundTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task A_sound_is_measured_and_gets_a_copy_every_browser_plays_and_its_screen_is_told(DatabaseProvider provider)
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var voice = await UploadAsync(bench, "voice");
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(
            conversation, new ReplyContent.Media(MessageKind.Audio, voice.MediaFileId)));
        List<LiveChange> told = [];
        bench.Core.Get<LiveUpdates>().Published += told.Add;

        Assert.True(await RunAsync(bench));

        var sound = await SoundAsync(bench, voice.MediaFileId);
        Assert.Equal((SoundState.Ready, null), (sound.State, sound.LeasedUntilUtc));
        Assert.InRange(sound.Milliseconds!.Value, 4_900, 5_200);
        Assert.Equal(Loudness.Bars, sound.Peaks!.Length);
        Assert.Contains('f', sound.Peaks);
        var copy = await bench.Core.Get<OpenMedia>().PlayableAsync(QueueBench.Agent, voice.Key, Token);
        Assert.Equal(("audio/mp4", sound.CopyBytes), (copy!.MimeType, new FileInfo(copy.Path).Length));
        Assert.Equal("ftyp", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(copy.Path, Token), 4, 4));
        var line = Assert.Single((await bench.Core.Get<ReadThread>().RunAsync(QueueBench.Agent, conversation, null, 10, Token))!.Lines);
        Assert.Equal(new SoundView(sound.Peaks, sound.Milliseconds, HasCopy: true), line.Media!.Sound);
        Assert.Contains(new MessageChanged(bench.Core.NumberId, conversation, line.Id), told);
        Assert.False(await RunAsync(bench));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Core.MediaRoot, "incoming")));
    }

    [Fact]
    public async Task What_browsers_play_anyway_is_only_measured()
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var bell = await UploadAsync(bench, "audio");

        Assert.True(await RunAsync(bench));

        var sound = await SoundAsync(bench, bell.MediaFileId);
        Assert.Equal((SoundState.Ready, null), (sound.State, sound.CopyKey));
        Assert.InRange(sound.Milliseconds!.Value, 2_400, 2_700);
        Assert.Null(await bench.Core.Get<OpenMedia>().PlayableAsync(QueueBench.Agent, bell.Key, Token));
    }

    /// <summary>A list of files would make ffmpeg open what a stranger names.</summary>
    [Fact]
    public async Task A_list_of_files_is_not_followed_whatever_it_is_called()
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var real = await FileAsync(Samples.File("voice").Bytes);
        var list = await FileAsync(Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{real}'\n"));
        var playlist = await FileAsync(Encoding.UTF8.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:5,\nfile://{real}\n#EXT-X-ENDLIST\n"));
        var read = bench.Core.Get<ReadSound>();

        Assert.NotNull(await read.RunAsync(real, "audio/ogg", Token));
        foreach (var type in new[] { "audio/ogg", "audio/mp4", "audio/mpeg", "audio/aac", "audio/amr", "audio/webm", "audio/wav" })
        {
            Assert.Null(await read.RunAsync(list, type, Token));
            Assert.Null(await read.RunAsync(playlist, type, Token));
        }
    }

    [Fact]
    public async Task Bytes_without_a_sound_are_given_up_after_three_tries()
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var broken = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(
            QueueBench.Agent, new MemoryStream([.. "OggS"u8, 0, 2, .. new byte[3000]]), "a.ogg", Token));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(SoundState.Waiting, (await SoundAsync(bench, broken.MediaFileId)).State);
            Assert.True(await RunAsync(bench));
            Assert.False(await RunAsync(bench));
            bench.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal((SoundState.Failed, 3), ((await SoundAsync(bench, broken.MediaFileId)).State, (await SoundAsync(bench, broken.MediaFileId)).Attempts));
        Assert.False(await RunAsync(bench));
    }

    [Fact]
    public async Task Work_cut_off_by_a_dead_process_is_done_by_the_next()
    {
        MustHaveFfmpeg();
        await using var first = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var voice = await UploadAsync(first, "voice");
        await first.Core.WithDbAsync(db => db.Sounds.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LeasedUntilUtc, first.Clock.GetUtcNow().UtcDateTime.AddYears(1)).SetProperty(s => s.Attempts, 1)));
        await first.Core.StopAsync();

        await using var second = await CoreHost.StartAsync(
            DatabaseProvider.Sqlite, new CoreHostOptions { RestartOf = first.Core, Workers = true, Clock = new FakeTimeProvider(first.Clock.GetUtcNow()) });

        await Until.TrueAsync(
            () => second.WithDbAsync(db => db.Sounds.AnyAsync(s => s.MediaFileId == voice.MediaFileId && s.State == SoundState.Ready)), "the sound to be ready");
    }

    [Theory]
    [InlineData("-c:a libopus -f webm")]
    [InlineData("-c:a aac -f mp4")]
    [InlineData("-c:a libopus -f ogg")]
    public async Task What_a_browser_recorded_becomes_a_voice_note_as_WhatsApp_wants_it(string container)
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var source = await FileAsync(Samples.File("voice").Bytes);
        var recorded = TempFolder.File("recorded", ".bin");
        Assert.Equal(FfmpegEnd.Done, await bench.Core.Get<RunFfmpeg>().RunAsync($"-nostdin -i {source} -ac 2 -strict -2 {container} {recorded}", null, Token));

        await using var recording = File.OpenRead(recorded);
        var stored = Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreVoiceNote>().RunAsync(QueueBench.Agent, recording, Token));

        Assert.Equal(("audio/ogg", MessageKind.Audio, true), (stored.MimeType, stored.SendAs, stored.IsVoiceNote));
        var bytes = await File.ReadAllBytesAsync(bench.Core.Get<MediaStore>().PathOf(stored.Key), Token);
        Assert.Null(MediaRules.Refusal("audio/ogg", bytes));
        await bench.Core.Get<KeepDraft>().SaveAsync(QueueBench.Agent, conversation, "", [stored.MediaFileId], null, Token);
        Assert.True(Assert.Single((await bench.Core.Get<KeepDraft>().ReadAsync(QueueBench.Agent, conversation, Token)).Files).IsVoiceNote);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(
            conversation, new ReplyContent.Media(MessageKind.Audio, stored.MediaFileId, Voice: true)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Core.MediaRoot, "incoming")));
    }

    [Fact]
    public async Task A_recording_that_is_none_or_too_short_or_too_large_is_refused_and_leaves_nothing()
    {
        MustHaveFfmpeg();
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var store = bench.Core.Get<StoreVoiceNote>();

        Assert.Equal("media_unsupported", await RefusalAsync(new MemoryStream("<script>"u8.ToArray())));
        Assert.Equal("media_unsupported", await RefusalAsync(new MemoryStream([0x1A, 0x45, 0xDF, 0xA3, .. new byte[500]])));
        Assert.Equal("media_empty", await RefusalAsync(new MemoryStream(await OfLengthAsync(0.2))));
        Assert.Equal("media_too_big", await RefusalAsync(new MemoryStream(new byte[(16 * 1024 * 1024) + 1])));
        Assert.Empty(Directory.EnumerateFiles(bench.Core.MediaRoot, "*", SearchOption.AllDirectories));

        async Task<byte[]> OfLengthAsync(double seconds)
        {
            var made = TempFolder.File("recorded", ".webm");
            var length = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(FfmpegEnd.Done, await bench.Core.Get<RunFfmpeg>().RunAsync(
                $"-nostdin -f lavfi -i sine=frequency=440 -t {length} -c:a libopus -f webm {made}", null, Token));
            return await File.ReadAllBytesAsync(made, Token);
        }

        async Task<string> RefusalAsync(Stream recording) =>
            Assert.IsType<UploadOutcome.Refused>(await store.RunAsync(QueueBench.Agent, recording, Token)).Code;
    }

    [Fact]
    public async Task Without_ffmpeg_it_is_said_why_there_are_no_voice_notes_and_sounds_wait()
    {
        var settings = new Dictionary<string, string?> { ["Media:Ffmpeg"] = "/nowhere/ffmpeg" };
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Settings = settings, Workers = true });
        var store = core.Get<StoreVoiceNote>();

        Assert.False(store.IsPossible);
        var refused = Assert.IsType<UploadOutcome.Refused>(await store.RunAsync(QueueBench.Agent, new MemoryStream([1]), Token));
        Assert.Contains("ffmpeg", refused.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(core.Get<Heartbeats>().Read(), sign => sign.Worker == Worker.Sounds);
    }

    [Theory]
    [InlineData(1_000, 32_000)]
    [InlineData(180_000, 20_971)]
    [InlineData(900_000, 12_000)]
    public void A_voice_note_is_as_good_as_WhatsApp_still_shows_it_as_one(int milliseconds, int rate) =>
        Assert.Equal(rate, StoreVoiceNote.RateFor(milliseconds));

    private static void MustHaveFfmpeg() =>
        Assert.SkipWhen(Ffmpeg.Find("", Environment.GetEnvironmentVariable("PATH") ?? "") is null, "There is no ffmpeg on this machine.");

    private static Task<bool> RunAsync(QueueBench bench) => bench.Core.Get<SoundWorker>().RunOnceAsync(Token);

    private static async Task<UploadOutcome.Stored> UploadAsync(QueueBench bench, string kind)
    {
        var (bytes, _, name) = Samples.File(kind);
        return Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(QueueBench.Agent, new MemoryStream(bytes), name, Token));
    }

    private static Task<Sound> SoundAsync(QueueBench bench, long file) =>
        bench.Core.WithDbAsync(db => db.Sounds.AsNoTracking().SingleAsync(s => s.MediaFileId == file));

    private static async Task<string> FileAsync(byte[] bytes)
    {
        var path = TempFolder.File("sound", ".bin");
        await File.WriteAllBytesAsync(path, bytes, Token);
        return path;
    }
}
