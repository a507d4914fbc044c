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

    /// <summary>Ten seconds by the browser's own clock: longer than it needs to notice, shorter than the server keeps the circuit.</summary>
    [Fact]
    public async Task Ten_seconds_without_network_lose_nothing_that_was_typed_and_nothing_that_came_and_double_nothing()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var line = new Line(console.Address);
        var customer = await console.Simulator.MakeCustomerAsync("Karin Toft", "+4526123401");
        await console.Simulator.WriteAsync(customer, "Before the cut");
        await using var ana = await stages.InboxAsync(console, "ana", new ScreenOptions { Through = line.Address });
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await ana.OpenAsync("Karin Toft");
        await jonas.OpenAsync("Karin Toft");
        await ana.TypeAsync("Typed before, ");
        ana.Expected.AddRange(["net::ERR_", "WebSocket", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Failed to fetch", "not in the 'Connected' State", "Connection closed"]);

        line.Cut();
        await Assertions.Expect(ana.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        var since = await ana.Page.EvaluateAsync<double>("performance.now()");
        await ana.Composer.PressSequentiallyAsync("typed while it was away");
        foreach (var text in (string[])["First while away", "Second while away", "Third while away"])
        {
            await console.Simulator.WriteAsync(customer, text);
            await Assertions.Expect(jonas.Bubble(text)).ToBeVisibleAsync();
        }

        await jonas.ReplyAsync("A colleague answers");
        await Assertions.Expect(jonas.Bubble("A colleague answers").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await ana.Composer.PressAsync("Enter");
        await ana.Page.WaitForFunctionAsync("since => performance.now() - since >= 10000", since);
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Typed before, typed while it was away");
        Assert.Equal(0, await ana.Bubble("Third while away").CountAsync());

        line.Mend();
        foreach (var text in (string[])["Before the cut", "First while away", "Second while away", "Third while away", "A colleague answers"])
        {
            await Assertions.Expect(ana.Bubble(text)).ToHaveCountAsync(1);
        }

        await UntilAnsweredAsync(ana);
        await Assertions.Expect(ana.Row("Karin Toft")).ToHaveCountAsync(1);
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Typed before, typed while it was away");
        await ana.Composer.PressAsync("Enter");
        if (await HeldAsync(ana))
        {
            await ana.Composer.PressAsync("Enter");
        }

        await Assertions.Expect(ana.Bubble("typed while it was away")).ToHaveCountAsync(1);
        await Assertions.Expect(jonas.Bubble("typed while it was away").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Single(await console.Simulator.ChatAsync(customer), said => said.ToString().Contains("typed while it was away", StringComparison.Ordinal));
        await ana.AssertNeverReloadedAsync();
    }

    /// <summary>The page goes before it hears that the message went: its storage still holds the text.</summary>
    [Fact]
    public async Task A_text_whose_answer_a_reload_cut_off_goes_once_however_often_it_is_sent()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Karin Lund", "+4526123403");
        await console.Simulator.WriteAsync(customer, "When?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Karin Lund");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.EvaluateAsync("Storage.prototype.removeItem = () => {}");
        await ana.ReplyAsync("On Thursday");
        await Assertions.Expect(ana.Bubble("On Thursday")).ToHaveCountAsync(1);
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");

        await ana.Page.ReloadAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("On Thursday");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Composer.PressAsync("Enter");
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        await ana.ReplyAsync("On Thursday");

        await Assertions.Expect(ana.Bubble("On Thursday")).ToHaveCountAsync(2);
        await Until.TrueAsync(
            async () => (await console.Simulator.ChatAsync(customer)).Count(said => said.ToString().Contains("On Thursday", StringComparison.Ordinal)) == 2,
            "what was sent twice on purpose");
    }

    /// <summary>A colleague answered meanwhile: the reply waits once, beside theirs, or goes at once.</summary>
    private static async Task<bool> HeldAsync(Screen ana)
    {
        var held = ana.Page.Locator("[data-held]");
        await Assertions.Expect(held.Or(ana.Bubble("typed while it was away")).First).ToBeVisibleAsync();
        await UntilAnsweredAsync(ana);
        return await held.CountAsync() > 0;
    }

    /// <summary>The box takes no second Enter before the first was answered, or was lost with the connection.</summary>
    private static Task UntilAnsweredAsync(Screen ana) => Assertions.Expect(ana.Page.Locator(".composer[data-sending]")).ToHaveCountAsync(0);
}
