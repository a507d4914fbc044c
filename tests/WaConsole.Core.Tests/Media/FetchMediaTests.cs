using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Media;

public sealed class FetchMediaTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. RandomNumberGenerator.GetBytes(200_000)];

    [Theory]
    [EveryDatabase]
    public async Task A_received_file_is_on_disk_soon_after_its_message_and_its_screen_is_told(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Workers = true });
        var told = new ConcurrentQueue<LiveChange>();
        bench.Core.Get<LiveUpdates>().Published += told.Enqueue;
        await bench.AcceptAsync(Received(simulator, "image/png", Picture));

        var file = await Until.FoundAsync(
            async () => await bench.Core.WithDbAsync(db => db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(m => m.State == MediaState.Ready)),
            "the file to be fetched");

        Assert.Equal(("image/jpeg", Picture.LongLength, Convert.ToHexStringLower(SHA256.HashData(Picture))), (file.MimeType, file.SizeBytes, file.Sha256));
        Assert.Equal(Picture, await File.ReadAllBytesAsync(bench.Core.Get<MediaStore>().PathOf(file.Key), TestContext.Current.CancellationToken));
        var line = await bench.Core.WithDbAsync(db => db.Messages.SingleAsync(m => m.MediaFileId == file.Id));
        await Until.TrueAsync(
            () => told.Contains(new MessageChanged(line.NumberId, line.ConversationId, line.Id))
                && told.Contains(new HeaderChanged(line.NumberId, line.ConversationId)),
            "the screen to be told of the file");
    }

    [Fact]
    public async Task An_address_that_has_expired_is_replaced_by_a_new_one()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri });

        await bench.TakeAsync(Received(simulator, "image/jpeg", Picture, url: new Uri(simulator.Uri, "/whatsapp_business/attachments/?mid=1&ext=1&hash=x")));
        await FetchAsync(bench);

        Assert.Equal(MediaState.Ready, (await FileAsync(bench)).State);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_failure_is_tried_again_later_and_each_time_the_wait_is_longer(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Clock = clock });
        await bench.TakeAsync(Received(simulator, "image/jpeg", Picture));
        simulator.World.Faults.Set(new Fault { Kind = FaultKind.TokenExpired });

        await FetchAsync(bench);
        var first = await FileAsync(bench);
        Assert.Equal((MediaState.Pending, 1), (first.State, first.Attempts));
        Assert.True(first.NextAttemptAtUtc > Hooks.Noon);
        Assert.False(await bench.Core.Get<FetchMediaWorker>().RunOnceAsync(CancellationToken.None));

        clock.SetUtcNow(new DateTimeOffset(first.NextAttemptAtUtc));
        await FetchAsync(bench);
        var second = await FileAsync(bench);
        Assert.True(second.NextAttemptAtUtc - first.NextAttemptAtUtc > first.NextAttemptAtUtc - Hooks.Noon);

        simulator.World.Faults.Clear();
        clock.SetUtcNow(new DateTimeOffset(second.NextAttemptAtUtc));
        await FetchAsync(bench);
        Assert.Equal((MediaState.Ready, null), ((await FileAsync(bench)).State, (await FileAsync(bench)).Failure));
    }

    [Fact]
    public async Task Bytes_with_another_hash_than_announced_are_not_kept()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri });

        await bench.TakeAsync(Received(simulator, "image/jpeg", Picture, hash: Convert.ToBase64String(SHA256.HashData("other"u8))));
        await FetchAsync(bench);

        Assert.Equal(MediaState.Pending, (await FileAsync(bench)).State);
        Assert.Empty(Directory.EnumerateFiles(bench.Core.MediaRoot, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task After_seven_days_a_file_that_never_came_is_given_up_with_a_sentence()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Clock = clock });
        await bench.TakeAsync(Hooks.Messages(Hooks.Message("wamid.1", "image", new JsonObject { ["id"] = "404" })));

        while ((await FileAsync(bench)) is { State: MediaState.Pending } waiting)
        {
            clock.SetUtcNow(new DateTimeOffset(waiting.NextAttemptAtUtc));
            await FetchAsync(bench);
        }

        var file = await FileAsync(bench);
        Assert.Equal(MediaState.Failed, file.State);
        Assert.Contains("seven days", KeptText.Read(file.Failure), StringComparison.Ordinal);
        Assert.InRange(clock.GetUtcNow().UtcDateTime - Hooks.Noon, TimeSpan.FromDays(6.5), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task A_download_cut_off_by_a_dead_process_starts_again_with_the_next()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var first = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        await first.TakeAsync(Received(simulator, "image/jpeg", Picture));
        await first.Core.WithDbAsync(db => db.MediaFiles.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.LeasedUntilUtc, m => m.CreatedAtUtc.AddYears(1)).SetProperty(m => m.Attempts, 1)));
        await first.Core.StopAsync();

        await using var second = await CoreHost.StartAsync(
            DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri, RestartOf = first.Core, Workers = true });

        await Until.TrueAsync(() => second.WithDbAsync(db => db.MediaFiles.AnyAsync(m => m.State == MediaState.Ready)), "the file to be fetched");
    }

    private static byte[] Received(SimulatorHost simulator, string claimed, byte[] bytes, Uri? url = null, string? hash = null)
    {
        var stored = simulator.World.Media.Add(bytes, claimed, null, TestAccount.PhoneNumberId, fromCustomer: true);
        return Hooks.Messages(Hooks.Message("wamid.1", "image", new JsonObject
        {
            ["id"] = stored.Id,
            ["mime_type"] = claimed,
            ["sha256"] = hash ?? Convert.ToBase64String(SHA256.HashData(bytes)),
            ["url"] = url?.ToString(),
        }));
    }

    private static Task<bool> FetchAsync(IntakeBench bench) => bench.Core.Get<FetchMediaWorker>().RunOnceAsync(CancellationToken.None);

    private static Task<MediaFile> FileAsync(IntakeBench bench) => bench.Core.WithDbAsync(db => db.MediaFiles.AsNoTracking().SingleAsync());
}
