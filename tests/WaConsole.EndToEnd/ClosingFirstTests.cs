using Microsoft.Playwright;

namespace WaConsole.EndToEnd;

/// <summary>The list in the order in which the windows close, and narrowed to those that close soon or have closed.</summary>
public sealed class ClosingFirstTests(Stages stages)
{
    [Fact]
    public async Task Who_can_be_answered_for_the_shortest_time_stands_first_and_moves_down_with_a_new_message()
    {
        await using var console = await RunningConsole.StartAsync();
        var gone = await WriteAsync(console, "Siv Gone", "+4740559401");
        await console.Simulator.AdvanceAsync("PT3H");
        var soon = await WriteAsync(console, "Siv Soon", "+4740559402");
        await console.Simulator.AdvanceAsync("PT12H");
        await WriteAsync(console, "Siv Later", "+4740559403");
        await console.Simulator.AdvanceAsync("PT9H");
        await WriteAsync(console, "Siv Fresh", "+4740559404");
        await console.Simulator.AdvanceAsync("PT1H");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");

        await ChooseAsync(ana, "Window closing first");
        await OrderAsync(ana, "Siv Soon", "Siv Later", "Siv Fresh", "Siv Gone");
        await Assertions.Expect(ana.Row("Siv Soon").Locator(".ring")).ToHaveTextAsync("2 h");
        await Assertions.Expect(ana.Row("Siv Gone").Locator(".ring")).ToHaveTextAsync("Closed");
        await ChooseAsync(jonas, "Closed windows only");
        await OrderAsync(jonas, "Siv Gone");
        await ChooseAsync(jonas, "Open windows only, closing first");
        await OrderAsync(jonas, "Siv Soon", "Siv Later", "Siv Fresh");
        await ChooseAsync(jonas, "Closing in under 4 hours only");
        await OrderAsync(jonas, "Siv Soon");

        await console.Simulator.WriteAsync(soon, "Still there?");
        await OrderAsync(ana, "Siv Later", "Siv Fresh", "Siv Soon", "Siv Gone");
        await Assertions.Expect(jonas.Rows.Locator(".empty")).ToBeVisibleAsync();
        await console.Simulator.AdvanceAsync("PT1M");
        await console.Simulator.WriteAsync(gone, "Hello again");
        await Assertions.Expect(ana.Row("Siv Gone").Locator(".ring")).ToHaveTextAsync("24 h");
        await OrderAsync(ana, "Siv Later", "Siv Fresh", "Siv Soon", "Siv Gone");

        await console.Simulator.AdvanceAsync("PT11H");
        await OrderAsync(jonas, "Siv Later");
        await console.Simulator.AdvanceAsync("PT4H");
        await OrderAsync(ana, "Siv Fresh", "Siv Soon", "Siv Gone", "Siv Later");
        await ana.AssertNeverReloadedAsync();
        await jonas.AssertNeverReloadedAsync();
    }

    private static async Task<string> WriteAsync(RunningConsole console, string name, string phone)
    {
        var customer = await console.Simulator.MakeCustomerAsync(name, phone);
        await console.Simulator.WriteAsync(customer, $"Hello from {name}");
        await console.ConversationWithAsync(phone[1..]);
        return customer;
    }

    private static Task ChooseAsync(Screen screen, string order) =>
        screen.Page.GetByLabel("Order", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = order });

    /// <summary>Exactly these rows, from the top.</summary>
    private static Task OrderAsync(Screen screen, params string[] names) =>
        Assertions.Expect(screen.Rows.GetByRole(AriaRole.Link).Locator(".row-name")).ToHaveTextAsync(names);
}
