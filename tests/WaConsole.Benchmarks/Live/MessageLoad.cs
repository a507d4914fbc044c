using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Live;

/// <summary>Signed webhooks of one text each, one after the other at an even pace, from customers who take turns. Each text carries its number.</summary>
internal sealed class MessageLoad(Uri webhook, int customers)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 32 });

    private readonly ConcurrentDictionary<int, (double Sent, double Answered)> _times = new();
    private int _refused;

    public int Customers => customers;

    /// <summary>The number of the newest message.</summary>
    public int Last { get; private set; } = -1;

    public int Refused => _refused;

    public double SentAtUnixMs(int number) => _times[number].Sent;

    public int CustomerOf(int number) => number % customers;

    /// <summary>Milliseconds from POST to answer, the shortest first.</summary>
    public IReadOnlyList<double> AnswersSince(int first) =>
        [.. Enumerable.Range(first, Last - first + 1).Select(number => _times[number].Answered - _times[number].Sent).Order()];

    public async Task SendAsync(int perSecond, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        List<Task> sending = [];
        for (var turn = 0; turn < perSecond * duration.TotalSeconds; turn++)
        {
            var due = TimeSpan.FromSeconds((double)turn / perSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } pause)
            {
                await Task.Delay(pause, TimeProvider.System);
            }

            Last++;
            sending.Add(PostAsync(Last));
        }

        await Task.WhenAll(sending);
    }

    private async Task PostAsync(int number)
    {
        var customer = CustomerOf(number);
        var body = WebhookBodies.Text(
            SeedInbox.PhoneOf(customer),
            SeedInbox.NameOf(customer),
            string.Create(CultureInfo.InvariantCulture, $"wamid.live.{Environment.ProcessId}.{number}"),
            string.Create(CultureInfo.InvariantCulture, $"#{number} Good morning, is my order on its way?"));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add("X-Hub-Signature-256", TestAccount.Sign(body));
        var sent = NowUnixMs();
        using var answer = await Http.PostAsync(webhook, content);
        _times[number] = (sent, NowUnixMs());
        if (!answer.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    private static double NowUnixMs() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
