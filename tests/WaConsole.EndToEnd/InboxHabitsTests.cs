using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>What people do all day without thinking of it.</summary>
public sealed class InboxHabitsTests(Stages stages)
{
    private const string HandOver =
        """
        (target, [kind, name, base64]) => {
          const files = new DataTransfer();
          files.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name, { type: 'image/jpeg' }));
          const options = { bubbles: true, cancelable: true };
          target.dispatchEvent(kind === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: files })
            : new DragEvent(kind, { ...options, dataTransfer: files }));
        }
        """;

    [Fact]
    public async Task Files_are_pasted_dropped_and_taken_from_the_library_and_a_sticker_too()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Hild Berg", "+4740558101");
        await console.Simulator.WriteAsync(customer, "Show me");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Hild Berg");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(Sample("scratched-boot.jpg"), TestContext.Current.CancellationToken));
        var tray = ana.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" }).GetByRole(AriaRole.Listitem);

        await ana.Composer.EvaluateAsync(HandOver, new[] { "paste", "pasted.jpg", picture });
        await Assertions.Expect(tray).ToHaveCountAsync(1);
        await ana.Thread.EvaluateAsync(HandOver, new[] { "dragover", "dropped.jpg", picture });
        await Assertions.Expect(ana.Page.Locator(".conversation.dropping")).ToBeVisibleAsync();
        await ana.Thread.EvaluateAsync(HandOver, new[] { "drop", "dropped.jpg", picture });
        await Assertions.Expect(tray).ToHaveCountAsync(2);
        await Assertions.Expect(ana.Page.Locator(".conversation.dropping")).ToHaveCountAsync(0);

        await FromLibraryAsync(ana, stickers: false, "order-AO-2047.pdf");
        await Assertions.Expect(tray).ToHaveCountAsync(3);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await UntilOnPhoneAsync(console, customer, "image", 2);
        await UntilOnPhoneAsync(console, customer, "document", 1);
        await Assertions.Expect(tray).ToHaveCountAsync(0);

        await FromLibraryAsync(ana, stickers: true, "thank-you.webp");
        await Assertions.Expect(tray).ToHaveCountAsync(1);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await UntilOnPhoneAsync(console, customer, "sticker", 1);
    }

    [Fact]
    public async Task A_name_typed_and_entered_opens_who_is_found_however_fast_J_follows()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Quirin Falk", "+4740558131"), "I am looked for");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Torben Falk", "+4740558132"), "I wrote last");
        await using var ana = await stages.InboxAsync(console, "ana");
        await Assertions.Expect(ana.Row("Torben Falk")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Quirin Falk")).ToBeVisibleAsync();

        await ana.Page.Locator("[data-search]").FocusAsync();
        await ana.Page.Keyboard.InsertTextAsync("Quirin");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.Keyboard.PressAsync("j");

        await Assertions.Expect(ana.Page.Locator(".thread h2")).ToHaveTextAsync("Quirin Falk");
        await Assertions.Expect(ana.Page).ToHaveURLAsync(new Regex("q=Quirin"));
        await Assertions.Expect(ana.Row("Falk")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Words_typed_before_the_list_listens_are_searched_for_all_the_same()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Ottilie Falk", "+4740558133"), "I am looked for");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Hubert Falk", "+4740558134"), "I wrote last");
        await using var ana = await stages.OpenAsync(console, "ana");
        var come = new TaskCompletionSource();
        await ana.Page.RouteAsync(new Regex(@"/ConversationList\.razor.*\.js"), async route =>
        {
            await come.Task;
            await route.ContinueAsync();
        });
        await ana.Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(ana.Row("Ottilie Falk")).ToBeVisibleAsync();

        await ana.Page.Locator("[data-search]").PressSequentiallyAsync("Ottilie");
        come.SetResult();

        await Assertions.Expect(ana.Page).ToHaveURLAsync(new Regex("q=Ottilie"));
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToHaveValueAsync("Ottilie");
        await Assertions.Expect(ana.Row("Hubert Falk")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_long_text_is_counted_and_one_that_is_too_long_stays_in_the_box()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Hild Dahl", "+4740558102");
        await console.Simulator.WriteAsync(customer, "Tell me everything");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Hild Dahl");
        await ana.TypeAsync(new string('a', 3_000));
        await Assertions.Expect(ana.Page.Locator("[data-counter]")).ToHaveTextAsync("");
        await ana.TypeAsync(new string('a', 4_097));
        await Assertions.Expect(ana.Page.Locator("[data-counter].counter-over")).ToHaveTextAsync("4097 / 4096");
        await ana.Composer.PressAsync("Enter");
        await ana.TypeAsync(new string('a', 4_096));
        await Assertions.Expect(ana.Page.Locator("[data-counter]:not(.counter-over)")).ToHaveTextAsync("4096 / 4096");
        await ana.Composer.PressAsync("Enter");

        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        await UntilOnPhoneAsync(console, customer, "text", 2);
    }

    [Fact]
    public async Task A_long_text_beside_a_picture_follows_it_and_the_composer_says_so()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Hild Dam", "+4740558112");
        await console.Simulator.WriteAsync(customer, "Show me everything");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Hild Dam");
        await ana.TypeAsync(new string('a', 1_500));
        var apart = ana.Page.Locator(".counter-apart");
        await Assertions.Expect(apart).ToHaveTextAsync("");
        await ana.Page.Locator("[data-files]").SetInputFilesAsync(Sample("scratched-boot.jpg"));
        await Assertions.Expect(ana.Page.Locator(".attachment img")).ToBeVisibleAsync();
        await Assertions.Expect(apart).ToHaveTextAsync("Text follows the file");
        await Assertions.Expect(apart).ToBeVisibleAsync();
        await ana.TypeAsync(new string('a', 1_024));
        await Assertions.Expect(apart).ToBeHiddenAsync();
        await ana.TypeAsync(new string('a', 1_025));
        await ana.Composer.PressAsync("Enter");

        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        await UntilOnPhoneAsync(console, customer, "image", 1);
        await UntilOnPhoneAsync(console, customer, "text", 2);
    }

    [Fact]
    public async Task Somebody_who_wants_no_single_keys_and_Spanish_gets_both_and_can_go_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Hild Eide", "+4740558103"), "Hola");
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await Assertions.Expect(jonas.Page.Locator("html[data-single-keys=on]")).ToBeAttachedAsync();

        await ChangeProfileAsync(jonas, page => page.Locator("[name='Input.SingleKeys']").UncheckAsync(), "preferences");
        await ChangeProfileAsync(jonas, page => page.Locator("[name='Input.Language']").SelectOptionAsync("es"), "language");
        await jonas.Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(jonas.Page.Locator("html[lang=es][data-single-keys=off]")).ToBeAttachedAsync();
        var row = jonas.Page.Locator("a.row", new() { HasText = "Hild Eide" });
        await Assertions.Expect(row).ToBeVisibleAsync();
        await jonas.Page.Keyboard.PressAsync("?");
        await jonas.Page.Keyboard.PressAsync("j");
        await row.ClickAsync();
        await Assertions.Expect(jonas.Page.GetByRole(AriaRole.Heading, new() { Name = "Hild Eide", Level = 2 })).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await ChangeProfileAsync(jonas, page => page.Locator("[name='Input.SingleKeys']").CheckAsync(), "preferences");
        await ChangeProfileAsync(jonas, page => page.Locator("[name='Input.Language']").SelectOptionAsync(""), "language");
        await jonas.Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(jonas.Page.Locator("html[lang=en][data-single-keys=on]")).ToBeAttachedAsync();
    }

    [Fact]
    public async Task Who_is_blocked_on_WhatsApp_is_told_apart_for_everybody_and_let_in_again()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Hild Foss", "+4740558104");
        await console.Simulator.WriteAsync(customer, "Buy my watches");
        await using var ana = await stages.OpenAsync(console, "ana");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        foreach (var screen in (Screen[])[ana, jonas])
        {
            await screen.Page.GotoAsync("/contacts?q=Hild%20Foss");
            await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Hild Foss" }).First.ClickAsync();
            await Assertions.Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "Hild Foss", Level = 1 })).ToBeVisibleAsync();
        }

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Block on WhatsApp" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Main).GetByText("Blocked", new() { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.GetByRole(AriaRole.Main).GetByText("Blocked", new() { Exact = true }).First).ToBeVisibleAsync();

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Unblock" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true })).ToBeVisibleAsync();
        await console.Simulator.WriteAsync(customer, "Thank you");
        await Assertions.Expect(jonas.Page.GetByRole(AriaRole.Main).GetByText("Thank you").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_the_panel_comes_as_a_drawer_and_goes_again()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Hild Gran", "+4740558105"), "Hello");
        await using var ana = await stages.InboxAsync(console, "ana", new ScreenOptions { Width = 390 });
        await ana.OpenAsync("Hild Gran");
        var panel = ana.Page.Locator("section.panel");
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await Assertions.Expect(ana.Page.Locator(".thread-head .thread-clock")).ToBeInViewportAsync(new() { Ratio = 1 });
        await ana.Page.Locator("article .bubble").First.HoverAsync();
        await Assertions.Expect(ana.Page.Locator("article [data-details]").First).ToBeInViewportAsync(new() { Ratio = 1 });

        await ana.Page.Locator(".thread-head [data-toggle-panel]").ClickAsync();
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await Assertions.Expect(panel).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await Accessible.CheckAsync(ana.Page);
        await panel.Locator(".panel-close").ClickAsync();
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await ana.Page.Locator(".thread-back").ClickAsync();
        await Assertions.Expect(ana.Row("Hild Gran")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_conversation_sleeps_until_tomorrow_or_a_moment_of_ones_choice_and_comes_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Hulda Haug", "+4740558106"), ("Hulda Iver", "+4740558107")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), "I will call");
        }

        await using var ana = await stages.InboxAsync(console, "ana");

        // A row that comes while another is pressed moves it away from under the pointer.
        await Assertions.Expect(ana.Row("Hulda")).ToHaveCountAsync(2);
        await ana.OpenAsync("Hulda Haug");
        await SnoozeAsync(ana, "Until tomorrow, 9:00");
        await Assertions.Expect(ana.Row("Hulda Haug")).ToHaveCountAsync(0);

        await ana.OpenAsync("Hulda Iver");
        await SnoozeAsync(ana, "Choose a day and time…");
        var when = ana.Page.Locator("dialog[open] input[type=datetime-local]");
        var tomorrow = await when.InputValueAsync();
        await when.FillAsync(tomorrow[..11] + "23:30");
        await ana.Page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await Assertions.Expect(ana.Row("Hulda Iver")).ToHaveCountAsync(0);

        await ana.Page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("snoozed");
        await Assertions.Expect(ana.Row("Hulda")).ToHaveCountAsync(2);
        await ana.Page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("open");
        await console.Simulator.AdvanceAsync("P2D");
        await Assertions.Expect(ana.Row("Hulda Haug")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Hulda Iver")).ToBeVisibleAsync();
    }

    private static async Task SnoozeAsync(Screen screen, string choice)
    {
        var button = screen.Page.Locator(".thread-head").GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true });
        await button.ClickAsync();

        // Its module has put the list where it belongs: before, an entry moves away from under the pointer.
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await screen.Page.GetByRole(AriaRole.Menuitem, new() { Name = choice }).ClickAsync();
    }

    private static async Task ChangeProfileAsync(Screen screen, Func<IPage, Task> change, string form)
    {
        await screen.Page.GotoAsync("/account/profile");
        await change(screen.Page);
        await screen.Page.EvaluateAsync("window.isBefore = true");
        await screen.Page.Locator($"form:has([name='_handler'][value='{form}']) button[type=submit]").ClickAsync();

        // The page that comes in answer: who goes elsewhere before it is there may take the form back on its way.
        await screen.Page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
    }

    private static async Task FromLibraryAsync(Screen screen, bool stickers, string file)
    {
        await screen.Page.Locator("[data-library]").ClickAsync();
        var dialog = screen.Page.Locator("dialog[open] .library");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        if (stickers)
        {
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Stickers" }).ClickAsync();
        }

        await dialog.Locator("[data-file]").SetInputFilesAsync(Sample(file));
        await dialog.Locator("[data-entry]").Filter(new() { HasText = Path.GetFileNameWithoutExtension(file) }).Locator(".library-choose").First.ClickAsync();
    }

    private static Task UntilOnPhoneAsync(RunningConsole console, string customer, string kind, int count) => Until.TrueAsync(
        async () => (await console.Simulator.ChatAsync(customer)).Count(line => line.GetProperty("content").GetProperty("kind").GetString() == kind) == count,
        $"{count} of {kind} on the phone");

    private static string Sample(string name) => Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files", name);
}
