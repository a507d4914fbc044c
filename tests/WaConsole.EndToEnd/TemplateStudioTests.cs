using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>Templates as marketing staff make them: composed in a real browser, saved as they are typed.</summary>
public sealed class TemplateStudioTests(Stages stages)
{
    [Theory]
    [InlineData(Themes.Both, 1440, "en-GB")]
    [InlineData(Themes.Light, 390, "en-GB")]
    [InlineData(Themes.Light, 1440, "ar")]
    public async Task List_beginning_and_studio_have_no_violation(Themes themes, int width, string language)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira", new ScreenOptions(width, 900, Locale: language));
        await mira.Page.GotoAsync("/templates");
        await Assertions.Expect(mira.Page.Locator(".templates tbody tr").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(mira.Page, themes);
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator("[data-start=Cards]").WaitForAsync();
        await Accessible.CheckAsync(mira.Page, themes);
        await mira.Page.Locator("[data-start=Cards]").ClickAsync();
        await ReadyAsync(mira.Page);
        await mira.Page.Locator("[data-path=body]").FillAsync("Two pairs for {{first_name}}");
        await Assertions.Expect(mira.Page.Locator("[data-path='body.samples.first_name']")).ToBeVisibleAsync();
        await Accessible.CheckAsync(mira.Page, themes);
    }

    [Fact]
    public async Task A_template_is_composed_with_the_keyboard_alone_and_nothing_typed_is_lost()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator("[data-start=Utility]").PressAsync("Enter");
        await ReadyAsync(mira.Page);
        await mira.Page.Locator("[data-path=name]").FocusAsync();
        var keys = mira.Page.Keyboard;
        await keys.TypeAsync("shoes_ready_by_keyboard");
        await TabToAsync(mira.Page, "body");
        await keys.TypeAsync("Hello {{first_name}}, your shoes are ready. We are open until six in the evening.");
        await Assertions.Expect(mira.Page.Locator("[data-path='body.samples.first_name']")).ToBeVisibleAsync();
        await TabToAsync(mira.Page, "body.samples.first_name");
        await keys.TypeAsync("Ines");
        await Assertions.Expect(mira.Page.Locator(".phone-frame .text")).ToHaveTextAsync("Hello Ines, your shoes are ready. We are open until six in the evening.");

        foreach (var (at, label) in ((string[])["Tomorrow", "Today"]).Index())
        {
            await new StudioHand(mira.Page).ButtonAsync("QuickReply");
            await mira.Page.Locator($"[data-path='buttons[{at}].label']").FocusAsync();
            await keys.TypeAsync(label);
        }

        await mira.Page.Locator("[data-row='1'] [data-grip]").FocusAsync();
        await keys.PressAsync("ArrowUp");
        await Assertions.Expect(mira.Page.Locator("[data-path='buttons[0].label']")).ToHaveValueAsync("Today");
        await Assertions.Expect(mira.Page.Locator("[data-row='0'] [data-grip]")).ToBeFocusedAsync();
        await Assertions.Expect(mira.Page.Locator(".phone-frame .sent-buttons li").First).ToHaveTextAsync("Today");

        // Half a word, and the page is gone before the keys rest.
        await Assertions.Expect(mira.Page.Locator("[data-saved=yes]")).ToBeAttachedAsync();
        await mira.Page.Locator("[data-path='body']").FocusAsync();
        await keys.PressAsync("Control+End");
        await keys.InsertTextAsync(" Bye");
        await mira.Page.ReloadAsync();
        await ReadyAsync(mira.Page);
        await Assertions.Expect(mira.Page.Locator("[data-path=body]")).ToHaveValueAsync("Hello {{first_name}}, your shoes are ready. We are open until six in the evening. Bye");
        await Assertions.Expect(mira.Page.Locator("[data-saved=yes]")).ToBeAttachedAsync();
    }

    [Theory]
    [InlineData("Utility")]
    [InlineData("Marketing")]
    [InlineData("Code")]
    [InlineData("Catalogue")]
    public async Task A_template_that_was_handed_in_is_approved_before_the_eyes_of_who_made_it(string kind)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator($"[data-start={kind}]").ClickAsync();
        await ReadyAsync(mira.Page);
        await mira.Page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(mira.Page.Locator("[data-path=name]")).ToHaveAttributeAsync("aria-invalid", "true");

        var name = $"studio_{kind.ToLowerInvariant()}";
        var studio = new StudioHand(mira.Page);
        await studio.TypeAsync("name", name);
        if (kind != "Code")
        {
            await studio.BodyAsync($"Hello {{{{first_name}}}}, your order of {kind} things left our workshop this morning and is on its way.");
        }

        if (kind == "Marketing")
        {
            await studio.TypeAsync("footer", "Reply STOP to opt out");
            await studio.ButtonAsync("Url", ("label", "See it"), ("address", "https://shop.example/{{1}}"), ("sample", "https://shop.example/boots"));
            await studio.ButtonAsync("Phone", ("label", "Call us"), ("number", "+493023125100"));
        }

        await Assertions.Expect(mira.Page.Locator(".before-submit .said-bad")).ToHaveCountAsync(0);
        await studio.SubmitAsync();

        await Assertions.Expect(mira.Page.Locator(".template-page h1")).ToHaveTextAsync(name);
        await mira.Page.EvaluateAsync("window.neverReloaded = true");
        await Assertions.Expect(mira.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(await mira.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        await Assertions.Expect(mira.Page.Locator(".timeline [data-event=Submitted]")).ToBeVisibleAsync();
        await mira.Page.GotoAsync($"/templates?q={name}");
        await Assertions.Expect(mira.Page.Locator(".templates tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_template_is_archived_brought_back_and_deleted_on_its_page()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator("[data-example=how_was_it]").ClickAsync();
        await ReadyAsync(mira.Page);
        var studio = new StudioHand(mira.Page);
        await studio.TypeAsync("name", "studio_to_delete");
        await studio.SubmitAsync();
        await Assertions.Expect(mira.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
        await Assertions.Expect(mira.Page.Locator("[data-status=ARCHIVED]")).ToBeVisibleAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await Assertions.Expect(mira.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync();
        await mira.Page.Locator("[data-delete]").ClickAsync();
        await mira.Page.Locator("dialog[open] [data-really]").ClickAsync();

        await mira.Page.WaitForURLAsync("**/templates");
        await mira.Page.GotoAsync("/templates?q=studio_to_delete");
        await Assertions.Expect(mira.Page.Locator(".empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_template_of_WhatsApps_library_gets_a_name_and_its_links_and_may_be_sent_at_once()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator("[data-library] input[type=search]").FillAsync("invoice");
        await mira.Page.Locator("[data-library] button[type=submit]").ClickAsync();
        await mira.Page.Locator("[data-offer=payment_due_1]").ClickAsync();
        await Accessible.CheckAsync(mira.Page);
        await mira.Page.Locator("[data-name]").FillAsync("studio_from_library");
        await mira.Page.Locator("[data-link='0']").FillAsync("https://shop.example/pay");
        await mira.Page.Locator("[data-phone='0']").FillAsync("+493023125100");
        await mira.Page.Locator("[data-take]").ClickAsync();

        await Assertions.Expect(mira.Page.Locator(".template-page h1")).ToHaveTextAsync("studio_from_library");
        await Assertions.Expect(mira.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync();
        await Assertions.Expect(mira.Page.Locator("[data-figures]")).ToBeVisibleAsync();
        await Accessible.CheckAsync(mira.Page);
    }

    /// <summary>As somebody without a mouse goes there.</summary>
    private static async Task TabToAsync(IPage page, string path)
    {
        for (var step = 0; step < 60; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("document.activeElement?.dataset?.path ?? null") == path)
            {
                return;
            }
        }

        Assert.Fail($"{path} cannot be reached with the Tab key.");
    }

    private static async Task ReadyAsync(IPage page) => await Assertions.Expect(page.Locator(".studio[data-ready]")).ToBeAttachedAsync();
}
