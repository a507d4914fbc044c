using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Simulator.Tests;

/// <summary>A console stand-in: checks signatures by itself and keeps every body it was sent.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<Received> _received = [];
    private readonly List<(Func<IReadOnlyList<Received>, bool> Until, TaskCompletionSource Source)> _waiting = [];

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>What to answer next; 200 when empty.</summary>
    public ConcurrentQueue<HttpStatusCode> Answers { get; } = new();

    public string VerifyToken { get; set; } = "";

    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public static async Task<WebhookReceiver> StartAsync(string appSecret)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.UseRouting();
        app.MapPost("/hook", http => receiver.TakeAsync(http, appSecret));
        app.MapGet("/hook", (HttpRequest request) => request.Query["hub.verify_token"] == receiver.VerifyToken
            ? Results.Text(request.Query["hub.challenge"])
            : Results.StatusCode(403));
        await app.StartAsync();
        receiver.Url = new Uri(new Uri(app.Urls.First()), "/hook");
        return receiver;
    }

    /// <summary>Waits for a state; the test's own time limit is the only clock.</summary>
    public async Task<IReadOnlyList<Received>> UntilAsync(Func<IReadOnlyList<Received>, bool> state)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (state(_received))
            {
                return [.. _received];
            }

            _waiting.Add((state, source));
        }

        await source.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return All;
    }

    public Task<IReadOnlyList<Received>> UntilAsync(int count) => UntilAsync(all => all.Count >= count);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, string appSecret)
    {
        using var kept = new MemoryStream();
        await http.Request.Body.CopyToAsync(kept);
        var bytes = kept.ToArray();
        var expected = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), bytes));
        var signed = string.Equals(expected, http.Request.Headers["X-Hub-Signature-256"], StringComparison.OrdinalIgnoreCase);
        var answer = Answers.TryDequeue(out var wanted) ? wanted : HttpStatusCode.OK;
        lock (_gate)
        {
            _received.Add(new Received(bytes, signed, answer));
            foreach (var (until, source) in _waiting)
            {
                if (until(_received))
                {
                    source.TrySetResult();
                }
            }
        }

        http.Response.StatusCode = (int)answer;
    }
}

internal sealed record Received(byte[] Bytes, bool Signed, HttpStatusCode Answered)
{
    public JsonElement Change => JsonDocument.Parse(Bytes).RootElement.GetProperty("entry")[0].GetProperty("changes")[0];

    public string Field => Change.GetProperty("field").GetString()!;

    public JsonElement Value => Change.GetProperty("value");

    public JsonElement? Message => Value.TryGetProperty("messages", out var messages) ? messages[0] : null;

    public JsonElement? Status => Value.TryGetProperty("statuses", out var statuses) ? statuses[0] : null;

    public string? StatusWord => Status?.GetProperty("status").GetString();
}
