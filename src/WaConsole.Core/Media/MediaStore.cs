using System.Globalization;
using Microsoft.Extensions.Options;

namespace WaConsole.Core.Media;

/// <summary>
/// Files under Media:Root, named by their key in folders of 256 × 256. A file appears under its name only when all of it is on disk.
/// </summary>
internal sealed class MediaStore(IOptions<MediaOptions> options)
{
    private const string Unfinished = "incoming";

    public string PathOf(Guid key)
    {
        // The end of a version 7 id is random, its beginning is the time.
        var name = key.ToString("N", CultureInfo.InvariantCulture);
        return Path.Combine(options.Value.Root, name[^2..], name[^4..^2], name);
    }

    /// <summary>Streams into a temporary file, flushes it to disk and renames it. Nothing is left behind when writing fails.</summary>
    /// <returns>What the writer returned.</returns>
    public async Task<T> WriteAsync<T>(Guid key, Func<FileStream, Task<T>> write, CancellationToken cancellationToken)
    {
        var unfinished = NewUnfinished();
        try
        {
            T written;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81_920, useAsync: true))
            {
                written = await write(file);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Move(unfinished, key);
            return written;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public void Delete(Guid key)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Where another program may write; the caller keeps or deletes it.</summary>
    public string NewUnfinished()
    {
        var folder = Path.Combine(options.Value.Root, Unfinished);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture));
    }

    /// <summary>Flushes what another program wrote and gives it its name.</summary>
    public void Keep(string unfinished, Guid key)
    {
        using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        Move(unfinished, key);
    }

    /// <summary>The first bytes, for <see cref="MediaTypes.Sniff"/>. Leaves the stream at its end.</summary>
    public static async Task<byte[]> HeadAsync(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var head = new byte[MediaTypes.HeadLength];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        file.Seek(0, SeekOrigin.End);
        return head[..length];
    }

    /// <summary>Removes what a stopped process left unfinished before this time.</summary>
    public void RemoveUnfinished(DateTime beforeUtc)
    {
        var folder = new DirectoryInfo(Path.Combine(options.Value.Root, Unfinished));
        if (folder.Exists)
        {
            foreach (var file in folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < beforeUtc))
            {
                file.Delete();
            }
        }
    }

    private void Move(string unfinished, Guid key)
    {
        var finished = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(finished)!);
        File.Move(unfinished, finished, overwrite: true);
    }
}
