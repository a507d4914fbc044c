namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>Uploads a file as it is read; returns its media id, good for 30 days and this number.</summary>
    /// <param name="content">Read from where it stands; with a known length Meta gets a Content-Length.</param>
    /// <param name="fileName">
    /// Only its ASCII letters and digits go out; customers see the name given when sending.
    /// </param>
    public async Task<string> UploadMediaAsync(
        CloudApiAccount account,
        string phoneNumberId,
        Stream content,
        string mimeType,
        string fileName,
        CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(
            account,
            new(
                HttpMethod.Post,
                $"{GraphId.Check(phoneNumberId)}/media",
                MediaUpload.Form(content, mimeType, fileName),
                options.MediaTimeout),
            cancellationToken);
        return answer.RootElement.Text("id"u8) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Asks for a media file's address, good for five minutes.</summary>
    /// <param name="phoneNumberId">When given, only media of this number is answered.</param>
    public async Task<MediaLocation> GetMediaAsync(
        CloudApiAccount account, string mediaId, string? phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, GraphId.Check(mediaId) + OfNumber(phoneNumberId), cancellationToken);

        var media = answer.RootElement;
        return Uri.TryCreate(media.Text("url"u8), UriKind.Absolute, out var url)
            ? new MediaLocation(
                media.Text("id"u8) ?? mediaId,
                url,
                media.Text("mime_type"u8),
                media.Text("sha256"u8),
                media.Long("file_size"u8))
            : throw Unreadable(SendFate.NotSent);
    }

    /// <summary>
    /// Streams a media file to <paramref name="destination"/>. Faults of the destination are passed on as they are.
    /// </summary>
    /// <param name="url">From <see cref="GetMediaAsync"/> or a webhook; other hosts are not called.</param>
    /// <param name="maxBytes">Stops with <see cref="CloudApiFault.MediaTooLarge"/> beyond this.</param>
    /// <exception cref="CloudApiException"><see cref="CloudApiException.MediaUrlExpired"/>: get a new
    /// address.</exception>
    public async Task<DownloadedMedia> DownloadMediaAsync(
        CloudApiAccount account, Uri url, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        using var time = new CallClock(options.MediaIdleTimeout, clock, cancellationToken);
        using var answer = await _graph.OpenAsync(account, url, time);
        return await new MediaDownload(options, clock).RunAsync(answer, destination, maxBytes, time);
    }

    /// <summary>As the other form, and the bytes must be those that were announced.</summary>
    /// <exception cref="CloudApiException">
    /// <see cref="CloudApiFault.MediaDamaged"/>: what was written to the destination is not the file.
    /// </exception>
    public async Task<DownloadedMedia> DownloadMediaAsync(
        CloudApiAccount account,
        MediaLocation location,
        Stream destination,
        long maxBytes,
        CancellationToken cancellationToken)
    {
        var media = await DownloadMediaAsync(account, location.Url, destination, maxBytes, cancellationToken);
        return MediaHash.Matches(location.Sha256, media.Sha256) is false
            ? throw new CloudApiException(
                CloudApiFault.MediaDamaged, new CloudApiError(CloudApiError.NoCode, HttpStatus: 200), SendFate.NotSent)
            : media;
    }

    /// <summary>Deletes an uploaded file; messages that went out with it keep theirs.</summary>
    /// <param name="phoneNumberId">When given, only media of this number is deleted.</param>
    public Task DeleteMediaAsync(
        CloudApiAccount account, string mediaId, string? phoneNumberId, CancellationToken cancellationToken) =>
        DeleteAsync(account, GraphId.Check(mediaId) + OfNumber(phoneNumberId), cancellationToken);

    private static string OfNumber(string? phoneNumberId) =>
        Query.Of(("phone_number_id", phoneNumberId is null ? null : GraphId.Check(phoneNumberId)));
}
