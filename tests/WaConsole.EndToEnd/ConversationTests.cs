using System.Text.Json;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>What an agent does to one conversation, seen on the customer's phone.</summary>
public sealed class ConversationTests(Stages stages)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_conversation_that_is_not_there_is_said_to_be_so(int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.OpenAsync(console, "ana", new ScreenOptions(width));
        await ana.Page.GotoAsync("/inbox/999999");

        await Assertions.Expect(ana.Page.GetByText("This conversation is not here")).ToBeVisibleAsync();
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.GetByText("This conversation is not here")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reaction_is_chosen_changed_and_taken_back_and_a_colleague_and_the_phone_show_it()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Asta Vik", "+4740557301");
        await console.Simulator.WriteAsync(customer, "They fit!");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await ana.OpenAsync("Asta Vik");
        await jonas.OpenAsync("Asta Vik");
        foreach (var emoji in (string[])["👍", "🙏"])
        {
            await ana.Bubble("They fit!").HoverAsync();
            await ana.Bubble("They fit!").GetByRole(AriaRole.Button, new() { Name = "React" }).ClickAsync();
            await Accessible.CheckAsync(ana.Page);
            await ana.Bubble("They fit!").Locator($"[data-reaction='{emoji}']").ClickAsync();

            await Assertions.Expect(ana.Bubble("They fit!").Locator(".reactions")).ToHaveTextAsync(emoji);
            await Assertions.Expect(jonas.Bubble("They fit!").Locator(".reactions")).ToHaveTextAsync(emoji);
            await UntilOnPhoneAsync(console, customer, line => line.TryGetProperty("businessReaction", out var shown) && shown.GetString() == emoji, $"{emoji} on the phone");
        }

        await ana.Bubble("They fit!").GetByRole(AriaRole.Button, new() { Name = "React" }).ClickAsync();
        await ana.Bubble("They fit!").GetByRole(AriaRole.Button, new() { Name = "Take the reaction back" }).ClickAsync();
        await Assertions.Expect(jonas.Bubble("They fit!").Locator(".reactions")).ToHaveCountAsync(0);
        await Assertions.Expect(ana.Thread.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_was_written_into_a_closed_window_goes_out_when_the_customer_writes_and_only_then()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Birk Dahl", "+4740557302");
        await console.Simulator.WriteAsync(customer, "Is it ready?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Birk Dahl");

        // Until the draft was read the box is not shown either.
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await console.Simulator.AdvanceAsync("PT25H");
        await Assertions.Expect(ana.Composer).ToBeHiddenAsync();
        await ana.Page.GetByText("Write a text for when they answer").ClickAsync();
        await ana.Page.Locator("[data-later-text]").FillAsync("It is ready since Saturday.");
        await ana.Page.Locator("[data-later-text]").BlurAsync();
        await Accessible.CheckAsync(ana.Page);
        await ana.Page.Locator("[data-deliver]").ClickAsync();
        await Assertions.Expect(ana.Page.Locator("[data-later=on]")).ToContainTextAsync("as soon as the customer writes");

        await ana.Page.ReloadAsync();
        await Assertions.Expect(ana.Page.Locator("[data-later=on]")).ToContainTextAsync("It is ready since Saturday.");
        await ana.Page.EvaluateAsync("window.neverReloaded = true");
        Assert.Single(await console.Simulator.ChatAsync(customer));
        await console.Simulator.WriteAsync(customer, "Hello again");

        await Assertions.Expect(ana.Bubble("It is ready since Saturday.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Composer).ToBeVisibleAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        Assert.Equal(3, (await console.Simulator.ChatAsync(customer)).Count);
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task A_place_and_a_person_are_shared_and_their_story_is_told()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Dina Lie", "+4740557303");
        await console.Simulator.WriteAsync(customer, "Where are you, and who repairs them?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Dina Lie");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();

        await ana.Page.Locator("[data-share]").ClickAsync();
        await ana.Page.Locator("[data-share-place]").FillAsync("Alder & Oak");
        await ana.Page.Locator("[data-share-latitude]").FillAsync("52.5031");
        await ana.Page.Locator("[data-share-longitude]").FillAsync("13.4184");
        await Accessible.CheckAsync(ana.Page);
        await ana.Page.Locator("[data-share-send]").ClickAsync();
        await Assertions.Expect(ana.Bubble("Alder & Oak").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();

        await ana.Page.Locator("[data-share]").ClickAsync();
        await ana.Page.Locator("input[name=share-kind][value=card]").CheckAsync();
        await ana.Page.Locator("[data-share-find]").FillAsync("Dina L");
        await ana.Page.Locator("[data-share-pick]").First.ClickAsync();
        await Assertions.Expect(ana.Page.Locator("[data-share-name]")).ToHaveValueAsync("Dina Lie");
        await ana.Page.Locator("[data-share-name]").FillAsync("Ida the cobbler");
        await ana.Page.Locator("[data-share-send]").ClickAsync();
        var card = ana.Bubble("Ida the cobbler");
        await Assertions.Expect(card.GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await UntilOnPhoneAsync(console, customer, line => line.ToString().Contains("Ida the cobbler", StringComparison.Ordinal), "the card on the phone");

        await card.HoverAsync();
        await card.Locator("[data-details]").ClickAsync();
        var story = ana.Page.Locator("[data-story]");
        await Assertions.Expect(story).ToContainTextAsync("Delivered");
        await Assertions.Expect(story).ToContainTextAsync("Read");
        await Accessible.CheckAsync(ana.Page);
    }

    [Fact]
    public async Task A_point_or_a_right_click_on_a_row_offers_what_can_be_done_to_that_row_alone()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Eiri Aas", "+4740557304"), ("Eiri Bo", "+4740557305")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), "Hello");
        }

        await using var ana = await stages.OpenAsync(console, "ana");
        await ana.Page.GotoAsync("/inbox?tab=all&status=open&q=Eiri");
        await Assertions.Expect(ana.Row("Eiri")).ToHaveCountAsync(2);

        // The rows are there before the module that opens their menu; it fills in what is searched for.
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToHaveValueAsync("Eiri");
        var menu = ana.Page.Locator("[data-row-menu]");

        await ana.Row("Eiri Aas").ClickAsync(new() { Button = MouseButton.Right });
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-label", "Actions for Eiri Aas");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await Accessible.CheckAsync(ana.Page);
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(ana.Row("Eiri Aas")).ToBeFocusedAsync();

        // By keys alone: into the page of people and out again, and what it does, without the row being chosen or opened.
        await ana.Row("Eiri Bo").FocusAsync();
        await ana.Page.Keyboard.PressAsync(".");
        var assign = menu.GetByRole(AriaRole.Menuitem, new() { Name = "Assign", Exact = true });
        await assign.FocusAsync();
        await ana.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem, new() { Name = "Back" })).ToBeFocusedAsync();
        await menu.GetByRole(AriaRole.Menuitemradio).Filter(new() { HasText = "Jonas" }).PressAsync("Enter");
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await Assertions.Expect(ana.Row("Eiri Bo").Locator(".row-assignee")).ToContainTextAsync("Jonas");
        await Assertions.Expect(ana.Page.Locator(".row-picked")).ToHaveCountAsync(0);

        // Rows do not go away under the pointer.
        await ana.Page.Mouse.MoveAsync(900, 400);
        await ana.Page.Keyboard.PressAsync(".");
        await Assertions.Expect(menu.GetByRole(AriaRole.Menuitem, new() { Name = "Resolve" })).ToBeFocusedAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ana.Row("Eiri")).ToHaveCountAsync(1);
        await ana.Page.Locator("[data-undo]").ClickAsync();
        await Assertions.Expect(ana.Row("Eiri")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Who_comes_from_an_ad_is_free_for_three_days_a_new_number_is_told_and_a_quote_leads_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Frode Aas", "+4740557311");
        await console.Simulator.SendAsync(customer, new
        {
            type = "text",
            text = "Are these still there?",
            referral = new { sourceUrl = "https://fb.me/winter", sourceId = "120", headline = "Winter boots", body = "Warm and dry" },
        });
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Frode Aas");
        await Assertions.Expect(ana.Bubble("Are these still there?").Locator(".referral")).ToContainTextAsync("Winter boots");
        await ana.ReplyAsync("They are");
        await Assertions.Expect(ana.Bubble("They are").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(".panel-entry")).ToContainTextAsync("free until");

        await console.Simulator.ChangePhoneAsync(customer, "+4740557312");
        await Assertions.Expect(ana.Thread.GetByText("The customer has a new phone number")).ToBeVisibleAsync();

        await ana.Bubble("Are these still there?").HoverAsync();
        await ana.Bubble("Are these still there?").GetByRole(AriaRole.Button, new() { Name = "Reply to this message" }).ClickAsync();
        await ana.ReplyAsync("About these");
        await Assertions.Expect(ana.Bubble("About these").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await ana.Bubble("About these").Locator("[data-jump]").ClickAsync();
        await Assertions.Expect(ana.Thread.Locator(".line-found")).ToContainTextAsync("Winter boots");
    }

    [Fact]
    public async Task A_text_that_asks_for_a_card_number_gets_a_hint_and_a_draft_of_a_closed_window_goes_into_a_template()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Greta Moe", "+4740557313");
        await console.Simulator.WriteAsync(customer, "How can I pay?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Greta Moe");
        await ana.TypeAsync("Please send me your full card number");
        await Assertions.Expect(ana.Page.Locator("[data-policy]")).ToBeVisibleAsync();
        await Accessible.CheckAsync(ana.Page);
        await ana.Composer.FillAsync("Vienna");
        await Assertions.Expect(ana.Page.Locator("[data-policy]")).ToHaveCountAsync(0);

        await console.Simulator.AdvanceAsync("PT25H");
        await Assertions.Expect(ana.Page.Locator(".composer-closed")).ToContainTextAsync("Vienna");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Use in template" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "pickup_ready" }).First.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("dialog[open] .template-preview")).ToContainTextAsync("Vienna,");

        // What is known of a customer may be long, such as their own opt-out address.
        await Assertions.Expect(ana.Page.Locator("dialog[open] .insert-word option[value=opt_out_link]").First).ToBeAttachedAsync();
        Assert.Empty(await ana.Page.Locator("dialog[open] .template-fields").EvaluateAsync<string[]>(
            "fields => [...fields.querySelectorAll('*')].filter(part => part.getBoundingClientRect().right > fields.getBoundingClientRect().right).map(part => part.outerHTML)"));
    }

    private static Task UntilOnPhoneAsync(RunningConsole console, string customer, Func<JsonElement, bool> holds, string what) =>
        Until.TrueAsync(async () => (await console.Simulator.ChatAsync(customer)).Any(holds), what);
}
