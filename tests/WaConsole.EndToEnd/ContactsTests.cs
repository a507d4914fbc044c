using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>Labels and contacts as two people use them at the same time.</summary>
public sealed class ContactsTests(Stages stages)
{
    /// <summary>Set to keep the pictures, to look at them.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("WACONSOLE_TEST_CONTACT_PICTURES");

    [Fact]
    public async Task A_label_put_on_with_the_keyboard_shows_on_a_colleagues_screen_and_filters_the_list()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Signe Berg", "+46701239901"), ("Signe Dal", "+46701239902")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), "Hello from " + name);
        }

        await using var ana = await stages.OpenAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await ana.Page.GotoAsync("/contacts/labels");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "New label" }).ClickAsync();
        await ana.Page.GetByLabel("Name").FillAsync("Return");
        await ana.Page.GetByLabel("Amber").CheckAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("td .label")).ToHaveTextAsync("Return");
        await CheckAsync(ana.Page, Themes.Light, "labels");

        await ana.Page.GotoAsync("/inbox?tab=all");
        await ana.OpenAsync("Signe Berg");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.Locator("body").ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        await ana.Page.Keyboard.PressAsync("l");
        await ana.Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Return" }).PressAsync("Enter");

        await Assertions.Expect(jonas.Row("Signe Berg").Locator(".label")).ToHaveTextAsync("Return");
        await Assertions.Expect(ana.Page.Locator(".panel .label")).ToHaveTextAsync("Return");
        await Assertions.Expect(ana.Thread.GetByText("added the label Return")).ToBeVisibleAsync();
        await DrawAsync(ana.Page, "inbox-labels");
        await jonas.Page.GetByLabel("Label", new() { Exact = true }).SelectOptionAsync("Return");
        await Assertions.Expect(jonas.Row("Signe Dal")).ToHaveCountAsync(0);
        await Assertions.Expect(jonas.Row("Signe Berg")).ToBeVisibleAsync();
        await jonas.AssertNeverReloadedAsync();
    }

    [Theory]
    [InlineData(Themes.Both, 1440)]
    [InlineData(Themes.Light, 390)]
    public async Task Two_contacts_are_merged_and_parted_again(Themes themes, int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var family = $"Lund {width}";
        var end = $"{width}2";
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync($"Maja {family}", $"+46701{end}1"), "From the shop");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync($"Maja home {family}", $"+46701{end}2"), "From home");
        await using var ana = await stages.OpenAsync(console, "ana", new ScreenOptions(width));
        await ana.Page.GotoAsync("/contacts");

        // A page that opens gives the focus to its heading; keys typed before that would go there.
        await Assertions.Expect(ana.Page.Locator("h1")).ToBeFocusedAsync();
        await ana.Page.GetByLabel("Search names, numbers, usernames").PressSequentiallyAsync(family);

        // The search goes to an address of its own, which would lead back here from a page opened before.
        await Assertions.Expect(ana.Page).ToHaveURLAsync(new Regex($"q=Lund.*{width}$"));
        await Assertions.Expect(ana.Page.Locator(".contact-table tbody tr")).ToHaveCountAsync(2);
        await CheckAsync(ana.Page, themes, $"contacts-{width}");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = $"Maja {family}" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = $"Maja {family}", Level = 1 })).ToBeVisibleAsync();

        await ana.Page.GetByLabel("Write a note").FillAsync("Wants the walnut table in spring.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".note-text")).ToHaveTextAsync("Wants the walnut table in spring.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await ana.Page.GetByLabel("Who is the same person?").FillAsync($"home {family}");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.Locator(".pick").ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".merge-list")).ToContainTextAsync("Conversations that move over: 1, of which 1 join");
        await CheckAsync(ana.Page, themes, $"merge-{width}");
        await ana.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText($"Merged with Maja home {family}")).ToBeVisibleAsync();
        await CheckAsync(ana.Page, themes, $"contact-{width}");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("Merged with")).ToHaveCountAsync(0);

        await ana.Page.GotoAsync($"/contacts?q={Uri.EscapeDataString(family)}");
        await Assertions.Expect(ana.Page.Locator(".contact-table tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Marketing_staff_read_and_export_contacts_and_change_none()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.ReceiveAsync("46701239911", "Tuvalie Ek", "Hello");
        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/contacts?q=Tuvalie");
        await Assertions.Expect(mira.Page.Locator(".contact-table tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Add a contact" })).ToHaveCountAsync(0);

        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var download = await mira.Page.RunAndWaitForDownloadAsync(() => mira.Page.GetByRole(AriaRole.Menuitem, new() { Name = "As CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        using var file = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains("Tuvalie Ek", await file.ReadToEndAsync(), StringComparison.Ordinal);

        await mira.Page.GetByRole(AriaRole.Link, new() { Name = "Tuvalie Ek" }).ClickAsync();
        await Assertions.Expect(mira.Page.GetByRole(AriaRole.Heading, new() { Name = "Tuvalie Ek", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Merge" })).ToHaveCountAsync(0);
        await Assertions.Expect(mira.Page.GetByText("Notes about this person")).ToHaveCountAsync(0);
    }

    private static Task CheckAsync(IPage page, Themes themes, string name) => Accessible.InThemesAsync(page, themes, async theme =>
    {
        await DrawAsync(page, $"{name}-{theme}");
        await Accessible.CheckAsync(page, $"{name} {theme}");
    });

    private static async Task DrawAsync(IPage page, string name)
    {
        if (Pictures is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
