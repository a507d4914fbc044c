using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>axe-core on the pages of the main path, in both themes and from right to left.</summary>
public sealed class AccessibilityTests(Stages stages)
{
    [Fact]
    public async Task Sign_in_has_no_violation()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var screen = await (await stages.BrowserAsync()).OpenAsync(console);
        await screen.Page.GotoAsync("/account/sign-in");
        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Accessible.CheckAsync(screen.Page, Themes.Both);
    }

    [Theory]
    [InlineData(Themes.Both, 1440)]
    [InlineData(Themes.Light, 390)]
    public async Task The_inbox_has_no_violation(Themes themes, int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var name = $"Ella Vik {width}";
        var customer = await console.Simulator.MakeCustomerAsync(name, $"+4670{width}211");
        await console.Simulator.SendAsync(customer, new { type = "image", caption = "The *left* one" });
        await console.Simulator.WriteAsync(customer, "Can you see the crack?");
        await using var ana = await stages.InboxAsync(console, "ana", new ScreenOptions(width, 900));
        await ana.OpenAsync(name);
        await Assertions.Expect(ana.Bubble("The left one").Locator("img").First).ToBeVisibleAsync();
        await ana.ReplyAsync("Yes, we see it.");
        await Assertions.Expect(ana.Bubble("Yes, we see it.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await Accessible.CheckAsync(ana.Page, themes);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task From_right_to_left_the_inbox_and_the_settings_have_no_violation(int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var name = $"ليلى حداد {width}";
        var customer = await console.Simulator.MakeCustomerAsync(name, $"+9665{width}2255");
        await console.Simulator.WriteAsync(customer, "هل وصل طلبي رقم 4711؟");
        await using var admin = await stages.OpenAsync(console, "admin", new ScreenOptions(width, 900, Locale: "ar-SA"));
        await admin.Page.GotoAsync("/inbox?tab=all");
        await admin.Page.Locator(".row", new() { HasText = name }).First.ClickAsync();
        await Assertions.Expect(admin.Page.Locator("h2", new() { HasText = name })).ToBeVisibleAsync();
        await Assertions.Expect(admin.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        Assert.Equal("rtl", await admin.Page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        Assert.True(await admin.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
        await Accessible.CheckAsync(admin.Page);

        await admin.Page.GotoAsync("/settings/team");
        await Assertions.Expect(admin.Page.Locator("table")).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page);
    }

    [Fact]
    public async Task The_simulators_phone_has_no_violation()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Phone Owner", "+46701234571");
        await console.Simulator.WriteAsync(customer, "A line on the phone");
        await using var ana = await stages.OpenAsync(console, "ana");
        await ana.Page.GotoAsync("/simulator");
        await ana.Page.GetByRole(AriaRole.Main).GetByText("Phone Owner").First.ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Main).GetByText("A line on the phone").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(ana.Page);
    }
}
