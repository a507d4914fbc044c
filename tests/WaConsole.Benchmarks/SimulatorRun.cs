using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Benchmarks;

/// <summary>
/// What the simulator itself costs: sends through it and statuses out of it, against a server that only answers. Client,
/// receiver and simulator share the process, so the difference is what counts.
/// </summary>
internal sealed class SimulatorRun
{
    private const int Customers = 500;

    private readonly TimeSpan _time;
    private readonly int _connections;
    private readonly int _batch;

    private SimulatorRun(TimeSpan time, int connections, int batch)
    {
        _time = time;
        _connections = connections;
        _batch = batch;
    }

    /// <summary><c>simulator [--seconds 5] [--connections 16] [--batch 1]</c></summary>
    public static SimulatorRun? Read(ReadOnlySpan<string> args)
    {
        var (seconds, connections, batch) = (5, 16, 1);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
            {
                return null;
            }

            switch (args[i])
            {
                case "--seconds": seconds = value; break;
                case "--connections": connections = value; break;
                case "--batch": batch = value; break;
                default: return null;
            }
        }

        return args.Length % 2 == 0 ? new SimulatorRun(TimeSpan.FromSeconds(seconds), connections, batch) : null;
    }

    public async Task<int> RunAsync()
    {
        await using var nothing = await PlainServerAsync("""{"messages":[{"id":"wamid.x"}]}"""u8.ToArray());
        var empty = await LoadAsync(new Uri(nothing.Urls.First()));
        Print("a server that only answers", empty, 0, 0);

        await using var receiver = await PlainServerAsync([]);
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                Url = "http://127.0.0.1:0",
                WebhookUrl = new Uri(receiver.Urls.First()),
                ThroughputPerSecond = 0,
                PairBurst = 0,
                DemoCustomers = false,
                StatusDelays = new StatusDelays { Sent = Soon, Delivered = Soon, Read = Soon },
                WebhookBatching = new() { Most = _batch },
            },
            TimeProvider.System, null, CancellationToken.None);
        for (var i = 0; i < Customers; i++)
        {
            var made = (CustomerOutcome.Done)simulator.World.MakeCustomer(new NewCustomer($"C{i}", Phone(i)));
            simulator.World.Write(made.Customer.Id, new CustomerMessage(MessageContent.OfText("Hello")));
        }

        await simulator.World.Webhooks.WhenIdleAsync(CancellationToken.None);
        var (webhooks, bodies) = (simulator.World.Webhooks.Delivered, simulator.World.Webhooks.Bodies);
        var full = await LoadAsync(simulator.Uri);
        Print(
            $"the simulator, {_batch} webhooks to a body", full,
            (simulator.World.Webhooks.Delivered - webhooks) / full.Took.TotalSeconds, (simulator.World.Webhooks.Bodies - bodies) / full.Took.TotalSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"not yet told at the end: {simulator.World.Webhooks.Pending}; managed memory {GC.GetTotalMemory(false) / 1_048_576} MB"));
        return 0;
    }

    private static TimeSpan Soon { get; } = TimeSpan.FromMilliseconds(100);

    private static string Phone(int i) => "4917604" + i.ToString("000000", CultureInfo.InvariantCulture);

    private static void Print(string what, (long Sends, TimeSpan Took, TimeSpan Processor) run, double webhooks, double bodies) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {run.Sends / run.Took.TotalSeconds:0} sends/s, {webhooks:0} webhooks/s in {bodies:0} bodies/s, {run.Processor.TotalMicroseconds / run.Sends:0} µs of processor a send"));

    private static async Task<WebApplication> PlainServerAsync(byte[] answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        return app;
    }

    private async Task<(long Sends, TimeSpan Took, TimeSpan Processor)> LoadAsync(Uri server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = _connections }) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new SimulatorOptions().AccessToken);
        await SendForAsync(http, TimeSpan.FromSeconds(1));
        using var process = Process.GetCurrentProcess();
        var (processor, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var sends = await SendForAsync(http, _time);
        var took = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        return (sends, took, process.TotalProcessorTime - processor);
    }

    private async Task<long> SendForAsync(HttpClient http, TimeSpan time)
    {
        var ends = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long sends = 0;
        await Task.WhenAll(Enumerable.Range(0, _connections).Select(async connection =>
        {
            for (var i = connection; Stopwatch.GetTimestamp() < ends; i += _connections)
            {
                using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(
                    $$$"""{"messaging_product":"whatsapp","to":"+{{{Phone(i % Customers)}}}","type":"text","biz_opaque_callback_data":"job:{{{i}}}","text":{"body":"Good day, your order is on its way to you."}}"""));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await http.PostAsync(new Uri("/v25.0/720000000000001/messages", UriKind.Relative), content);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref sends);
            }
        }));
        return sends;
    }
}
