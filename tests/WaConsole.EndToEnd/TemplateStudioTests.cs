using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>Templates as marketing staff make them: composed in a real browser, saved as they are typed.</summary>
public sealed class TemplateStudioTests(Stages stages)
{
    [Theory]
    [InlineData(false, 1440, "en-GB")]
    [InlineData(true, 1440, "en-GB")]
    [InlineData(false, 390, "en-GB")]
    [InlineData(false, 1440, "ar")]
    public async Task List_beginning_and_studio_have_no_violation(bool dark, int width, string language)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions(width, 900, dark, Locale: language));
        await mira.SignInAsync("mira");
        await mira.Page.GotoAsync("/templates");
        await Assertions.Expect(mira.Page.Locator(".templates tbody tr").First).ToBeVisibleAsync();
        await CheckAsync(mira.Page);
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator("[data-start=Cards]").WaitForAsync();
        await CheckAsync(mira.Page);
        await mira.Page.Locator("[data-start=Cards]").ClickAsync();
        await ReadyAsync(mira.Page);
        await mira.Page.Locator("[data-path=body]").FillAsync("Two pairs for {{first_name}}");
        await Assertions.Expect(mira.Page.Locator("[data-path='body.samples.first_name']")).ToBeVisibleAsync();
        await CheckAsync(mira.Page);
    }

    [Theory]
    [InlineData("Utility")]
    [InlineData("Marketing")]
    [InlineData("Code")]
    [InlineData("Catalogue")]
    public async Task A_template_that_was_handed_in_is_approved_before_the_eyes_of_who_made_it(string kind)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await (await stages.BrowserAsync()).OpenAsync(console);
        await mira.SignInAsync("mira");
        await mira.Page.GotoAsync("/templates/new");
        await mira.Page.Locator($"[data-start={kind}]").ClickAsync();
        await ReadyAsync(mira.Page);
        await mira.Page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(mira.Page.Locator("[data-path=name]")).ToHaveAttributeAsync("aria-invalid", "true");

        var name = $"studio_{kind.ToLowerInvariant()}";
        await mira.Page.Locator("[data-path=name]").FillAsync(name);
        if (kind != "Code")
        {
            await mira.Page.Locator("[data-path=body]").FillAsync($"Hello {{{{first_name}}}}, your order of {kind} things left our workshop this morning and is on its way.");
            await mira.Page.Locator("[data-path='body.samples.first_name']").FillAsync("Ines");
        }

        if (kind == "Marketing")
        {
            await mira.Page.Locator("[data-path=footer]").FillAsync("Reply STOP to opt out");
            foreach (var button in (string[])["Url", "Phone"])
            {
                await mira.Page.Locator("[data-key=add-buttons]").ClickAsync();
                await mira.Page.Locator($"[data-kind={button}]:visible").ClickAsync();
            }

            await mira.Page.Locator("[data-path='buttons[0].label']").FillAsync("See it");
            await mira.Page.Locator("[data-path='buttons[0].address']").FillAsync("https://shop.example/{{1}}");
            await mira.Page.Locator("[data-path='buttons[0].sample']").FillAsync("https://shop.example/boots");
            await mira.Page.Locator("[data-path='buttons[1].label']").FillAsync("Call us");
            await mira.Page.Locator("[data-path='buttons[1].number']").FillAsync("+493023125100");
        }

        await Assertions.Expect(mira.Page.Locator(".before-submit .said-bad")).ToHaveCountAsync(0);
        await mira.Page.Locator("[data-submit]").ClickAsync();

        await Assertions.Expect(mira.Page.Locator(".template-page h1")).ToHaveTextAsync(name);
        await mira.Page.EvaluateAsync("window.neverReloaded = true");
        await Assertions.Expect(mira.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(await mira.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        await Assertions.Expect(mira.Page.Locator(".timeline [data-event=Submitted]")).ToBeVisibleAsync();
        await mira.Page.GotoAsync($"/templates?q={name}");
        await Assertions.Expect(mira.Page.Locator(".templates tbody tr")).ToHaveCountAsync(1);
    }

    private static async Task ReadyAsync(IPage page) => await Assertions.Expect(page.Locator(".studio[data-ready]")).ToBeAttachedAsync();

    private static async Task CheckAsync(IPage page)
    {
        var found = await page.RunAxe(AccessibilityTests.Rules);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Html).Take(3))}")));
    }
}
