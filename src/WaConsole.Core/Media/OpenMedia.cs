using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

/// <summary>The bytes of a file with the type found in them. <see cref="MayShowInline"/> is false for anything a browser could run.</summary>
public sealed record MediaContent(string Path, string MimeType, string FileName, long SizeBytes, DateTime CreatedAtUtc, bool MayShowInline);

public sealed class OpenMedia(Store store)
{
    /// <returns>Null when there is none, it is not ready, or the caller may not see its conversation.</returns>
    public Task<MediaContent?> RunAsync(Caller caller, Guid key, CancellationToken cancellationToken) => throw new NotImplementedException();
}
