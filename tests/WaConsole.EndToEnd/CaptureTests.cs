using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
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
        var link = new Uri(await ScannedCode.ReadAsync(admin.Page.Locator("img.qr")));
        Assert.Equal("wa.me", link.Host);
        var text = QueryHelpers.ParseQuery(link.Query)["text"].ToString();
        Assert.Equal(await admin.Page.Locator("[data-ready]").InnerTextAsync(), text);
        var customer = await console.Simulator.MakeCustomerAsync("Quirin Scan", "+4915112345672");

        await console.Simulator.WriteAsync(customer, text);

        await StandsAsync(admin, "Quirin Scan", "Opted in");
    }

    [Fact]
    public async Task The_form_is_taken_inside_the_page_of_a_shop_that_may_and_shown_in_no_other()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await using var shop = await ShopAsync($"{console.Address}opt-in/shop-page");
        var port = new Uri(shop.Urls.Single()).Port;
        await PageAsync(admin, "shop-page", origins: $"http://localhost:{port}");
        await using var visitor = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844));

        await visitor.Page.GotoAsync($"http://localhost:{port}/");
        var form = visitor.Page.FrameLocator("iframe");
        await form.GetByLabel("Country").SelectOptionAsync("DE");
        await form.GetByLabel("WhatsApp number").FillAsync("0151 12345679");
        await form.GetByRole(AriaRole.Checkbox).CheckAsync();
        await OldEnoughAsync(visitor.Page.Frames[^1]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await StandsAsync(admin, "+49 1511 2345679", "Opted in");

        visitor.Expected.Add("frame-ancestors");
        visitor.Expected.Add("chrome-error");
        var refused = visitor.Page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await visitor.Page.GotoAsync($"http://127.0.0.1:{port}/");
        await refused;
        await Assertions.Expect(form.GetByLabel("WhatsApp number")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Leaving_and_being_told_to_wait_have_no_violation()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var admin = await AdminAsync(console);
        await admin.Page.GotoAsync("/opt-ins/stop-reply");
        await Assertions.Expect(admin.Page.Locator("main textarea").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page);

        await using var english = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844));
        await LeaveAsync(admin, english, "en", person: 0);
        await using var arab = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844, Dark: true));
        await LeaveAsync(admin, arab, "ar", person: 1);

        var told = 0;
        while (told != 429)
        {
            told = (await english.Page.APIRequest.PostAsync("/opt-out", new() { Form = english.Page.APIRequest.CreateFormData().Set("phone", "12") })).Status;
        }

        await ToldToWaitAsync(english, "en");
        await ToldToWaitAsync(arab, "ar");
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

        await using var holder = await stages.OpenAsync(console, "ana");
        var phone = await Phone.OpenAsync(holder, customer, "Dora Twice");
        await phone.Handset.GetByRole(AriaRole.Button, new() { Name = "All well", Exact = true }).ClickAsync();

        await StandsAsync(admin, "Dora Twice", "Opted in");
    }

    [Fact]
    public async Task Somebody_who_never_wrote_gets_one_question_from_the_page_and_is_in_after_their_yes()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        await PageAsync(admin, "silent-page", "how_were_we");
        var customer = await console.Simulator.MakeCustomerAsync("Nora Silent", "+4915112345675");
        await using var visitor = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(390, 844));
        for (var time = 1; time <= 2; time++)
        {
            await visitor.Page.GotoAsync("/opt-in/silent-page");
            await visitor.Page.GetByLabel("Country").SelectOptionAsync("DE");
            await visitor.Page.GetByLabel("WhatsApp number").FillAsync("0151 12345675");
            await visitor.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
            await OldEnoughAsync(visitor.Page);
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
            await Assertions.Expect(visitor.Page.GetByText("Look into WhatsApp")).ToBeVisibleAsync();
        }

        await using var holder = await stages.OpenAsync(console, "ana");
        var phone = await Phone.OpenAsync(holder, customer, "Nora Silent");
        var yes = phone.Handset.GetByRole(AriaRole.Button, new() { Name = "All well", Exact = true });
        await Assertions.Expect(yes).ToBeVisibleAsync();
        await Assertions.Expect(phone.Handset.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await StandsAsync(admin, "+49 1511 2345675", "Waiting for confirmation");
        await yes.ClickAsync();

        await StandsAsync(admin, "Nora Silent", "Opted in");
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

    /// <summary>By number, and by the address of one person's own.</summary>
    private static async Task LeaveAsync(Screen admin, Screen visitor, string language, int person)
    {
        await visitor.Page.GotoAsync($"/opt-out?lang={language}");
        await Accessible.CheckAsync(visitor.Page);
        await visitor.Page.Locator("[name=country]").SelectOptionAsync("DE");
        await visitor.Page.Locator("[name=phone]").FillAsync($"0151 1234568{person}");
        await OldEnoughAsync(visitor.Page);
        await visitor.Page.Locator("form button").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await admin.Page.GotoAsync("/opt-ins");
        await admin.Page.Locator("tbody tr a").Nth(person).ClickAsync();
        var own = new Uri(await admin.Page.Locator("[data-opt-out-link] input").InputValueAsync());
        await visitor.Page.GotoAsync($"{own.AbsolutePath}?lang={language}");
        await Accessible.CheckAsync(visitor.Page);
        await visitor.Page.Locator("form button").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Accessible.CheckAsync(visitor.Page);
    }

    private static async Task ToldToWaitAsync(Screen visitor, string language)
    {
        visitor.Expected.Add("429");
        await visitor.Page.GotoAsync($"/opt-out?lang={language}");
        await visitor.Page.Locator("[name=country]").SelectOptionAsync("DE");
        await visitor.Page.Locator("[name=phone]").FillAsync("0151 12345681");
        await visitor.Page.Locator("form button").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("form")).ToHaveCountAsync(0);
        await Accessible.CheckAsync(visitor.Page);
        Assert.False(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    /// <summary>Somebody else's site, by two names: the one and the other are two origins.</summary>
    private static async Task<WebApplication> ShopAsync(string framed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var shop = builder.Build();
        shop.MapGet("/", () => Results.Content($"<!doctype html><title>Shop</title><link rel='icon' href='data:,'><iframe title='Offers' src='{framed}' style='width:100%;height:700px'></iframe>", "text/html"));
        await shop.StartAsync(TestContext.Current.CancellationToken);
        return shop;
    }

    private async Task<Screen> AdminAsync(RunningConsole console)
    {
        var admin = await stages.OpenAsync(console, "admin");
        return admin;
    }

    /// <summary>Words and a page of its own, made and published on the screens.</summary>
    private static async Task PageAsync(Screen admin, string slug, string? template = null, string? origins = null)
    {
        await admin.Page.GotoAsync("/opt-ins/wordings");
        await admin.Page.Locator("[data-new-wording]").ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name for your team").FillAsync($"Words of {slug}");
        await dialog.GetByLabel("Business name shown").FillAsync("Alder & Oak");
        await dialog.Locator("textarea").FillAsync(Words);

        // What is lacking stands above the button, and moves it as it goes.
        await Assertions.Expect(dialog.Locator(".part-list li")).ToHaveCountAsync(0);
        await dialog.Locator("[data-publish]").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Accessible.CheckAsync(admin.Page);

        await admin.Page.GotoAsync("/opt-ins/pages");
        await admin.Page.Locator("[data-new-page]").ClickAsync();
        await dialog.GetByLabel("Name for your team").FillAsync($"Page {slug}");
        await dialog.GetByLabel("End of the address").FillAsync(slug);
        await dialog.GetByLabel("Wording").SelectOptionAsync(new SelectOptionValue { Label = $"Words of {slug}" });
        if (origins is not null)
        {
            await dialog.Locator("textarea").FillAsync(origins);
        }

        if (template is not null)
        {
            await dialog.Locator("[data-ask-template]").SelectOptionAsync(template);
            await Assertions.Expect(dialog.Locator("[data-asked=en] .template-preview")).ToBeVisibleAsync();
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

    private static Task OldEnoughAsync(IPage page) => OldEnoughAsync(page.MainFrame);

    /// <summary>A form that is sent faster than anybody can read it is not taken. It is as old as the answer that brought it, not as the wish for it.</summary>
    private static Task OldEnoughAsync(IFrame frame) => frame.WaitForFunctionAsync(
        "() => performance.now() > performance.getEntriesByType('navigation')[0].responseStart + 2100");
}
