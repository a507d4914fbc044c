using System.Net.Http.Json;
using System.Text.Json;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.EndToEnd;

/// <summary>The console is killed with -9 in the middle of intake and sending, and started again.</summary>
public sealed class RestartTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 15 : 3;

    [Theory]
    [EveryDatabase]
    public async Task A_kill_loses_no_acknowledged_webhook_and_sends_nothing_twice(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorProcess.StartAsync();
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions { Provider = provider, Simulator = simulator });
        await console.Simulator.SendWebhooksToAsync(console.Webhook);
        using var load = new WebhookLoad(console.Webhook);
        var customer = await console.Simulator.MakeCustomerAsync("Load Test", "+491713920099");
        await console.Simulator.WriteAsync(customer, "Open the window, please");
        var conversation = await console.ConversationWithAsync("491713920099");
        List<string> asked = [];

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = load.AcknowledgedCount + 40;
            var writing = load.RunAsync();
            asked.AddRange(await AskToSendAsync(console, conversation, kill));
            await Until.TrueAsync(() => load.AcknowledgedCount >= enough, "webhooks acknowledged under load");
            await console.KillAsync();
            await load.StopAsync(writing);
            await console.RestartAsync();
        }

        await SettledAsync(console);
        await Until.TrueAsync(
            async () => await console.CountMessagesAsync(WebhookLoad.CustomerPhone) >= load.AcknowledgedCount, "every acknowledged webhook stored");
        var stored = await console.TextsAsync(WebhookLoad.CustomerPhone);
        Assert.Empty(load.Acknowledged.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());

        var received = (await console.Simulator.LedgerAsync()).Select(entry => entry.GetProperty("callbackData").GetString()).ToList();
        Assert.Equal(received.Count, received.Distinct().Count());
        await EverySendIsKnownAsync(console, conversation, asked);
    }

    /// <summary>Every message we were answered 202 for is in the thread, once, and in a state that is true.</summary>
    private static async Task EverySendIsKnownAsync(RunningConsole console, string conversation, List<string> asked)
    {
        await Until.TrueAsync(
            async () => (await console.MessagesAsync(conversation))
                .Where(message => message.GetProperty("direction").GetString() == "outbound")
                .All(message => message.GetProperty("status").GetString() is not ("queued" or "sending")),
            "no message left waiting");
        var texts = (await console.MessagesAsync(conversation))
            .Where(message => message.GetProperty("direction").GetString() == "outbound")
            .Select(message => message.GetProperty("text").GetString()!)
            .ToList();
        Assert.Empty(asked.Except(texts));
        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    /// <summary>Asks for five messages and returns those that were promised with 202.</summary>
    private static async Task<List<string>> AskToSendAsync(RunningConsole console, string conversation, int round)
    {
        List<string> promised = [];
        for (var index = 0; index < 5; index++)
        {
            var text = $"Answer {round}-{index}";
            using var answer = await console.Api.PostAsJsonAsync($"conversations/{conversation}/messages", new { type = "text", text });
            Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
            promised.Add(text);
        }

        return promised;
    }

    private static Task SettledAsync(RunningConsole console) => Until.TrueAsync(
        async () =>
        {
            var intake = await console.Api.GetFromJsonAsync<JsonElement>("intake");
            return intake.GetProperty("pending").GetInt64() == 0 && await console.Simulator.PendingWebhooksAsync() == 0;
        },
        "intake and webhooks at rest");
}
