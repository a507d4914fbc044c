using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

public sealed class ReconnectTests(Stages stages)
{
    [Fact]
    public async Task A_lost_connection_keeps_what_was_typed_and_catches_up()
    {
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions { Provider = DatabaseProvider.Sqlite });
        var customer = await console.Simulator.MakeCustomerAsync("Nils Falk", "+46701234569");
        await console.Simulator.WriteAsync(customer, "Is my order ready?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Nils Falk");
        await ana.TypeAsync("Half a sentence that must not be lost");

        ana.Expected.AddRange(["net::ERR_CONNECTION", "WebSocket", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Failed to fetch", "not in the 'Connected' State"]);
        await console.KillAsync();
        await Assertions.Expect(ana.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Half a sentence that must not be lost");

        await console.RestartAsync();
        await console.ReceiveAsync("46701234569", "Nils Falk", "I can wait until Friday");
        await ana.Page.ReloadAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Half a sentence that must not be lost");
        await Assertions.Expect(ana.Bubble("I can wait until Friday")).ToBeVisibleAsync();
    }
}
