using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Media;

/// <summary>Counts what the whole process allocates, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MediaMemoryTests), DisableParallelization = true)]
[Collection(nameof(MediaMemoryTests))]
public sealed class MediaMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_of_many_megabytes_does_not_pass_through_memory()
    {
        const long Size = 64L * 1024 * 1024;
        await using var graph = await CountingStub.StartAsync("""{"id":"media-1"}""");
        var client = GraphStub.NewClient();
        await client.UploadMediaAsync(graph.Account, "1", new ZeroStream(1000), "video/mp4", "warm.mp4", Token);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await client.UploadMediaAsync(graph.Account, "1", new ZeroStream(Size), "video/mp4", "film.mp4", Token);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.InRange(graph.LargestBody, Size, Size + 2000);
        Assert.InRange(allocated, 0, Size / 8);
    }

    [Fact]
    public async Task A_download_of_many_megabytes_does_not_pass_through_memory()
    {
        const long Size = 64L * 1024 * 1024;
        await using var graph = await GraphStub.StartAsync(async (context, request) =>
        {
            var chunk = new byte[64 * 1024];
            for (var left = request.PathAndQuery == "/film" ? Size : 1000; left > 0; left -= chunk.Length)
            {
                await context.Response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
            }
        });
        var client = GraphStub.NewClient();
        await client.DownloadMediaAsync(graph.Account, new Uri(graph.Address, "/warm"), Stream.Null, Size, Token);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var film = await client.DownloadMediaAsync(
            graph.Account, new Uri(graph.Address, "/film"), Stream.Null, Size, Token);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(Size, film.Size);
        Assert.InRange(allocated, 0, Size / 8);
    }
}
