using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>The one place where requests get their token and failures get their fate.</summary>
internal sealed class GraphTransport(HttpClient http, CloudApiOptions options, TimeProvider clock)
{
    private const int AnswerLimit = 16 * 1024 * 1024;

    public async Task<JsonDocument> CallAsync(
        CloudApiAccount account, GraphCall call, CancellationToken cancellationToken)
    {
        using var time = new CallClock(account.TimeLimit ?? call.Limit, clock, cancellationToken);
        using var body = call.Content is null ? null : new BodyWatch(call.Content);
        using var request = NewRequest(account, call.Method, AddressOf(account, call), body);
        if (call.FileOffset is { } offset)
        {
            // Resumable uploads want this older scheme (developers.facebook.com, resumable upload, 2026).
            request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", account.AccessToken);
            request.Headers.Add("file_offset", offset.ToString(CultureInfo.InvariantCulture));
        }

        using var answer = await SendAsync(request, body, time);
        var bytes = await ReadAllAsync(answer, body, time);
        if (answer.IsSuccessStatusCode)
        {
            return Parse(answer, bytes, body);
        }

        if (call.PartialAnswer is { } part && TryParse(bytes) is { } refusal)
        {
            if (refusal.RootElement.Object(part) is not null)
            {
                return refusal;
            }

            refusal.Dispose();
        }

        throw Refusal(answer, bytes);
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

    private static Uri AddressOf(CloudApiAccount account, GraphCall call) => new(
        call.OnApiHost
            ? $"{account.ApiBaseAddress.AbsoluteUri.TrimEnd('/')}/{call.PathAndQuery}"
            : $"{account.GraphBaseAddress.AbsoluteUri.TrimEnd('/')}/{account.ApiVersion}/{call.PathAndQuery}",
        UriKind.Absolute);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, BodyWatch? body, CallClock time)
    {
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            if (options.UsageRead is { } tell && ApiUsage.Of(answer) is { } usage)
            {
                tell(usage);
            }

            return answer;
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
        // The parser's own exception is not passed on: its message quotes what it read.
        return TryParse(bytes) ?? throw new CloudApiException(
            CloudApiFault.UnreadableAnswer,
            NoError((int)answer.StatusCode),
            body is null ? SendFate.NotSent : SendFate.MaybeSent);
    }

    private static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(ReadableBytes.MakeReadable(bytes));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CloudApiException Refusal(HttpResponseMessage answer, byte[] bytes)
    {
        var status = (int)answer.StatusCode;
        var error = CloudApiErrorReading.FromAnswer(bytes, status);
        var fault = status is >= 300 and < 400 ? CloudApiFault.UnreadableAnswer : CloudApiFault.Refused;
        var usage = ApiUsage.Of(answer);
        var wait = RetryAfter.Of(answer, usage, clock);
        return new CloudApiException(fault, error, SendFateRules.After(error), wait) { Usage = usage };
    }

    private static CloudApiError NoError(int? status) => new(CloudApiError.NoCode, HttpStatus: status);
}

/// <summary>One request: what goes where, and how long it may take.</summary>
internal sealed record GraphCall(HttpMethod Method, string PathAndQuery, HttpContent? Content, TimeSpan Limit)
{
    /// <summary>Beside the versioned Graph address.</summary>
    public bool OnApiHost { get; init; }

    /// <summary>For resumable uploads: bytes that are already there.</summary>
    public long? FileOffset { get; init; }

    /// <summary>With this object in it, an answer is one even when its HTTP status says otherwise.</summary>
    public string? PartialAnswer { get; init; }
}
