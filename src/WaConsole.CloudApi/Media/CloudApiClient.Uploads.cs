using System.Net.Http.Headers;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// Files that are not sent but shown to Meta: sample media of templates and the profile's picture. They belong to the
/// app, not to a number, and end in a handle, which is no media id (resumable upload, 2026).
/// </summary>
public sealed partial class CloudApiClient
{
    /// <summary>Opens an upload.</summary>
    /// <param name="appId">The Meta app's id, not the number's or the account's.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>The upload's id, <c>upload:…</c>.</returns>
    public async Task<string> StartUploadAsync(
        CloudApiAccount account,
        string appId,
        string fileName,
        long length,
        string mimeType,
        CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("file_name", MediaUpload.PlainName(fileName)),
            ("file_length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("file_type", mimeType));
        using var answer = await PostAsync(account, $"{GraphId.Check(appId)}/uploads{query}", body: null, cancellationToken);
        return answer.RootElement.Text("id"u8) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Sends the bytes, or the rest of them.</summary>
    /// <param name="uploadId">From <see cref="StartUploadAsync"/>.</param>
    /// <param name="content">Read from where it stands, which must be <paramref name="offset"/>.</param>
    /// <param name="offset">How many bytes Meta has; after a break ask <see cref="GetUploadOffsetAsync"/>.</param>
    /// <returns>The handle for a template's sample or the profile's picture.</returns>
    public async Task<string> ContinueUploadAsync(
        CloudApiAccount account, string uploadId, Stream content, long offset, CancellationToken cancellationToken)
    {
        var file = new StreamContent(content)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        };
        var call = new GraphCall(HttpMethod.Post, UploadPath(uploadId), file, options.MediaTimeout) { FileOffset = offset };
        using var answer = await _graph.CallAsync(account, call, cancellationToken);
        return answer.RootElement.Text("h"u8) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>How many bytes of an upload have arrived.</summary>
    public async Task<long> GetUploadOffsetAsync(
        CloudApiAccount account, string uploadId, CancellationToken cancellationToken)
    {
        var call = new GraphCall(HttpMethod.Get, UploadPath(uploadId), Content: null, options.ReadTimeout) { FileOffset = 0 };
        using var answer = await _graph.CallAsync(account, call, cancellationToken);
        return answer.RootElement.Long("file_offset"u8) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Opens an upload and sends the whole file; after a break it goes on where Meta stands, twice at most.</summary>
    /// <param name="content">From its beginning; must be able to go back for going on after a break.</param>
    /// <returns>The handle.</returns>
    public async Task<string> UploadForHandleAsync(
        CloudApiAccount account,
        string appId,
        Stream content,
        string mimeType,
        string fileName,
        CancellationToken cancellationToken)
    {
        var upload = await StartUploadAsync(account, appId, fileName, content.Length, mimeType, cancellationToken);
        for (var breaks = 0; ; breaks++)
        {
            try
            {
                return await ContinueUploadAsync(account, upload, Unclosed.Of(content), content.Position, cancellationToken);
            }
            catch (CloudApiException broken) when (
                breaks < 2 && content.CanSeek && broken.Fault is CloudApiFault.ConnectionLost or CloudApiFault.TimedOut)
            {
                content.Position = await GetUploadOffsetAsync(account, upload, cancellationToken);
            }
        }
    }

    /// <summary>
    /// The id is Meta's and opaque; newer ones carry a signature behind a question mark.
    /// </summary>
    private static string UploadPath(string uploadId)
    {
        var (id, signature) = uploadId.Split('?', 2) is [var path, var query] ? (path, query) : (uploadId, null);
        return signature is null || Uri.IsWellFormedUriString($"?{signature}", UriKind.Relative)
            ? GraphId.Check(id) + (signature is null ? "" : $"?{signature}")
            : throw new ArgumentException("Not the id of an upload.", nameof(uploadId));
    }
}
