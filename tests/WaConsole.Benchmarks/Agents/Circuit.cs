using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Benchmarks.Live;

namespace WaConsole.Benchmarks.Agents;

/// <summary>
/// One screen without its browser: a circuit of Blazor Server, started from the page, that answers JavaScript calls, acknowledges each
/// render batch once it has looked through its texts, and notes when the number of a message was first among them.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan DrawnAtMost = TimeSpan.FromMinutes(2);
    private static readonly byte[] Seeded = Encoding.UTF8.GetBytes(SeedInbox.Preview);

    private readonly HubConnection _hub;
    private readonly BrowserAnswers _browser = new();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, double> _seen = [];
    private readonly string _name;
    private bool _leaving;

    private Circuit(string name, HubConnection hub)
    {
        _name = name;
        _hub = hub;
        hub.On<long, byte[]>("JS.RenderBatch", TakeAsync);
        hub.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        hub.On<int, string>("JS.AttachComponent", (_, _) => { });
        hub.On<long>("JS.EndUpdateRootComponents", _ => { });
        hub.On<string, bool, string>("JS.EndInvokeDotNet", (_, _, _) => { });
        hub.On<string>("JS.Error", words => Fail($"The console gave up the screen of {_name}: {words}"));
        hub.Closed += fault =>
        {
            if (!_leaving)
            {
                Fail($"The connection of {_name} ended: {fault?.Message ?? "the console closed it"}");
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Why it is no longer a screen.</summary>
    public string? Fault { get; private set; }

    public int Batches { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Returns once the rows of the list were drawn.</summary>
    public static async Task<Circuit> OpenAsync(Uri console, Screen screen, CookieContainer cookies, CancellationToken cancellationToken)
    {
        var address = new Uri(console, screen.Path);
        var page = StartingPage.Read(await GetAsync(address, cookies, cancellationToken));
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(console, "_blazor"), HttpTransportType.WebSockets, options => options.Cookies = cookies);
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        var circuit = new Circuit(screen.Email, builder.Build());
        try
        {
            await circuit.StartAsync(console, address, page, cancellationToken);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    public CircuitSeen Read()
    {
        lock (_gate)
        {
            return new CircuitSeen([.. _seen.Select(seen => new Seen(seen.Key, seen.Value))], Batches, Bytes);
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _seen.Clear();
            (Batches, Bytes) = (0, 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _leaving = true;
        await _hub.DisposeAsync();
    }

    private static async Task<string> GetAsync(Uri address, CookieContainer cookies, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        using var answer = await http.GetAsync(address, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : throw new CircuitFaultException($"{address.PathAndQuery} answered {(int)answer.StatusCode}.");
    }

    private async Task StartAsync(Uri console, Uri address, StartingPage page, CancellationToken cancellationToken)
    {
        try
        {
            await _hub.StartAsync(cancellationToken);

            // The parts of a page are not named here but added below, as it has been since .NET 8.
            var id = await _hub.InvokeAsync<string?>("StartCircuit", console.ToString(), address.ToString(), "[]", page.State, cancellationToken);
            if (string.IsNullOrEmpty(id))
            {
                throw new CircuitFaultException($"The console started no circuit for {_name}.");
            }

            await _hub.SendAsync("UpdateRootComponents", page.Operations, page.State, cancellationToken);
            await _drawn.Task.WaitAsync(DrawnAtMost, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CircuitFaultException($"The list of {_name} was not drawn within {DrawnAtMost.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidOperationException or Microsoft.AspNetCore.SignalR.HubException)
        {
            throw new CircuitFaultException($"No circuit for {_name}: {fault.Message}", fault);
        }
    }

    private async Task TakeAsync(long id, byte[] batch)
    {
        Look(batch, NowUnixMs());
        await _hub.SendAsync("OnRenderCompleted", id, (string?)null);
    }

    private void Look(ReadOnlySpan<byte> batch, double now)
    {
        lock (_gate)
        {
            Batches++;
            Bytes += batch.Length;
            foreach (var text in new BatchTexts(batch))
            {
                if (text.Length > 1 && text[0] == '#' && Utf8Parser.TryParse(text[1..], out int number, out var digits) && text[(digits + 1)..].StartsWith(" "u8))
                {
                    _seen.TryAdd(number, now);
                    _drawn.TrySetResult();
                }
                else if (text.SequenceEqual(Seeded))
                {
                    _drawn.TrySetResult();
                }
            }
        }
    }

    /// <summary>.NET 10 also says on which object, and whether it is a call, a read or a write. A call with the number 0 wants no answer.</summary>
    private async Task AnswerAsync(long call, string function, string arguments, int resultType, long target, int kind)
    {
        if (call != 0)
        {
            await _hub.SendAsync("EndInvokeJSFromDotNet", call, true, _browser.To(call, function, resultType));
        }
    }

    private void Fail(string words)
    {
        Fault ??= words;
        _drawn.TrySetException(new CircuitFaultException(words));
    }

    private static double NowUnixMs() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
