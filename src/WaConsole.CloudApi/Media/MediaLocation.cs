namespace WaConsole.CloudApi;

/// <summary>Where a media file can be fetched for the next five minutes.</summary>
/// <param name="Sha256">As announced, base64 or hex; see <see cref="MediaHash"/>.</param>
/// <param name="FileSize">Bytes.</param>
public sealed record MediaLocation(string Id, Uri Url, string? MimeType, string? Sha256, long? FileSize);

/// <summary>What was written to the destination.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">32 bytes, computed while streaming.</param>
/// <param name="MimeType">As the media host declared it, parameters included; do not trust it.</param>
public sealed record DownloadedMedia(long Size, byte[] Sha256, string? MimeType);
