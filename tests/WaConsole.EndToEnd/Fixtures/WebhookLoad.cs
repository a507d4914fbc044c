using System.Collections.Concurrent;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// Sends signed webhooks as fast as they are answered, and remembers the message ids of those that got their 200. They are to the second
/// number: what comes in counts against what may go out, and the first one is to send meanwhile.
/// </summary>
internal sealed class WebhookLoad(Uri webhook) : IDisposable
{
    private const string CustomerPhone = "491713920077";
    private const int Senders = 8;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentBag<string> _acknowledged = [];
    private CancellationTokenSource _stop = new();
    private int _sequence;

    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    public int AcknowledgedCount => _acknowledged.Count;

    public Task RunAsync()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync(_stop.Token)));
    }

    public async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        _stop.Dispose();
        _http.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sequence);
            var wamid = $"wamid.LOAD{number:D8}";
            try
            {
                using var answer = await PostAsync(WebhookBodies.TextTo(TestAccount.SecondPhoneNumberId, CustomerPhone, "Load", wamid, $"Question {number}"));
                if (answer.IsSuccessStatusCode)
                {
                    _acknowledged.Add(wamid);
                }
            }
            catch (HttpRequestException)
            {
                return;   // The console was killed: nothing was acknowledged.
            }
            catch (TaskCanceledException)
            {
                // No answer for so long: it may be stored, and was not acknowledged.
            }
        }
    }

    /// <summary>Done as soon as the answer's first line is here: that is when WhatsApp forgets the webhook.</summary>
    private async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Hub-Signature-256", TestAccount.Sign(body));
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
    }
}
