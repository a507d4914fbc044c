using System.Buffers;
using System.Security.Cryptography;

namespace WaConsole.CloudApi;

internal sealed class MediaDownload(CloudApiOptions options, TimeProvider clock)
{
    private const int ChunkSize = 64 * 1024;

    public async Task<DownloadedMedia> RunAsync(
        HttpResponseMessage answer, Stream destination, long maxBytes, CallClock time)
    {
        if (answer.Content.Headers.ContentLength > maxBytes)
        {
            throw Stopped(CloudApiFault.MediaTooLarge);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var started = clock.GetTimestamp();
            await using var source = await answer.Content.ReadAsStreamAsync(time.Token);
            var size = 0L;
            while (await ReadAsync(source, chunk, time) is > 0 and var count)
            {
                size += count;
                if (size > maxBytes)
                {
                    throw Stopped(CloudApiFault.MediaTooLarge);
                }

                if (options.MediaTimeout != Timeout.InfiniteTimeSpan && clock.GetElapsedTime(started) > options.MediaTimeout)
                {
                    throw Stopped(CloudApiFault.TimedOut);
                }

                hash.AppendData(chunk, 0, count);
                await destination.WriteAsync(chunk.AsMemory(0, count), time.Caller);
            }

            return new DownloadedMedia(size, hash.GetHashAndReset(), answer.Content.Headers.ContentType?.ToString());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async ValueTask<int> ReadAsync(Stream source, byte[] chunk, CallClock time)
    {
        try
        {
            time.ExtendTo(options.MediaIdleTimeout);
            return await source.ReadAsync(chunk.AsMemory(0, ChunkSize), time.Token);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            throw GraphTransport.Explain(cause, body: null, time);
        }
    }

    private static CloudApiException Stopped(CloudApiFault fault) =>
        new(fault, new CloudApiError(CloudApiError.NoCode), SendFate.NotSent);
}
