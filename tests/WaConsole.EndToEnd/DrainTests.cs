using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.EndToEnd.Fixtures;
using WaConsole.Testing;

namespace WaConsole.EndToEnd;

/// <summary>SIGTERM in the middle of a mass send, while somebody's upload hangs and keeps the web server from stopping.</summary>
public sealed class DrainTests
{
    private const int Messages = SendToMany.AtMost;

    /// <summary>What a service manager gives the program, as docs/operations.md has it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly bool HangsToTheEnd = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 };

    [Fact]
    public async Task A_stop_during_a_mass_send_leaves_nothing_unknown_though_a_request_hangs()
    {
        await using var simulator = await SimulatorProcess.StartAsync();
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions { Simulator = simulator });
        await console.Simulator.SendWebhooksToAsync(console.Webhook);
        await console.Simulator.SetFaultAsync(new { kind = "slow", milliseconds = 1_500 });
        await QueueAsync(console);
        var hanging = await HangAsync(console);
        await Until.TrueAsync(async () => (await KeysAsync(console)).Count > 100, "a mass send under way");

        // Between two batches nothing is on its way either: it counts once the program has heard that it is to stop.
        var stopping = console.StopAsync();
        await Until.TrueAsync(() => console.Output.Contains("Application is shutting down", StringComparison.Ordinal), "a program that stops");
        await Until.TrueAsync(async () => await OutboxRows.CountAsync(console.Database, OutboxState.Sending) == 0, "nothing on its way any more");

        Assert.False(stopping.IsCompleted);
        var before = await KeysAsync(console);
        Assert.InRange(before.Count, 100, Messages - 1);
        if (!HangsToTheEnd)
        {
            await hanging.DisposeAsync();
        }

        Assert.Equal(0, await stopping.WaitAsync(Longest));
        await hanging.DisposeAsync();
        Assert.Equal(before.Count, (await KeysAsync(console)).Count);

        await console.RestartAsync();
        await Until.TrueAsync(
            async () => await OutboxRows.CountAsync(console.Database, OutboxState.Waiting) + await OutboxRows.CountAsync(console.Database, OutboxState.Sending) == 0,
            "the rest sent");
        var keys = await KeysAsync(console);
        Assert.Equal(Messages, keys.Count);
        Assert.Equal(Messages, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(await StoredMessages.ReadAsync(console.Database), message => message.Status is DeliveryStatus.Unknown or DeliveryStatus.Failed);
    }

    private static async Task QueueAsync(RunningConsole console)
    {
        await Until.TrueAsync(
            async () => (await console.Api.GetStringAsync("templates")).Contains("\"order_shipped\"", StringComparison.Ordinal), "the templates read at the start");
        var number = (await console.Api.GetFromJsonAsync<JsonElement>("numbers")).GetProperty("items")[0].GetProperty("id").GetString();
        var parameters = new { body = new[] { "Amina", "AO-2047", "Friday" }, buttons = new Dictionary<string, string> { ["0"] = "AO-2047" } };

        // Who has written gets a template without having been asked.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (at, _) => await console.ReceiveAsync(PhoneOf(at), "Drain Test", "Where is it?"));
        await Until.TrueAsync(
            async () => (await console.Api.GetFromJsonAsync<JsonElement>("intake")).GetProperty("pending").GetInt64() == 0, "everybody's question in the inbox");
        var messages = Enumerable.Range(0, Messages)
            .Select(at => new { to = "+" + PhoneOf(at), type = "template", name = "order_shipped", language = "en", parameters });
        using var answer = await console.Api.PostAsJsonAsync("messages/bulk", new { numberId = number, messages });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.DoesNotContain("\"code\"", text, StringComparison.Ordinal);
    }

    private static string PhoneOf(int at) => $"49170{1_000_000 + at}";

    /// <summary>An upload of which the first megabyte came and was read: enough to satisfy a least rate for an hour.</summary>
    private static async Task<NetworkStream> HangAsync(RunningConsole console)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(console.Address.Host, console.Address.Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/media HTTP/1.1\r\nHost: {console.Address.Authority}\r\nX-Api-Key: {RunningConsole.ApiKey}\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n"
            + "Content-Type: multipart/form-data; boundary=part\r\n\r\n"
            + "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"long.txt\"\r\nContent-Type: text/plain\r\n\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('a', 1024 * 1024)));

        // Said when the program waits for more of the body than has come. A request it has not begun to read would not keep it from stopping.
        using var answer = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync());
        return stream;
    }

    private static async Task<List<string>> KeysAsync(RunningConsole console) =>
        [.. (await console.Simulator.LedgerAsync()).Select(entry => entry.GetProperty("callbackData").GetString()!)];
}
