using Microsoft.Playwright;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>Hands that compose a template in the studio and fill in the form that sends it.</summary>
internal sealed class StudioHand(IPage page)
{
    public static string File(string name) => Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files", name);

    public async Task BeginAsync(string kind)
    {
        await Screen.GoAsync(page, "/templates/new");
        await page.Locator($"[data-start={kind}]").ClickAsync();
        await Assertions.Expect(page.Locator(".studio[data-ready]")).ToBeAttachedAsync();
    }

    /// <summary>Into a field of the studio, by the path the rules name it with, and until the server has it and has drawn what came of it.</summary>
    public async Task TypeAsync(string path, string text)
    {
        var field = page.Locator($"[data-path='{path}']");
        await field.FillAsync(text);

        // Who leaves a field sends what was typed, which the page keeps in its storage until it is answered. "Saved" may stand there all the while.
        await field.BlurAsync();
        await page.WaitForFunctionAsync("() => sessionStorage.getItem(`studio:${document.querySelector('.studio').dataset.draft}`) === null");
    }

    /// <summary>The text of a template with one variable and its sample.</summary>
    public async Task BodyAsync(string text, string variable = "first_name", string sample = "Ines")
    {
        await TypeAsync("body", text);
        await TypeAsync($"body.samples.{variable}", sample);
    }

    /// <summary>One of a row of choices, by the words on it.</summary>
    public async Task ChooseAsync(string row, string word)
    {
        var choice = page.GetByRole(AriaRole.Group, new() { Name = row, Exact = true }).GetByRole(AriaRole.Button, new() { Name = word, Exact = true });

        // By key: what was typed before may still move the button away from under a pointer.
        await choice.PressAsync("Enter");
        await Assertions.Expect(choice).ToHaveAttributeAsync("aria-pressed", "true");
    }

    public async Task FileAsync(string part, string file)
    {
        var field = page.Locator($".fg[data-part='{part}']");
        await field.Locator("[data-file]").SetInputFilesAsync(File(file));
        await Assertions.Expect(field.Locator(".studio-file b")).ToHaveTextAsync(file);
    }

    /// <returns>The path of the new button.</returns>
    public async Task<string> ButtonAsync(string kind, string list = "buttons")
    {
        var rows = page.Locator($"[data-sortable='{list}'] > .button-row");
        var before = await rows.CountAsync();
        // By key: what was typed before may still move the button away from under a pointer.
        var menu = page.Locator($"[data-key='add-{list}']");
        await menu.PressAsync("Enter");

        // Once its module has heard of it the focus moves no more, and the choice closes the list.
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Locator($"[data-kind={kind}]:visible").PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(before + 1);
        return $"{list}[{before}]";
    }

    public async Task ButtonAsync(string kind, params (string Part, string Text)[] typed)
    {
        var path = await ButtonAsync(kind);
        foreach (var (part, text) in typed)
        {
            await TypeAsync($"{path}.{part}", text);
        }
    }

    public async Task RemoveButtonAsync(string list)
    {
        var rows = page.Locator($"[data-sortable='{list}'] > .button-row");
        await rows.Last.Locator("> .icon-button").PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(0);
    }

    public Task AddAppAsync() => page.Locator("[data-part='code.apps'] > button").PressAsync("Enter");

    /// <summary>WhatsApp's terms for codes that nobody has to tap: until they are accepted they stand among what is wrong.</summary>
    public Task TermsAsync() => page.Locator("[data-part='code.terms'] input").PressAsync("Space");

    /// <summary>For permission to call, until the phone shows it: a tick stands in its box before the server has heard of it.</summary>
    public async Task AskToCallAsync()
    {
        await page.GetByLabel("Ask the customer for permission to call").PressAsync("Space");
        await Assertions.Expect(page.Locator(".phone-frame .sent-buttons li")).ToHaveCountAsync(1);
    }

    /// <summary>Hands in what was composed.</summary>
    public Task SubmitAsync() => page.Locator("[data-submit]").PressAsync("Enter");

    /// <summary>Into a field of the form that sends.</summary>
    public Task FillAsync(string key, string value) => page.Locator($"dialog[open] [data-field='{key}']").FillAsync(value);

    /// <summary>The file of a header or of a card, in their order in the form.</summary>
    public async Task SendFileAsync(string file, int at = 0)
    {
        var pick = page.Locator("dialog[open] .media-pick").Nth(at);
        await pick.Locator("[data-file]").SetInputFilesAsync(File(file));
        await Assertions.Expect(pick.Locator(".media-drop bdi")).ToHaveTextAsync(file);
    }

    public async Task SendPlaceAsync(string latitude, string longitude, string name, string address)
    {
        var inputs = page.Locator("dialog[open] .template-fields fieldset input");
        string[] texts = [latitude, longitude, name, address];
        foreach (var (at, text) in texts.Index())
        {
            await inputs.Nth(at).FillAsync(text);
        }
    }

    /// <summary>The first products that may be suggested.</summary>
    public async Task PickProductsAsync(int count)
    {
        var rows = page.Locator("dialog[open] .product-row:not([disabled])");
        for (var at = 0; at < count; at++)
        {
            await rows.Nth(at).PressAsync("Enter");
            await Assertions.Expect(rows.Nth(at)).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    /// <summary>One product for each field that wants one.</summary>
    public async Task PickEachProductAsync()
    {
        var fields = page.Locator("dialog[open] .template-product");
        for (var at = 0; at < await fields.CountAsync(); at++)
        {
            await fields.Nth(at).Locator("[data-choose-product]").PressAsync("Enter");
            await fields.Nth(at).Locator(".product-row:not([disabled])").Nth(at).PressAsync("Enter");
            await Assertions.Expect(fields.Nth(at).Locator(".picked")).ToBeVisibleAsync();
        }
    }

    /// <summary>Sends it. By key: a price that is still on its way may move the button away from under a pointer.</summary>
    public async Task SendAsync()
    {
        var send = page.Locator("dialog[open] [data-send-template]");
        await Assertions.Expect(send).ToBeEnabledAsync();
        await send.PressAsync("Enter");
    }
}
