using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>Asks the console to send, one message after the other with a customer's in between, and remembers the texts it promised to send with 202.</summary>
internal sealed class SendLoad(RunningConsole console, IReadOnlyList<string> conversations, CustomerLoad customers)
{
    private readonly ConcurrentBag<string> _promised = [];
    private int _sequence;

    public IReadOnlyCollection<string> Promised => _promised;

    public int PromisedCount => _promised.Count;

    /// <summary>There is nobody to write to.</summary>
    public bool IsIdle => conversations.Count == 0;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!IsIdle && !cancellationToken.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sequence);
            var text = $"Answer {number:D6}";
            try
            {
                using var answer = await console.Api.PostAsJsonAsync(
                    $"conversations/{conversations[number % conversations.Count]}/messages", new { type = "text", text }, CancellationToken.None);
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
                _promised.Add(text);
                await customers.WriteNextAsync();
            }
            catch (HttpRequestException)
            {
                return;   // The console was killed: nothing was promised.
            }
        }
    }
}
