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
    private readonly CustomerLoad _customers;
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);

    private CrashRun(SimulatorProcess simulator, RunningConsole console, IReadOnlyList<string> conversations, CustomerLoad customers)
    {
        _simulator = simulator;
        _console = console;
        _webhooks = new WebhookLoad(console.Webhook);
        _sends = new SendLoad(console, conversations, customers);
        _customers = customers;
    }

    public int Acknowledged => _webhooks.AcknowledgedCount;

    public int Promised => _sends.PromisedCount;

    public string Summary { get; private set; } = "";

    public static Task<CrashRun> StartAsync(DatabaseProvider provider) => StartAsync(provider, new Dictionary<string, string?>(), Customers);

    /// <summary>A console that answers before its commit. Nothing is sent: what is lost is known as soon as intake is at rest.</summary>
    public static Task<CrashRun> StartWithEarlyAnswersAsync(DatabaseProvider provider) => StartAsync(provider, Planted.AnswerBeforeCommit, customers: 0);

    /// <summary>What this run lacks to be a proof of sending; after a verdict.</summary>
    public IReadOnlyList<string> Lacks { get; private set; } = [];

    /// <summary>One kill at a random moment under load, and a new start.</summary>
    public async Task KillOnceAsync()
    {
        var webhooks = Acknowledged + _random.Next(20, 400);
        var sends = Promised + (_sends.IsIdle ? 0 : _random.Next(3, 12));
        using var stop = new CancellationTokenSource();
        var receiving = _webhooks.RunAsync();
        var sending = _sends.RunAsync(stop.Token);
        await Until.TrueAsync(
            async () =>
            {
                if (sending.IsFaulted)
                {
                    await sending;
                }

                return Acknowledged >= webhooks && Promised >= sends && (_sends.IsIdle || await SilencesAsync() > 0);
            },
            "webhooks, sends and faults under load");
        await _console.KillAsync();
        await stop.CancelAsync();
        await _webhooks.StopAsync(receiving);
        await sending;
        _leaving.UnionWith(await StoredMessages.LeavingAsync(_console.Database));
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

        var told = await ToldAsync();
        await Until.TrueAsync(async () => await PendingAsync() == 0, "what was told in the meantime");
        var stored = await StoredMessages.ReadAsync(_console.Database);
        var record = new CrashRecord
        {
            Acknowledged = [.. _webhooks.Acknowledged, .. _customers.Written],
            Told = told,
            Promised = _sends.Promised,
            Received = await ReceivedAsync(),
            Silences = await SilencesAsync(),
            Leaving = _leaving,
            Stored = stored,
            StoredStatuses = [.. (await StoredMessages.StatusesAsync(_console.Database)).Select(status => new ToldStatus(status.Wamid, status.Word))],
        };
        Lacks = CrashVerdict.Lacks(record);
        var unknown = stored.Count(message => message.Status == DeliveryStatus.Unknown);
        Summary = $"{Acknowledged} webhooks of the load and {_customers.Written.Count} of customers acknowledged, {told.Count} statuses, {Promised} sends promised, "
            + $"{record.Received.Count} received, {record.Silences} of them unanswered, {_leaving.Count} on their way at a kill, {unknown} unknown";
        return CrashVerdict.Of(record);
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
        var intake = await PendingAsync();
        var webhooks = await _console.Simulator.PendingWebhooksAsync();
        if (intake + webhooks > 0)
        {
            return $"{intake} webhooks to work off, {webhooks} to come";
        }

        var unread = (await _console.Simulator.LedgerAsync()).Count(entry => entry.GetProperty("state").GetString() != "read");
        if (unread > 0)
        {
            return $"{unread} messages to be read";
        }

        var received = (await ReceivedAsync()).ToHashSet(StringComparer.Ordinal);
        var unsettled = (await StoredMessages.ReadAsync(_console.Database))
            .Where(message => message.Direction == MessageDirection.Outbound
                && (message.Status <= DeliveryStatus.Sending || (message.Status == DeliveryStatus.Unknown && received.Contains(message.ClientKey!))))
            .Select(message => $"{message.ClientKey} {message.Status}, received {received.Contains(message.ClientKey!)}");
        return string.Join("; ", unsettled);
    }

    private async Task<long> PendingAsync() => (await _console.Api.GetFromJsonAsync<JsonElement>("intake")).GetProperty("pending").GetInt64();

    private Task<int> SilencesAsync() => _console.Simulator.StruckAsync("timeoutAfterAccepting");

    private async Task<IReadOnlyList<string>> ReceivedAsync() =>
        [.. (await _console.Simulator.LedgerAsync()).Select(entry => entry.GetProperty("callbackData").GetString()!)];

    private async Task<IReadOnlyList<ToldStatus>> ToldAsync()
    {
        List<ToldStatus> told = [];
        foreach (var entry in await _console.Simulator.LedgerAsync())
        {
            var (number, wamid) = (entry.GetProperty("numberId").GetString()!, entry.GetProperty("wamid").GetString()!);
            told.AddRange((await _console.Simulator.ToldAsync(number, wamid)).Select(word => new ToldStatus(wamid, word)));
        }

        return told;
    }

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
        var load = new CustomerLoad(console.Simulator);
        for (var customer = 0; customer < customers; customer++)
        {
            var phone = $"4917139201{customer:D2}";
            await load.AddAsync("+" + phone);
            conversations.Add(await console.ConversationWithAsync(phone));
        }

        return new CrashRun(simulator, console, conversations, load);
    }
}
