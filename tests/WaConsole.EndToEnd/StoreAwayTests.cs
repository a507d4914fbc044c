using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>
/// The published console while its disk is full, or its database away, and afterwards, without a restart: what could not be stored is
/// refused and says why, what was answered 200 is there once, and what was promised goes out once.
/// </summary>
public sealed class StoreAwayTests(Stages stages)
{
    private const string Phone = "491713920066";
    private const int Enough = 40;

    private readonly List<string> _acknowledged = [];
    private readonly List<string> _refused = [];
    private readonly List<string> _promised = [];

    [Fact]
    public async Task A_full_disk_is_said_and_everything_goes_on_once_there_is_room()
    {
        var disk = new SmallDisk();
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions { Under = disk.Command, Environment = With(disk.Settings) });
        var (customer, conversation) = await BeginAsync(console);
        await using var admin = await stages.InboxAsync(console, "admin");
        var process = console.ProcessId;

        disk.Fill(process);
        await WorkUntilRefusedAsync(console, conversation);
        await Until.TrueAsync(async () => await ReplyAsync(console, conversation) == HttpStatusCode.ServiceUnavailable, "a reply refused");
        await console.Simulator.WriteAsync(customer, "Written while the disk was full");

        await UntilSaidAsync(console, $"webhooks could not be stored: {SmallDisk.Words}");
        var (status, health) = await HealthAsync(console);
        Assert.Equal((HttpStatusCode.OK, "Degraded"), (status, health.Split('\n')[0]));
        Assert.Contains("webhooks are refused", health, StringComparison.Ordinal);
        var banner = admin.Page.Locator($"[data-store={SmallDisk.Trouble}]");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        await admin.OpenAsync("Store Test");
        await Assertions.Expect(admin.Bubble("Before")).ToBeVisibleAsync();
        await admin.Page.GotoAsync("/diagnostics");
        await Assertions.Expect(admin.Page.Locator("[data-live-health] .problem").First).ToContainTextAsync("without a restart");

        disk.GiveBack(process);
        await GoesOnAsync(console, customer, conversation, "Written while the disk was full");
        await Assertions.Expect(banner).ToBeHiddenAsync();
        Assert.Equal(process, console.ProcessId);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_and_everything_goes_on_once_it_is_back()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, "No PostgreSQL: tests/run.sh starts one.");
        await using var gate = new Gate(new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer!));
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions
        {
            Provider = DatabaseProvider.Postgres,
            Through = gate.Through,
            Environment = With(new Dictionary<string, string?> { ["Intake__AcceptTimeoutSeconds"] = "3" }),
        });
        var (customer, conversation) = await BeginAsync(console);
        await using var admin = await stages.InboxAsync(console, "admin");
        admin.Expected.Add("503");
        await Assertions.Expect(admin.Row("Store Test")).ToBeVisibleAsync();
        var process = console.ProcessId;

        gate.Shut();
        await WorkUntilRefusedAsync(console, conversation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReplyAsync(console, conversation));
        await console.Simulator.WriteAsync(customer, "Written while the database was away");

        await UntilSaidAsync(console, "webhooks could not be stored: the database does not answer");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nThe database does not answer."), await HealthAsync(console));
        await Assertions.Expect(admin.Page.Locator("[data-store=Refusing]")).ToBeVisibleAsync();
        await using var other = await (await stages.BrowserAsync()).OpenAsync(console);
        other.Expected.Add("503");
        await other.SignInAsync("admin");
        await other.Page.GotoAsync("/inbox");
        await Assertions.Expect(other.Page.GetByText("The database cannot be used at the moment")).ToBeVisibleAsync();

        gate.Reopen();
        await GoesOnAsync(console, customer, conversation, "Written while the database was away");
        await Assertions.Expect(admin.Page.Locator("[data-store]")).ToBeHiddenAsync();
        await other.Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(other.Row("Store Test")).ToBeVisibleAsync();
        Assert.Equal(process, console.ProcessId);
    }

    private static Dictionary<string, string?> With(IReadOnlyDictionary<string, string?> settings) => new(settings)
    {
        ["Simulator__WebhookRetryUnit"] = "00:00:00.020",
    };

    private static async Task<(string Customer, string Conversation)> BeginAsync(RunningConsole console)
    {
        var customer = await console.Simulator.MakeCustomerAsync("Store Test", "+" + Phone);
        await console.Simulator.WriteAsync(customer, "Before");
        return (customer, await console.ConversationWithAsync(Phone));
    }

    /// <summary>The log comes by a pipe of its own, and may come after the answer to what it tells of.</summary>
    private static Task UntilSaidAsync(RunningConsole console, string words) =>
        Until.TrueAsync(() => console.Output.Contains(words, StringComparison.Ordinal), $"a log that says \"{words}\"");

    /// <summary>Webhooks, long ones and then short ones, until none is taken any more, and replies among them.</summary>
    private async Task WorkUntilRefusedAsync(RunningConsole console, string conversation)
    {
        foreach (var length in (int[])[3_000, 10])
        {
            var refusedInARow = 0;
            await Until.TrueAsync(
                async () =>
                {
                    var text = $"{_acknowledged.Count + _refused.Count:D4} {new string('x', length)}";
                    refusedInARow = await PostAsync(console, text) ? 0 : refusedInARow + 1;
                    (refusedInARow == 0 ? _acknowledged : _refused).Add(text);
                    if (_promised.Count < 10)
                    {
                        await ReplyAsync(console, conversation);
                    }

                    return refusedInARow == 3;
                },
                "webhooks refused");
        }
    }

    /// <summary>WhatsApp comes again with what was refused, twice as it may, and with what it does not know to be stored.</summary>
    private async Task GoesOnAsync(RunningConsole console, string customer, string conversation, string meanwhile)
    {
        foreach (var text in (string[])[.. _refused, .. _refused, .. _acknowledged.TakeLast(5)])
        {
            await Until.TrueAsync(() => PostAsync(console, text), "webhooks taken again");
        }

        Assert.Equal(HttpStatusCode.Accepted, await ReplyAsync(console, conversation));
        string[] inbound = ["Before", meanwhile, .. _acknowledged, .. _refused];
        var texts = new List<string>();
        await Until.TrueAsync(
            async () => (texts = await TextsAsync(console, conversation)).Count >= inbound.Length + _promised.Count, "all of it in the thread");
        List<string> sent = [];
        await Until.TrueAsync(async () => (sent = await OnPhoneAsync(console, customer)).Count >= _promised.Count, "what was promised on the phone");
        await Until.TrueAsync(async () => await HealthAsync(console) is (HttpStatusCode.OK, "Healthy"), "a console that is healthy");
        await Until.TrueAsync(
            async () => (await console.Api.GetFromJsonAsync<JsonElement>("intake")).GetProperty("pending").GetInt64() == 0
                && await console.Simulator.PendingWebhooksAsync() == 0,
            "intake at rest");

        Assert.Equal([.. inbound.Concat(_promised).Order(StringComparer.Ordinal)], (await TextsAsync(console, conversation)).Order(StringComparer.Ordinal));
        Assert.Equal([.. _promised.Order(StringComparer.Ordinal)], (await OnPhoneAsync(console, customer)).Order(StringComparer.Ordinal));
    }

    /// <returns>True when it was taken. Refused it is asked to come again.</returns>
    private static async Task<bool> PostAsync(RunningConsole console, string text)
    {
        using var answer = await console.PostWebhookAsync(WebhookBodies.Text(Phone, "Store Test", $"wamid.store{text[..4]}", text));
        if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return true;
        }

        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        return false;
    }

    private async Task<HttpStatusCode> ReplyAsync(RunningConsole console, string conversation)
    {
        Assert.True(_promised.Count < Enough, "The gate does not let more through unanswered.");
        var text = $"Reply {Guid.CreateVersion7()}";
        using var answer = await console.Api.PostAsJsonAsync($"conversations/{conversation}/messages", new { type = "text", text });
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            _promised.Add(text);
        }

        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Text)> HealthAsync(RunningConsole console)
    {
        using var answer = await console.Api.GetAsync(new Uri(console.Address, "health/ready"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> TextsAsync(RunningConsole console, string conversation) =>
        [.. (await console.MessagesAsync(conversation, all: true)).Select(message => message.GetProperty("text").GetString()!).Where(text => text.Length > 0)];

    private static async Task<List<string>> OnPhoneAsync(RunningConsole console, string customer) =>
        [.. (await console.Simulator.ChatAsync(customer)).Where(line => !line.GetProperty("fromCustomer").GetBoolean())
            .Select(line => line.GetProperty("content").GetProperty("text").GetString()!)];
}
