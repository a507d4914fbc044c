using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>
/// Calls to the WhatsApp Cloud API. Every failure is a <see cref="CloudApiException"/>; an
/// <see cref="OperationCanceledException"/> comes out only when the caller's own token asked for it. The ids of
/// numbers, accounts and templates become part of an address and are refused with an <see cref="ArgumentException"/>
/// when they hold anything but letters, digits and <c>_ - : =</c>.
/// </summary>
/// <remarks>Thread-safe. The verbs lie in the folder of what they are about.</remarks>
public sealed partial class CloudApiClient(HttpClient http, CloudApiOptions options, TimeProvider clock)
{
    private readonly GraphTransport _graph = new(http, options, clock);

    private Task<JsonDocument> GetAsync(
        CloudApiAccount account, string pathAndQuery, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            account, new(HttpMethod.Get, pathAndQuery, Content: null, options.ReadTimeout), cancellationToken);

    private Task<JsonDocument> PostAsync(
        CloudApiAccount account, string pathAndQuery, JsonObject? body, CancellationToken cancellationToken) =>
        _graph.CallAsync(account, Change(HttpMethod.Post, pathAndQuery, body), cancellationToken);

    private GraphCall Change(HttpMethod method, string pathAndQuery, JsonObject? body) =>
        new(method, pathAndQuery, body is null ? null : JsonBody(JsonBytes.Of(body)), options.ManageTimeout);

    /// <summary>For verbs whose answer says no more than <c>success</c>.</summary>
    private async Task SucceedAsync(CloudApiAccount account, GraphCall call, CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(account, call, cancellationToken);
        if (answer.RootElement.Bool("success"u8) is false)
        {
            throw new CloudApiException(
                CloudApiFault.Refused, new CloudApiError(CloudApiError.NoCode, HttpStatus: 200), SendFate.NotSent);
        }
    }

    private Task SucceedAsync(
        CloudApiAccount account, string pathAndQuery, JsonObject? body, CancellationToken cancellationToken) =>
        SucceedAsync(account, Change(HttpMethod.Post, pathAndQuery, body), cancellationToken);

    private Task DeleteAsync(CloudApiAccount account, string pathAndQuery, CancellationToken cancellationToken) =>
        SucceedAsync(account, Change(HttpMethod.Delete, pathAndQuery, body: null), cancellationToken);

    private static ByteArrayContent JsonBody(byte[] json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static CloudApiException Unreadable(SendFate fate) =>
        new(CloudApiFault.UnreadableAnswer, new CloudApiError(CloudApiError.NoCode, HttpStatus: 200), fate);
}
