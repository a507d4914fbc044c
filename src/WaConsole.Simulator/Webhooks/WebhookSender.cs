using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace WaConsole.Simulator.Webhooks;

/// <summary>Signs and posts one webhook, and asks for the handshake.</summary>
internal sealed partial class WebhookSender(byte[] secret, TimeProvider clock, ILogger log) : IDisposable
{
    // Meta calls an answer slow long before this; a receiver that hangs must not stop its lane for ever.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private const int MostConnections = 64;

    private static readonly System.Net.Http.Headers.MediaTypeHeaderValue Json = new("application/json");

    private readonly SemaphoreSlim _connections = new(MostConnections);
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = MostConnections,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<bool> HandshakeAsync(Uri target, string verifyToken, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var asked = new UriBuilder(target)
        {
            Query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}",
        };
        try
        {
            using var answer = await _http.GetAsync(asked.Uri, cancellationToken);
            return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(cancellationToken) == challenge;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Null when the answer was 200, otherwise what went wrong.</summary>
    public async Task<string?> DeliverAsync(Uri target, byte[] body, CancellationToken stopped)
    {
        try
        {
            await _connections.WaitAsync(stopped);
        }
        catch (OperationCanceledException)
        {
            return "The simulator has stopped.";
        }

        try
        {
            using var patience = new CancellationTokenSource(AnswerTimeout, clock);
            using var stop = stopped.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), patience);
            using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = Json;
            request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", Sign(secret, body));
            using var answer = await _http.SendAsync(request, patience.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return null;
            }

            WebhookRefused(log, (int)answer.StatusCode);
            return $"Webhook endpoint returned HTTP {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)}";
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            WebhookUnanswered(log, fault.GetType().Name);
            return "Webhook endpoint did not answer";
        }
        finally
        {
            _connections.Release();
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The header for these exact bytes. Source: Meta, "Webhooks: validating payloads", 2025.</summary>
    private static string Sign(ReadOnlySpan<byte> appSecret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(appSecret, body));

    [LoggerMessage(Level = LogLevel.Information, Message = "A webhook was answered with {Status} and will be repeated")]
    private static partial void WebhookRefused(ILogger log, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "A webhook was not answered ({Fault}) and will be repeated")]
    private static partial void WebhookUnanswered(ILogger log, string fault);
}
