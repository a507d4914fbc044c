using System.Buffers;
using System.Buffers.Binary;

namespace WaConsole.Core.Media;

internal sealed record SoundMeasure(string Peaks, int Milliseconds);

/// <summary>Length and loudness of a file's sound, from its samples. They pass by and are not kept, however long it is.</summary>
internal sealed class ReadSound(RunFfmpeg ffmpeg)
{
    /// <returns>Null when it has no sound that can be read.</returns>
    public async Task<SoundMeasure?> RunAsync(string path, string mimeType, CancellationToken cancellationToken)
    {
        var loudness = new Loudness();
        var end = await ffmpeg.RunAsync(
            FfmpegArguments.Measure(path, mimeType), (samples, token) => TakeAsync(samples, loudness, token), cancellationToken);
        return end == FfmpegEnd.Done && loudness.Samples > 0
            ? new SoundMeasure(loudness.Read(), (int)(loudness.Samples * 1000 / FfmpegArguments.MeasuredRate))
            : null;
    }

    private static async Task TakeAsync(Stream samples, Loudness loudness, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var kept = 0;
            int read;
            while ((read = await samples.ReadAsync(chunk.AsMemory(kept), cancellationToken)) > 0)
            {
                var length = kept + read;
                for (var at = 0; at + 1 < length; at += 2)
                {
                    loudness.Add(BinaryPrimitives.ReadInt16LittleEndian(chunk.AsSpan(at)));
                }

                // A read may end inside a sample.
                kept = length % 2;
                chunk[0] = chunk[length - 1];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
