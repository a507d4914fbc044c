using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>The one place where requests get their token and failures get their fate.</summary>
internal sealed class GraphTransport(HttpClient http, CloudApiOptions options, TimeProvider clock)
{
    private const int AnswerLimit = 16 * 1024 * 1024;

    public async Task<JsonDocument> CallAsync(
        CloudApiAccount account,
        HttpMethod method,
        string pathAndQuery,
        HttpContent? content,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        using var time = new CallClock(limit, clock, cancellationToken);
        using var body = content is null ? null : new BodyWatch(content);
        using var request = NewRequest(account, method, AddressOf(account, pathAndQuery), body);
        using var answer = await SendAsync(request, body, time);

        var bytes = await ReadAllAsync(answer, body, time);
        if (!answer.IsSuccessStatusCode)
        {
            throw Refusal(answer, bytes);
        }

        return Parse(answer, bytes, body);
    }

    /// <summary>Fetches an address that came from outside; the answer's body is still to be read.</summary>
    public async Task<HttpResponseMessage> OpenAsync(CloudApiAccount account, Uri address, CallClock time)
    {
        if (!TokenRules.MayCarryToken(account.GraphBaseAddress, address))
        {
            throw new CloudApiException(CloudApiFault.ForbiddenAddress, NoError(null), SendFate.NotSent);
        }

        using var request = NewRequest(account, HttpMethod.Get, address, content: null);
        var answer = await SendAsync(request, body: null, time);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw answer.StatusCode == HttpStatusCode.NotFound
                ? new CloudApiException(CloudApiFault.MediaUrlExpired, NoError(404), SendFate.NotSent)
                : Refusal(answer, await ReadAllAsync(answer, body: null, time));
        }
    }

    /// <summary>What a failure of the connection means. The caller's own cancellation is passed on as it is.</summary>
    public static Exception Explain(Exception cause, BodyWatch? body, CallClock time)
    {
        if (time.CallerAsked && cause is OperationCanceledException)
        {
            return cause;
        }

        var fate = body is { Begun: true } ? SendFate.MaybeSent : SendFate.NotSent;
        var fault = cause switch
        {
            OperationCanceledException => CloudApiFault.TimedOut,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError,
            } => CloudApiFault.Unreachable,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse,
            } => CloudApiFault.UnreadableAnswer,
            _ => CloudApiFault.ConnectionLost,
        };
        return new CloudApiException(fault, NoError(null), fate, cause: cause);
    }

    private HttpRequestMessage NewRequest(CloudApiAccount account, HttpMethod method, Uri address, HttpContent? content)
    {
        if (!TokenRules.IsToken(account.AccessToken))
        {
            throw new CloudApiException(
                CloudApiFault.UnusableToken, new CloudApiError(TokenRules.InvalidTokenCode), SendFate.NotSent);
        }

        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.AccessToken);
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return request;
    }

    private static Uri AddressOf(CloudApiAccount account, string pathAndQuery) => new(
        $"{account.GraphBaseAddress.AbsoluteUri.TrimEnd('/')}/{account.ApiVersion}/{pathAndQuery}", UriKind.Absolute);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, BodyWatch? body, CallClock time)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Explain(cause, body, time);
        }
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage answer, BodyWatch? body, CallClock time)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(AnswerLimit, time.Token);
            return await answer.Content.ReadAsByteArrayAsync(time.Token);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Explain(cause, body, time);
        }
    }

    private static JsonDocument Parse(HttpResponseMessage answer, byte[] bytes, BodyWatch? body)
    {
        try
        {
            return JsonDocument.Parse(ReadableBytes.MakeReadable(bytes));
        }
        catch (JsonException)
        {
            // Not passed on as the cause: the parser's message quotes what it read.
            var fate = body is null ? SendFate.NotSent : SendFate.MaybeSent;
            throw new CloudApiException(CloudApiFault.UnreadableAnswer, NoError((int)answer.StatusCode), fate);
        }
    }

    private CloudApiException Refusal(HttpResponseMessage answer, byte[] bytes)
    {
        var status = (int)answer.StatusCode;
        var error = CloudApiErrorReading.FromAnswer(bytes, status);
        var fault = status is >= 300 and < 400 ? CloudApiFault.UnreadableAnswer : CloudApiFault.Refused;
        return new CloudApiException(fault, error, SendFateRules.After(error), RetryAfter.Of(answer, clock));
    }

    private static CloudApiError NoError(int? status) => new(CloudApiError.NoCode, HttpStatus: status);
}
