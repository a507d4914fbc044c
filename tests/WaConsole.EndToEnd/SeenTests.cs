using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>A message counts as read when somebody can have read it.</summary>
public sealed class SeenTests(Stages stages)
{
    [Fact]
    public async Task What_comes_behind_another_window_stays_unread_until_somebody_is_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Runa Eik", "+4740558301");
        await console.Simulator.WriteAsync(customer, "Hello");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Runa Eik");
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(Unread(ana, "Runa Eik")).ToHaveCountAsync(0);

        await ana.Page.EvaluateAsync("() => { document.hasFocus = () => false; dispatchEvent(new Event('blur')); }");
        await console.Simulator.WriteAsync(customer, "Is somebody there?");
        await Assertions.Expect(ana.Bubble("Is somebody there?")).ToBeVisibleAsync();
        await Assertions.Expect(Unread(ana, "Runa Eik")).ToHaveTextAsync("1");

        await ana.Page.EvaluateAsync("() => { delete document.hasFocus; dispatchEvent(new Event('focus')); }");
        await Assertions.Expect(Unread(ana, "Runa Eik")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_stands_below_the_edge_stays_unread_until_it_is_scrolled_to_or_answered()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Runa Moe", "+4740558302"), ("Runa Sand", "+4740558303")])
        {
            var customer = await console.Simulator.MakeCustomerAsync(name, phone);
            foreach (var part in Enumerable.Range(1, 12))
            {
                await console.Simulator.WriteAsync(customer, string.Join('\n', Enumerable.Repeat($"Part {part} of a long story", 6)));
            }
        }

        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Runa Moe");
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(ana.Page.Locator("[data-unread]")).ToBeInViewportAsync();
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(Unread(ana, "Runa Moe")).ToHaveTextAsync("9+");
        await ana.Thread.EvaluateAsync("thread => { thread.scrollTop = thread.scrollHeight; }");
        await Assertions.Expect(Unread(ana, "Runa Moe")).ToHaveCountAsync(0);

        await ana.OpenAsync("Runa Sand");
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(Unread(ana, "Runa Sand")).ToHaveTextAsync("9+");
        await ana.ReplyAsync("I have read all of it");
        await Assertions.Expect(ana.Bubble("I have read all of it")).ToBeInViewportAsync();
        await Assertions.Expect(Unread(ana, "Runa Sand")).ToHaveCountAsync(0);
    }

    private static ILocator Unread(Screen ana, string name) => ana.Row(name).Locator(".badge[role=img]");
}
