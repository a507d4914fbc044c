using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>A whole shift without a mouse: the pointer is never used, and a click anywhere fails the test.</summary>
public sealed class ShiftTests(Stages stages)
{
    private const string NoPointer =
        "for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, e => console.error('A pointer was used: ' + e.target.outerHTML), true);";

    [Fact]
    public async Task From_signing_in_to_the_last_conversation_everything_goes_by_keyboard()
    {
        await using var console = await RunningConsole.StartAsync();
        foreach (var (name, phone) in ((string, string)[])[("Tora Ness", "+4740556201"), ("Tora Moe", "+4740556202"), ("Tora Lund", "+4740556203")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), $"Hello from {name}");
        }

        await using var ana = await (await stages.BrowserAsync()).OpenAsync(console);
        await ana.Page.AddInitScriptAsync(NoPointer);
        var keys = ana.Page.Keyboard;

        await ana.Page.GotoAsync("/");
        await TabToAsync(ana, "[title='ana@demo.local']");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Row("Tora").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(ana.Page.Locator("html[data-single-keys]")).ToBeAttachedAsync();

        // A canned reply and a label of one's own first.
        await GoAsync(ana, "gs");
        await TabToAsync(ana, ".page-actions .btn.pri");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator(".canned-form[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Page.GetByLabel("Shortcut")).ToBeFocusedAsync();
        await keys.TypeAsync("hi");
        await TabToAsync(ana, ".canned-form textarea");
        await keys.TypeAsync("Hello {{first_name}}");
        await TabToAsync(ana, ".canned-form [type='submit']");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("td b").First).ToContainTextAsync("/hi");

        await GoAsync(ana, "gc");
        await Assertions.Expect(ana.Page.Locator(".page h1:focus")).ToBeVisibleAsync();
        await TabToAsync(ana, "a[href$='contacts/labels']");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Labels", Level = 1 })).ToBeFocusedAsync();
        await TabToAsync(ana, ".page-actions .btn.pri");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.GetByLabel("Name")).ToBeFocusedAsync();
        await keys.TypeAsync("Fitting");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("td .label")).ToHaveTextAsync("Fitting");

        await GoAsync(ana, "gi");
        await Assertions.Expect(ana.Row("Tora").First).ToBeVisibleAsync();
        await keys.PressAsync("/");
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToBeFocusedAsync();
        await keys.TypeAsync("Tora");
        await Assertions.Expect(ana.Page.Locator("[data-rows]")).ToHaveAttributeAsync("data-shown", "Tora");
        await Assertions.Expect(ana.Row("Tora")).ToHaveCountAsync(3);
        await keys.PressAsync("Enter");
        await keys.PressAsync("j");
        var first = await OpenedAsync(ana, "Tora");
        await keys.PressAsync("j");
        await OpenedAsync(ana, first, isNot: true);
        await keys.PressAsync("k");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = first, Level = 2 })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Page.Locator(".composer-both[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Page.Locator(".composer-note[data-ready]")).ToBeAttachedAsync();

        // Reply, with a canned one.
        await keys.PressAsync("r");
        await Assertions.Expect(ana.Composer).ToBeFocusedAsync();
        await keys.TypeAsync("/hi");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "/hi" })).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Hello Tora");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("Hello Tora")).ToBeVisibleAsync();

        // The bubble comes before the answer to Enter, which empties the box and gives it the focus once more.
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");

        // A note that names a colleague.
        await keys.PressAsync("Escape");
        await keys.PressAsync("n");
        var note = ana.Page.GetByLabel("Note for the team");
        await Assertions.Expect(note).ToBeFocusedAsync();
        await keys.TypeAsync("Ask @jon");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "@Jonas Weber" })).ToBeVisibleAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("Ask").Locator("mark")).ToContainTextAsync("@Jonas");
        await Assertions.Expect(note).ToHaveValueAsync("");

        // A template.
        await keys.PressAsync("Escape");
        await keys.PressAsync("t");
        await Assertions.Expect(ana.Page.GetByLabel("Search templates")).ToBeFocusedAsync();
        await keys.TypeAsync("how_were_we");
        // Until the list is narrowed, what has the focus may go.
        await Assertions.Expect(ana.Page.Locator("dialog[open] .template-list li button")).ToHaveCountAsync(1);
        await TabToAsync(ana, "dialog[open] .template-list li button");
        await keys.PressAsync("Enter");
        await TabToAsync(ana, "[data-send-template]");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("We repaired your shoes last week.")).ToBeVisibleAsync();

        // Assign to a colleague, take it back, label, snooze.
        await Assertions.Expect(ana.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await keys.PressAsync("Escape");
        await keys.PressAsync("a");
        await Assertions.Expect(ana.Page.Locator(":popover-open [role^='menuitem']").First).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Thread.GetByText("assigned this to")).ToBeVisibleAsync();
        await keys.PressAsync("i");
        await Assertions.Expect(ana.Thread.GetByText("took this conversation")).ToBeVisibleAsync();
        await keys.PressAsync("l");
        await Assertions.Expect(ana.Page.Locator(":popover-open [role='menuitemcheckbox']")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Thread.GetByText("added the label Fitting")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row(first).Locator(".label")).ToHaveTextAsync("Fitting");
        if (await ana.Page.Locator(":popover-open").CountAsync() > 0)
        {
            await keys.PressAsync("Escape");
        }

        // Out of the search, which shows who is snoozed too, and back into the list.
        await keys.PressAsync("/");
        await keys.PressAsync("Escape");
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToHaveValueAsync("");
        await keys.PressAsync("Escape");
        await Assertions.Expect(ana.Page).Not.ToHaveURLAsync(new Regex("q="));
        await keys.PressAsync("z");
        await Assertions.Expect(ana.Page.Locator(":popover-open [role='menuitem']").First).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Thread.GetByText("snoozed this until")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row(first)).ToHaveCountAsync(0);

        // The command bar finds another one; resolving it opens the next.
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("Tora");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "Conversation" }).First).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(ana.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await keys.PressAsync("j");
        var next = await OpenedAsync(ana, first, isNot: true);
        await keys.PressAsync("e");
        await Assertions.Expect(ana.Row(next)).ToHaveCountAsync(0);
        await Assertions.Expect(ana.Page.Locator(".thread h2")).Not.ToHaveTextAsync(next);
        await Assertions.Expect(ana.Page.Locator(".list [data-undo]")).ToBeVisibleAsync();
    }

    private static async Task<string> OpenedAsync(Screen ana, string name, bool isNot = false)
    {
        var head = ana.Page.Locator(".thread h2");
        await (isNot ? Assertions.Expect(head).Not.ToContainTextAsync(name) : Assertions.Expect(head).ToContainTextAsync(name));
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        return await head.InnerTextAsync();
    }

    /// <summary>What was saved may be listed before its dialog is closed, and an open one keeps the keys.</summary>
    private static async Task GoAsync(Screen ana, string keys)
    {
        await Assertions.Expect(ana.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await ana.Page.Keyboard.TypeAsync(keys);
    }

    /// <summary>As somebody without a mouse gets there.</summary>
    private static async Task TabToAsync(Screen ana, string what)
    {
        await Assertions.Expect(ana.Page.Locator(what).First).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(what).First).ToBeEnabledAsync();
        for (var pressed = 0; pressed < 80; pressed++)
        {
            if (await ana.Page.EvaluateAsync<bool>("what => document.activeElement?.matches(what) ?? false", what))
            {
                return;
            }

            await ana.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{what} is not reached by Tab.");
    }
}
