using System.Net.Http.Json;
using System.Text.Json;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// Kills the published console with -9 again and again while webhooks come in and messages go out, to a simulator that accepts one send
/// in ten without ever answering. Each time it is started again on what it left.
/// </summary>
internal sealed class CrashRun : IAsyncDisposable
{
    /// <summary>So many that a long run does not write to one of them more than the gate lets through unanswered.</summary>
    private const int Customers = 40;

    private readonly Random _random = new(20261125);
    private readonly SimulatorProcess _simulator;
    private readonly RunningConsole _console;
    private readonly WebhookLoad _webhooks;
    private readonly SendLoad _sends;

    private CrashRun(SimulatorProcess simulator, RunningConsole console, IReadOnlyList<string> conversations)
    {
        _simulator = simulator;
        _console = console;
        _webhooks = new WebhookLoad(console.Webhook);
        _sends = new SendLoad(console, conversations);
    }

    public int Acknowledged => _webhooks.AcknowledgedCount;

    public int Promised => _sends.PromisedCount;

    public string Summary { get; private set; } = "";

    public static Task<CrashRun> StartAsync(DatabaseProvider provider) => StartAsync(provider, new Dictionary<string, string?>(), Customers);

    /// <summary>A console that answers before its commit. Nothing is sent: what is lost is known as soon as intake is at rest.</summary>
    public static Task<CrashRun> StartWithEarlyAnswersAsync(DatabaseProvider provider) => StartAsync(provider, Planted.AnswerBeforeCommit, customers: 0);

    /// <summary>One kill at a random moment under load, and a new start.</summary>
    public async Task KillOnceAsync()
    {
        var webhooks = Acknowledged + _random.Next(20, 400);
        var sends = Promised + (_sends.IsIdle ? 0 : _random.Next(3, 12));
        using var stop = new CancellationTokenSource();
        var receiving = _webhooks.RunAsync();
        var sending = _sends.RunAsync(stop.Token);
        await Until.TrueAsync(() => Acknowledged >= webhooks && Promised >= sends, "webhooks and sends under load");
        await _console.KillAsync();
        await stop.CancelAsync();
        await _webhooks.StopAsync(receiving);
        await sending;
        await _console.RestartAsync();
    }

    /// <summary>What is wrong once everything has come to rest: nothing waits, and what arrived has heard of its arrival.</summary>
    public async Task<IReadOnlyList<string>> VerdictAsync()
    {
        var restless = "";
        try
        {
            await Until.TrueAsync(async () => (restless = await RestlessAsync()).Length == 0, "intake, senders and webhooks at rest");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}: {restless}\n{_console.Output}", late);
        }

        var ledger = await LedgerAsync();
        var stored = await StoredMessages.ReadAsync(_console.Database);
        var unknown = stored.Count(message => message.Status == DeliveryStatus.Unknown);
        Summary = $"{Acknowledged} webhooks acknowledged, {Promised} sends promised, {ledger.Count} received, {unknown} unknown";
        return CrashVerdict.Of(_webhooks.Acknowledged, _sends.Promised, ledger, stored);
    }

    public async ValueTask DisposeAsync()
    {
        _webhooks.Dispose();
        await _console.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    /// <summary>What has not come to rest yet; empty when all has.</summary>
    private async Task<string> RestlessAsync()
    {
        var intake = (await _console.Api.GetFromJsonAsync<JsonElement>("intake")).GetProperty("pending").GetInt64();
        var webhooks = await _console.Simulator.PendingWebhooksAsync();
        if (intake + webhooks > 0)
        {
            return $"{intake} webhooks to work off, {webhooks} to come";
        }

        var received = (await LedgerAsync()).ToHashSet(StringComparer.Ordinal);
        var unsettled = (await StoredMessages.ReadAsync(_console.Database))
            .Where(message => message.Direction == MessageDirection.Outbound
                && (message.Status <= DeliveryStatus.Sending || (message.Status == DeliveryStatus.Unknown && received.Contains(message.ClientKey!))))
            .Select(message => $"{message.ClientKey} {message.Status}, received {received.Contains(message.ClientKey!)}");
        return string.Join("; ", unsettled);
    }

    private async Task<IReadOnlyList<string>> LedgerAsync() =>
        [.. (await _console.Simulator.LedgerAsync()).Select(entry => entry.GetProperty("callbackData").GetString()!)];

    private static async Task<CrashRun> StartAsync(DatabaseProvider provider, IReadOnlyDictionary<string, string?> environment, int customers)
    {
        var simulator = await SimulatorProcess.StartAsync();
        var console = await RunningConsole.StartAsync(new ConsoleOptions
        {
            Provider = provider,
            Simulator = simulator,
            Environment = environment,
        });
        await console.Simulator.SendWebhooksToAsync(console.Webhook);
        await console.Simulator.SetFaultAsync(new { kind = "timeoutAfterAccepting", rate = 0.1, milliseconds = 200 });
        List<string> conversations = [];
        for (var customer = 0; customer < customers; customer++)
        {
            var phone = $"4917139201{customer:D2}";
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Crash Test", "+" + phone), "Open the window, please");
            conversations.Add(await console.ConversationWithAsync(phone));
        }

        return new CrashRun(simulator, console, conversations);
    }
}
