using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>The dialogs and pages around the inbox, used and looked at by axe-core in light, dark and from right to left.</summary>
public sealed class DialogTests(Stages stages)
{
    [Theory]
    [InlineData(Themes.Both, "en-GB", 1440)]
    [InlineData(Themes.Light, "ar-SA", 1440)]
    [InlineData(Themes.Dark, "ar-SA", 390)]
    public async Task The_dialogs_of_the_composer_have_no_violation(Themes themes, string locale, int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var name = $"Pernille {locale} {width}";
        var customer = await console.Simulator.MakeCustomerAsync(name, $"+4526{width:D4}1{(locale == "ar-SA" ? 3 : 4)}7");
        await console.Simulator.WriteAsync(customer, "Which colour do you have?");
        await using var ana = await OpenAsync(console, "ana", locale, width);
        await ana.Page.GotoAsync("/inbox?tab=all");
        await ana.Page.Locator(".row", new() { HasText = name }).First.ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();

        await ana.Page.Locator("[data-interactive]").ClickAsync();
        var dialog = ana.Page.Locator("dialog.interactive-dialog[open]");
        var kinds = dialog.Locator("input[name='interactive-kind']");
        await Assertions.Expect(kinds).ToHaveCountAsync(8);
        for (var kind = 0; kind < 8; kind++)
        {
            await ChooseKindAsync(dialog, kinds.Nth(kind));
            await Assertions.Expect(dialog.Locator(".template-wait")).ToHaveCountAsync(0);
            await Assertions.Expect(dialog.Locator(".template-preview .bubble")).Not.ToBeEmptyAsync();

            // What lies behind is the same for each.
            await Accessible.CheckAsync(kind == 0 ? ana.Page.Locator(":root") : dialog, themes);
        }

        await ChooseKindAsync(dialog, kinds.First);
        await dialog.Locator("textarea").First.FillAsync("Which one?");
        await Assertions.Expect(dialog.Locator(".template-preview")).ToContainTextAsync("Which one?");
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await ana.Page.Locator("[data-library]").ClickAsync();
        await Assertions.Expect(ana.Page.Locator("dialog[open] .library")).ToBeVisibleAsync();
        await Accessible.CheckAsync(ana.Page, themes);
        await ana.Page.Locator("dialog[open] .library-tabs button").Last.ClickAsync();
        await ana.Page.Locator("dialog[open] [data-file]").SetInputFilesAsync(StudioHand.File("thank-you.webp"));
        await Assertions.Expect(ana.Page.Locator("dialog[open] .library-stickers .library-acts").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(ana.Page, themes);
    }

    [Theory]
    [InlineData(Themes.Both, "en-GB")]
    [InlineData(Themes.Dark, "ar-SA")]
    public async Task Found_rows_canned_replies_opening_hours_and_guides_have_no_violation(Themes themes, string locale)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync($"Rikke {locale}", $"+452611{(locale == "ar-SA" ? 3 : 4)}0555");
        await console.Simulator.WriteAsync(customer, "The turquoise saddle");
        await using var admin = await OpenAsync(console, "admin", locale, 1440);

        await admin.Page.GotoAsync("/inbox?tab=all&status=all&q=turquoise");
        await Assertions.Expect(admin.Page.Locator(".row-found mark").First).ToBeVisibleAsync();
        await Assertions.Expect(admin.Page.Locator(".filters input[type='date']")).ToHaveCountAsync(2);
        await Accessible.CheckAsync(admin.Page, themes);

        await admin.Page.GotoAsync("/settings/replies");
        await admin.Page.Locator(".page-actions .btn.pri").ClickAsync();
        await Assertions.Expect(admin.Page.Locator(".canned-form[data-ready]")).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page, themes);

        await admin.Page.GotoAsync("/settings/numbers");
        await admin.Page.Locator("[data-hours]").First.ClickAsync();
        await Assertions.Expect(admin.Page.Locator("dialog[open] input").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page, themes);

        await admin.Page.GotoAsync("/guide/agents");
        await Assertions.Expect(admin.Page.Locator(".guide h1")).ToBeVisibleAsync();
        await Accessible.CheckAsync(admin.Page, themes);
    }

    [Fact]
    public async Task A_question_with_buttons_is_composed_tapped_on_the_phone_and_its_answer_quotes_it()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Signe Bak", "+4526990011");
        await console.Simulator.WriteAsync(customer, "Can you mend them?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Signe Bak");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.Locator("[data-interactive]").ClickAsync();
        var dialog = ana.Page.Locator("dialog.interactive-dialog[open]");
        var preview = dialog.Locator(".template-preview");
        await Assertions.Expect(preview).ToContainTextAsync("‹Your message›");
        await Assertions.Expect(dialog.Locator("[data-send-interactive]")).ToBeDisabledAsync();

        await dialog.Locator("[data-field='body']").FillAsync("Which day suits you?");
        await dialog.Locator("[data-field='options.0.title']").FillAsync("Friday");
        await Assertions.Expect(preview).ToContainTextAsync("Friday");
        await Assertions.Expect(preview).Not.ToContainTextAsync("‹");
        await dialog.Locator("[data-send-interactive]").ClickAsync();
        await Assertions.Expect(ana.Bubble("Which day suits you?").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();

        var asked = (await console.Simulator.ChatAsync(customer)).Single(line => line.ToString().Contains("Which day suits you?", StringComparison.Ordinal));
        await console.Simulator.TapAsync(customer, asked.GetProperty("id").GetString()!, "Friday");
        await Assertions.Expect(ana.Thread.Locator(".line-in").Last).ToContainTextAsync("Friday");
        await Assertions.Expect(ana.Thread.Locator(".line-in").Last).ToContainTextAsync("Which day suits you?");
    }

    [Fact]
    public async Task Every_other_question_and_suggestion_is_composed_with_its_preview_and_reaches_the_phone_and_an_order_comes_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Lene Bak", "+4915112345631");
        await console.Simulator.WriteAsync(customer, "What do you have?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Lene Bak");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        foreach (var (kind, body, fields, products) in ((string, string, (string, string)[], int)[])
        [
            ("List", "When suits you?", [("label", "Days"), ("groups.0.options.0.title", "Wednesday")], 0),
            ("Link", "Follow the parcel", [("label", "Track it"), ("url", "https://alder-oak.example/t")], 0),
            ("LocationRequest", "Where shall we fetch them?", [], 0),
            ("ContactRequest", "May we have your number?", [], 0),
            ("Product", "For the care", [], 1),
            ("ProductList", "Our picks for you", [("head", "Shoes"), ("groups.0.title", "Boots")], 2),
            ("Catalogue", "All we make", [], 0),
        ])
        {
            await ana.Page.Locator("[data-interactive]").ClickAsync();
            var dialog = ana.Page.Locator("dialog.interactive-dialog[open]");
            await dialog.Locator($"input[name='interactive-kind'][value='{kind}']").CheckAsync();
            await dialog.Locator("[data-field='body']").FillAsync(body);
            foreach (var (field, text) in fields)
            {
                await dialog.Locator($"[data-field='{field}']").FillAsync(text);
            }

            for (var product = 0; product < products; product++)
            {
                await dialog.Locator(".product-row:enabled[aria-pressed='false']").First.ClickAsync();
                await Assertions.Expect(dialog.Locator(".product-row[aria-pressed='true']")).ToHaveCountAsync(product + 1);
            }

            await Assertions.Expect(dialog.Locator(".template-preview")).ToContainTextAsync(body);
            await dialog.Locator("[data-send-interactive]").ClickAsync();
            await Assertions.Expect(dialog).ToHaveCountAsync(0);
            await Assertions.Expect(ana.Bubble(body).GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        }

        await console.Simulator.SendAsync(customer, new { type = "order", items = new[] { new { productId = "WAX-SET", quantity = 2, price = 14.5, currency = "EUR" } } });
        await Assertions.Expect(ana.Bubble("Order of 2 items")).ToContainTextAsync("29.00 EUR");
        await Assertions.Expect(ana.Page.Locator(".panel [data-orders]")).ToContainTextAsync("29.00 EUR");
        await Assertions.Expect(ana.Page.Locator(".panel [data-cost]")).ToHaveTextAsync("free of charge");
    }

    [Fact]
    public async Task The_guide_opens_from_the_sheet_of_keys_with_its_pictures_and_each_role_gets_its_own()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        await Assertions.Expect(ana.Page.Locator("html[data-single-keys]")).ToBeAttachedAsync();
        await ana.Page.Keyboard.PressAsync("?");
        var guide = await ana.Page.Context.RunAndWaitForPageAsync(() =>
            ana.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).GetByRole(AriaRole.Link, new() { Name = "Read the guide" }).ClickAsync());
        await Assertions.Expect(guide.GetByRole(AriaRole.Heading, new() { Name = "For agents", Level = 1 })).ToBeVisibleAsync();
        var picture = guide.Locator(".guide img").First;
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await guide.WaitForFunctionAsync("() => document.querySelector('.guide img').naturalWidth > 0");

        await guide.Locator(".page-tabs").GetByRole(AriaRole.Link, new() { Name = "For admins" }).ClickAsync();
        await Assertions.Expect(guide.GetByRole(AriaRole.Heading, new() { Name = "For admins", Level = 1 })).ToBeVisibleAsync();
        await guide.Locator(".guide").GetByRole(AriaRole.Link, new() { Name = "security.md" }).ClickAsync();
        await Assertions.Expect(guide).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/guide/security$"));
        await Assertions.Expect(guide.Locator(".guide h1")).ToBeVisibleAsync();

        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/guide");
        await Assertions.Expect(mira.Page.GetByRole(AriaRole.Heading, new() { Name = "For marketing staff", Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Until what the kind is for is said: the drawing of one that was chosen before would take the mark back.</summary>
    private static async Task ChooseKindAsync(ILocator dialog, ILocator kind)
    {
        if (await kind.IsCheckedAsync())
        {
            return;
        }

        var about = dialog.Locator(".kinds + .hint");
        var before = await about.InnerTextAsync();
        await kind.CheckAsync();
        await Assertions.Expect(about).Not.ToHaveTextAsync(before);
    }

    private async Task<Screen> OpenAsync(RunningConsole console, string who, string locale, int width)
    {
        var screen = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(width, Locale: locale));
        await screen.SignInAsync(who);
        return screen;
    }
}
