using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.EndToEnd.Fixtures;

namespace WaConsole.EndToEnd;

/// <summary>How consent comes in: the public page on a phone, a QR code's text, a question by template, and what looks like a stop.</summary>
public sealed class CaptureTests(Stages stages)
{
    private const string Words = "I agree that Alder & Oak sends me offers by WhatsApp. Answer STOP to end them. https://example.com/privacy";

    [Fact]
    public async Task A_visitor_with_a_phone_finds_the_page_in_order_and_is_opted_in_by_it()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await PageAsync(admin, "phone-page");
        await using var visitor = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844));

        await visitor.Page.GotoAsync("/opt-in/phone-page");
        await Assertions.Expect(visitor.Page.Locator("main")).ToMatchAriaSnapshotAsync(
            """
            - main:
              - heading "Hear from Alder & Oak on WhatsApp" [level=1]
              - combobox "Country"
              - textbox "WhatsApp number"
              - checkbox /I agree that Alder & Oak sends me offers by WhatsApp/
              - link "https://example.com/privacy"
              - button "Agree"
              - paragraph:
                - link "Send a message in WhatsApp"
              - paragraph:
                - link "Stop messages"
            """);
        Assert.False(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await Accessible.CheckAsync(visitor.Page);
        await visitor.Page.GetByLabel("Country").SelectOptionAsync("DE");
        await visitor.Page.GetByLabel("WhatsApp number").FillAsync("0151 12345671");
        await visitor.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await OldEnoughAsync(visitor.Page);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await Accessible.CheckAsync(visitor.Page);
        Assert.Empty(await visitor.CookiesAsync());
        await StandsAsync(admin, "+49 1511 2345671", "Opted in");
    }

    [Fact]
    public async Task The_text_behind_a_QR_code_opts_in_when_it_arrives()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await PageAsync(admin, "qr-page");
        await admin.Page.Locator("[data-page=qr-page] [data-codes]").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("img.qr")).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page);
        var text = await admin.Page.Locator("[data-ready]").InnerTextAsync();
        var customer = await console.Simulator.MakeCustomerAsync("Quirin Scan", "+4915112345672");

        await console.Simulator.WriteAsync(customer, text);

        await StandsAsync(admin, "Quirin Scan", "Opted in");
    }

    [Fact]
    public async Task Who_agrees_on_a_page_that_confirms_is_asked_in_WhatsApp_and_in_after_their_yes()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await PageAsync(admin, "twice-page", "how_were_we");
        var customer = await console.Simulator.MakeCustomerAsync("Dora Twice", "+4915112345673");
        await console.Simulator.WriteAsync(customer, "Hello");
        await using var visitor = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844));
        await visitor.Page.GotoAsync("/opt-in/twice-page");
        await visitor.Page.GetByLabel("Country").SelectOptionAsync("DE");
        await visitor.Page.GetByLabel("WhatsApp number").FillAsync("0151 12345673");
        await visitor.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await OldEnoughAsync(visitor.Page);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("Look into WhatsApp")).ToBeVisibleAsync();
        await StandsAsync(admin, "Dora Twice", "Waiting for confirmation");

        await using var holder = await (await stages.BrowserAsync()).OpenAsync(console);
        await holder.SignInAsync("ana");
        var phone = await Phone.OpenAsync(holder, customer, "Dora Twice");
        await phone.Handset.GetByRole(AriaRole.Button, new() { Name = "All well", Exact = true }).ClickAsync();

        await StandsAsync(admin, "Dora Twice", "Opted in");
    }

    [Fact]
    public async Task What_looks_like_a_stop_appears_on_the_list_and_is_decided_there()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await admin.Page.GotoAsync("/opt-ins/review");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var customer = await console.Simulator.MakeCustomerAsync("Rena Viewer", "+4915112345674");

        await console.Simulator.WriteAsync(customer, "Please take me off this list");

        var line = admin.Page.Locator(".review-line", new() { HasText = "Rena Viewer" });
        await Assertions.Expect(line).ToContainTextAsync("Please take me off this list");
        await Accessible.CheckAsync(admin.Page);
        await line.GetByRole(AriaRole.Link, new() { Name = "Rena Viewer" }).ClickAsync();
        await admin.Page.Locator(".activity").GetByRole(AriaRole.Link, new() { Name = "Possible opt-outs" }).ClickAsync();
        await line.Locator("[data-is-stop]").ClickAsync();
        await Assertions.Expect(line).ToHaveCountAsync(0);
        await StandsAsync(admin, "Rena Viewer", "Opted out");
    }

    private async Task<Screen> AdminAsync(RunningConsole console)
    {
        var admin = await (await stages.BrowserAsync()).OpenAsync(console);
        await admin.SignInAsync("admin");
        return admin;
    }

    /// <summary>Words and a page of its own, made and published on the screens.</summary>
    private static async Task PageAsync(Screen admin, string slug, string? template = null)
    {
        await admin.Page.GotoAsync("/opt-ins/wordings");
        await admin.Page.Locator("[data-new-wording]").ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name for your team").FillAsync($"Words of {slug}");
        await dialog.GetByLabel("Business name shown").FillAsync("Alder & Oak");
        await dialog.Locator("textarea").FillAsync(Words);
        await dialog.Locator("[data-publish]").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Accessible.CheckAsync(admin.Page);

        await admin.Page.GotoAsync("/opt-ins/pages");
        await admin.Page.Locator("[data-new-page]").ClickAsync();
        await dialog.GetByLabel("Name for your team").FillAsync($"Page {slug}");
        await dialog.GetByLabel("End of the address").FillAsync(slug);
        await dialog.GetByLabel("Wording").SelectOptionAsync(new SelectOptionValue { Label = $"Words of {slug}" });
        if (template is not null)
        {
            await dialog.Locator("[data-ask-template]").SelectOptionAsync(template);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await admin.Page.Locator($"[data-page={slug}] [data-publish-page]").ClickAsync();
        await Assertions.Expect(admin.Page.Locator($"[data-page={slug}]")).ToContainTextAsync("Published");
        await Accessible.CheckAsync(admin.Page);
    }

    private static async Task StandsAsync(Screen admin, string who, string standing)
    {
        await admin.Page.GotoAsync("/opt-ins");
        await Assertions.Expect(admin.Page.Locator("tr", new() { HasText = who })).ToContainTextAsync(standing);
    }

    /// <summary>A form that is sent faster than anybody can read it is not taken.</summary>
    private static Task OldEnoughAsync(IPage page) => page.WaitForFunctionAsync("() => performance.now() > 2500");
}
