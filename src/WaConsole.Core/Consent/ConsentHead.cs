using System.Text.Json;
using Microsoft.Extensions.Options;
using WaConsole.Core.Media;

namespace WaConsole.Core.Consent;

/// <summary>
/// The last link of the chain, kept in a file outside the database: whoever cuts the end off the chain would have to change both. Each
/// node writes what it linked; nodes that share the folder share the file.
/// </summary>
internal sealed class ConsentHead(IOptions<MediaOptions> folders)
{
    public sealed record Head(long Sequence, byte[] Mac);

    private string File => Path.Combine(folders.Value.Root, "consent-head.json");

    /// <summary>Never back: another node may have linked more meanwhile.</summary>
    public async Task WriteAsync(Head head, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is { } kept && kept.Sequence > head.Sequence)
        {
            return;
        }

        Directory.CreateDirectory(folders.Value.Root);
        var fresh = $"{File}.{Guid.CreateVersion7():N}.new";
        await System.IO.File.WriteAllBytesAsync(fresh, JsonSerializer.SerializeToUtf8Bytes(head), cancellationToken);
        System.IO.File.Move(fresh, File, overwrite: true);
    }

    /// <returns>Null when there is none.</returns>
    public async Task<Head?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(await System.IO.File.ReadAllBytesAsync(File, cancellationToken));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
