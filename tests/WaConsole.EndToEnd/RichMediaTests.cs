using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>Pictures and sounds in a real browser.</summary>
public sealed class RichMediaTests(Stages stages)
{
    [Fact]
    public async Task Pictures_are_an_album_walked_by_keyboard_and_sounds_play_one_at_a_time()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Runa Falk", "+4791234511");
        foreach (object message in new object[] { new { type = "image", caption = "Both heels" }, new { type = "image" }, new { type = "video" }, new { type = "voice" }, new { type = "audio" } })
        {
            await console.Simulator.SendAsync(customer, message);
        }

        await ana.OpenAsync("Runa Falk");
        await WalkAsync(ana, "ArrowRight", "ArrowLeft");
        await ana.Page.EvaluateAsync("document.documentElement.dir = 'rtl'");
        await WalkAsync(ana, "ArrowLeft", "ArrowRight");
        await ana.Page.EvaluateAsync("document.documentElement.dir = 'ltr'");
        await PlayAsync(ana);
        await ana.AssertNeverReloadedAsync();
    }

    private static async Task WalkAsync(Screen ana, string forward, string back)
    {
        var pictures = ana.Thread.Locator(".line-album button[data-lightbox]");
        await Assertions.Expect(pictures).ToHaveCountAsync(3);
        var dialog = ana.Page.Locator("dialog.lightbox[data-ready]");
        await Assertions.Expect(dialog).ToBeAttachedAsync();
        await pictures.First.FocusAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("1 of 3");
        await Assertions.Expect(dialog.Locator("[data-lightbox-words]")).ToHaveTextAsync("Both heels");
        var result = await ana.Page.RunAxe(AccessibilityTests.Rules);
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.SelectMany(v => v.Nodes.Select(node => $"{v.Id}: {node.Html}"))));

        await ana.Page.Keyboard.PressAsync(forward);
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("2 of 3");
        await ana.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(dialog.Locator("video")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync(back);
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("2 of 3");
        await Assertions.Expect(dialog.Locator("[data-lightbox-stage] img")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(pictures.First).ToBeFocusedAsync();
    }

    private static async Task PlayAsync(Screen ana)
    {
        var players = ana.Thread.Locator(".sound[data-ready]");
        await Assertions.Expect(players).ToHaveCountAsync(2);
        await players.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Playing speed" }).ClickAsync();
        await Assertions.Expect(players.Nth(1).Locator("[data-speed]")).ToHaveTextAsync("1.5×");

        await players.Nth(0).Locator("[data-play]").ClickAsync();
        await ana.Page.WaitForFunctionAsync("() => document.querySelectorAll('.sound audio')[0].played.length > 0");
        await players.Nth(1).Locator("[data-play]").ClickAsync();
        await ana.Page.WaitForFunctionAsync("() => document.querySelectorAll('.sound audio')[1].played.length > 0");
        await Assertions.Expect(players.Nth(0)).Not.ToHaveAttributeAsync("data-playing", "");
        Assert.True(await ana.Page.EvaluateAsync<bool>("document.querySelectorAll('.sound audio')[1].playbackRate === 1.5"));
    }
}
