using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Hosting;

namespace WaConsole.Simulator.Scenarios;

/// <summary>A business that takes webhooks and answers over HTTP like any program would, for runs without one.</summary>
internal sealed class StandInBusiness : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _graph;
    private readonly ScenarioBusiness _part;
#pragma warning disable CA5394 // Scenarios must be repeatable, not unpredictable.
    private readonly Random _dice;
#pragma warning restore CA5394
    private readonly Lock _gate = new();
    private int _next;

    private StandInBusiness(WebApplication app, SimulatorServer simulator, ScenarioBusiness part, int seed)
    {
        _app = app;
        _part = part;
        _dice = new Random(seed);
        _graph = new HttpClient { BaseAddress = simulator.Uri };
        _graph.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", simulator.World.Options.AccessToken);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<StandInBusiness> StartAsync(
        SimulatorServer simulator, ScenarioBusiness part, int seed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        var business = new StandInBusiness(app, simulator, part, seed);
        app.UseRouting();
        app.MapPost("/hook", business.TakeAsync);
        await app.StartAsync(cancellationToken);
        business.Address = new Uri(new Uri(app.Urls.First()), "/hook");
        return business;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _graph.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        foreach (var entry in SendChecks.Items(body.RootElement, "entry"))
        {
            foreach (var change in SendChecks.Items(entry, "changes"))
            {
                var value = SendChecks.Member(change, "value");
                var number = SendChecks.Member(SendChecks.Member(value, "metadata"), "phone_number_id").ToString();
                foreach (var message in SendChecks.Items(value, "messages"))
                {
                    await AnswerAsync(number, message.Clone());
                }
            }
        }
    }

    private async Task AnswerAsync(string number, JsonElement message)
    {
        string words;
        lock (_gate)
        {
#pragma warning disable CA5394
            if (_part.Answers.Count == 0 || SendChecks.Is(message, "type", "reaction") || SendChecks.Is(message, "type", "system")
                || (_part.Rate < 1 && _dice.NextDouble() >= _part.Rate))
#pragma warning restore CA5394
            {
                return;
            }

            words = _part.Answers[_next++ % _part.Answers.Count];
        }

        var phone = SendChecks.Member(message, "from").ToString();
        var send = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            [phone.Length > 0 ? "to" : "recipient"] = phone.Length > 0 ? "+" + phone : SendChecks.Member(message, "from_user_id").ToString(),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = words },
        };
        try
        {
            using var answer = await _graph.PostAsJsonAsync($"/v25.0/{number}/messages", send);
        }
        catch (HttpRequestException)
        {
            // A fault of the scenario cut the connection; this business does not try again.
        }
    }
}
