using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

/// <summary>A simulator and a receiver on free ports, and a client that knows nothing but the documentation.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Berlin = "720000000000001";
    public const string Vienna = "720000000000002";

    private Bench(SimulatorServer server, WebhookReceiver receiver)
    {
        Server = server;
        Receiver = receiver;
        Http = new HttpClient { BaseAddress = server.Uri };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.World.Options.AccessToken);
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
    }

    public SimulatorServer Server { get; }
    public WebhookReceiver Receiver { get; }
    public HttpClient Http { get; }
    public SimulatedWhatsApp World => Server.World;
    public Customer Amina => World.Customers.First(customer => customer.Name == "Amina Said");
    public Customer Luz => World.Customers.First(customer => customer.Name == "Luz Marín");

    public static async Task<Bench> StartAsync(Func<SimulatorOptions, SimulatorOptions>? with = null, TimeProvider? time = null)
    {
        var options = new SimulatorOptions { Url = "http://127.0.0.1:0", StatusDelays = StatusDelays.None };
        options = with?.Invoke(options) ?? options;
        var receiver = await WebhookReceiver.StartAsync(options.AppSecret);
        receiver.VerifyToken = options.VerifyToken;
        var server = await SimulatorServer.StartAsync(
            options with { WebhookUrl = options.WebhookUrl ?? receiver.Url }, time ?? TimeProvider.System, null, TestContext.Current.CancellationToken);
        return new Bench(server, receiver);
    }

    public async Task<Answer> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }

    public Task<Answer> SendAsync(object body, string number = Berlin) => PostAsync($"/v25.0/{number}/messages", body);

    public Task<Answer> SendTextAsync(string to, string text, string? callback = null) => SendAsync(new JsonObject
    {
        ["messaging_product"] = "whatsapp",
        ["to"] = to,
        ["type"] = "text",
        ["biz_opaque_callback_data"] = callback,
        ["text"] = new JsonObject { ["body"] = text },
    }.WithoutNulls());

    public async Task<Answer> SendRawAsync(string body, string number = Berlin)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync($"/v25.0/{number}/messages", content, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }

    public void Says(Customer customer, string text, string? number = null) =>
        Assert.IsType<WriteOutcome.Sent>(World.Write(customer.Id, new CustomerMessage(MessageContent.OfText(text)) { NumberId = number }));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public int? Code => Body.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    public string Wamid => Body.GetProperty("messages")[0].GetProperty("id").GetString()!;

    public static async Task<Answer> OfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}

internal static class JsonObjects
{
    public static JsonObject WithoutNulls(this JsonObject json)
    {
        foreach (var name in json.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            json.Remove(name);
        }

        return json;
    }
}
