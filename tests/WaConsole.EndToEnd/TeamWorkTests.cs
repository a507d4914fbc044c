using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>What people of a team do together in the inbox, each in a browser of their own.</summary>
public sealed class TeamWorkTests(Stages stages)
{
    /// <summary>What a Mac reports of it; true when the page leaves it to the browser.</summary>
    private const string OptionE =
        "box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Dead', code: 'KeyE', altKey: true, bubbles: true, cancelable: true }))";

    /// <summary>Stands in for the desktop, and counts the tones that are played.</summary>
    private const string Listening = """
        window.told = [];
        window.rung = 0;
        window.Notification = class {
          static permission = 'granted';
          static requestPermission() { return Promise.resolve('granted'); }
          constructor(title) { window.told.push(title); }
          addEventListener() { }
        };
        const tone = BaseAudioContext.prototype.createOscillator;
        BaseAudioContext.prototype.createOscillator = function () { window.rung++; return tone.call(this); };
        """;

    [Fact]
    public async Task A_canned_reply_is_found_with_a_slash_and_filled_in_for_the_customer()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Frida Nyberg", "+46705550101"), "Is my bike ready?");
        await using var ana = await stages.OpenAsync(console, "ana");
        await ana.Page.GotoAsync("/settings/replies");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "New reply" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".canned-form[data-ready]")).ToBeAttachedAsync();
        await ana.Page.GetByLabel("Shortcut").FillAsync("ready");
        await ana.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Yes, ");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "First name", Exact = true }).ClickAsync();
        await ana.Page.GetByLabel("Text", new() { Exact = true }).PressSequentiallyAsync(", it is ready. {{username}}");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator("td b")).ToContainTextAsync(["/ready"]);

        await ana.Page.GotoAsync("/inbox?tab=all");
        await ana.OpenAsync("Frida Nyberg");
        await ana.TypeAsync("Hello!");
        await ana.Page.Locator("[data-canned]").ClickAsync();
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "/ready" })).ToBeVisibleAsync();
        await ana.Composer.PressAsync("Escape");
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Hello!");
        await ana.Composer.PressSequentiallyAsync(" /rea");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "/ready" })).ToBeVisibleAsync();
        await ana.Composer.PressAsync("Enter");

        await Assertions.Expect(ana.Composer).ToHaveValueAsync("Hello! Yes, Frida, it is ready. {{username}}");
        await ana.Page.Keyboard.PressAsync("Delete");
        await ana.Composer.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("Hello! Yes, Frida, it is ready.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_colleague_named_in_a_note_is_told_at_once_and_the_customer_hears_nothing()
    {
        await using var console = await RunningConsole.StartAsync();
        var customer = await console.Simulator.MakeCustomerAsync("Sven Lind", "+46705550102");
        await console.Simulator.WriteAsync(customer, "The left one has a scratch.");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        await jonas.Page.GotoAsync("/contacts");
        var bell = jonas.Page.Locator(".bell-button");
        await Assertions.Expect(bell).ToBeVisibleAsync();

        await ana.OpenAsync("Sven Lind");
        await Assertions.Expect(ana.Page.Locator(".composer-both[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Page.Locator(".composer-note[data-ready]")).ToBeAttachedAsync();
        await ana.Page.GetByRole(AriaRole.Tab, new() { Name = "Note" }).ClickAsync();
        var note = ana.Page.GetByLabel("Note for the team");
        await note.PressSequentiallyAsync("Batch 0914 again, @jon");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Listbox, new() { Name = "Colleagues" }).GetByRole(AriaRole.Option)).ToHaveTextAsync(["@Jonas Weber"]);
        await note.PressAsync("Tab");
        await note.PressSequentiallyAsync("please check");
        await note.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("please check").Locator("mark")).ToContainTextAsync("@Jonas");

        await Assertions.Expect(bell.Locator(".rail-dot")).ToHaveTextAsync("1");
        await Assertions.Expect(jonas.Page).ToHaveTitleAsync("(1) Contacts · WaConsole");
        await bell.ClickAsync();
        await jonas.Page.Locator(".bell-item").ClickAsync();
        await Assertions.Expect(jonas.Bubble("Batch 0914 again")).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.Locator(".bell-list")).ToBeHiddenAsync();
        await Assertions.Expect(jonas.Page).ToHaveTitleAsync("Inbox · WaConsole");
        await Assertions.Expect(jonas.Page.Locator(".bell-button .rail-dot")).ToHaveCountAsync(0);
        await Assertions.Expect(jonas.Page.Locator(".people-one")).ToHaveCountAsync(2);
        Assert.DoesNotContain(await console.Simulator.ChatAsync(customer), line => line.ToString().Contains("0914", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_given_a_conversation_hears_and_sees_it_as_they_chose_and_not_in_their_quiet_hours()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Mina Holt", "+4740555141"), "Who can help me?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await (await stages.BrowserAsync()).OpenAsync(console);
        await jonas.Page.AddInitScriptAsync(Listening);
        await jonas.SignInAsync("jonas");
        await jonas.Page.GotoAsync("/contacts");
        var bell = jonas.Page.Locator(".bell-button");
        await bell.ClickAsync();

        // The hours are filled in by the script that takes the presses.
        await Assertions.Expect(jonas.Page.Locator("[data-quiet-from]")).ToHaveValueAsync("20:00");
        await jonas.Page.Locator("[data-sound]").ClickAsync();
        await jonas.Page.Locator("[data-desktop]").ClickAsync();
        await Assertions.Expect(jonas.Page.Locator("[data-ways] [aria-pressed='true']")).ToHaveCountAsync(2);
        await jonas.Page.Keyboard.PressAsync("Escape");
        var rung = await jonas.Page.EvaluateAsync<int>("window.rung");

        await ana.OpenAsync("Mina Holt");
        await AssignAsync(ana, "Jonas Weber");
        await Assertions.Expect(bell.Locator(".rail-dot")).ToHaveTextAsync("1");
        await Assertions.Expect(jonas.Page.Locator("link[rel='icon']")).ToHaveAttributeAsync("href", "/icons/favicon-dot.svg");
        await jonas.Page.WaitForFunctionAsync("() => window.told.join().includes('Mina Holt')");
        Assert.True(await jonas.Page.EvaluateAsync<int>("window.rung") > rung, "nothing was heard");

        await bell.ClickAsync();
        await jonas.Page.Locator("[data-quiet-from]").FillAsync(await HoursFromNowAsync(jonas, -6));
        await jonas.Page.Locator("[data-quiet-to]").FillAsync(await HoursFromNowAsync(jonas, 6));
        await jonas.Page.Locator("[data-quiet]").CheckAsync();
        await jonas.Page.Keyboard.PressAsync("Escape");
        await AssignAsync(ana, "Ana Marković");
        await AssignAsync(ana, "Jonas Weber");
        await Assertions.Expect(bell.Locator(".rail-dot")).ToHaveTextAsync("2");
        Assert.Equal(1, await jonas.Page.EvaluateAsync<int>("window.told.length"));

        await jonas.Page.GotoAsync("/inbox?tab=mine");
        await Assertions.Expect(jonas.Row("Mina Holt")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_colleague_takes_part_a_message_goes_on_to_another_customer_and_a_view_is_kept_for_everybody()
    {
        await using var console = await RunningConsole.StartAsync();
        var other = await console.Simulator.MakeCustomerAsync("Selma Vik", "+4740555142");
        await console.Simulator.WriteAsync(other, "Where is your shop?");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Selma Dahl", "+4740555143"), "It is in Lindenstraße 14");
        await using var admin = await stages.InboxAsync(console, "admin");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        await jonas.Page.GotoAsync("/inbox?tab=all");
        await admin.OpenAsync("Selma Dahl");
        await Assertions.Expect(admin.Page.Locator(".composer-both[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(admin.Page.Locator(".composer-note[data-ready]")).ToBeAttachedAsync();

        await admin.Page.Locator(".people-add").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Jonas Weber" }).ClickAsync();
        await Assertions.Expect(admin.Page.Locator(".people-one")).ToContainTextAsync("Jonas Weber");
        await admin.Page.GetByRole(AriaRole.Tab, new() { Name = "Note" }).ClickAsync();
        await admin.Page.GetByLabel("Note for the team").FillAsync("Same street as ours");
        await admin.Page.GetByLabel("Note for the team").PressAsync("Enter");
        await Assertions.Expect(jonas.Page.Locator(".bell-button .rail-dot")).ToHaveTextAsync("1");

        await admin.Bubble("Lindenstraße 14").HoverAsync();
        await admin.Bubble("Lindenstraße 14").GetByRole(AriaRole.Button, new() { Name = "Forward", Exact = true }).ClickAsync();
        await admin.Page.Locator("dialog[open]").GetByLabel("Forward: Selma Vik").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("dialog[open] .tag.good")).ToBeVisibleAsync();
        await admin.Page.Keyboard.PressAsync("Escape");
        await Until.TrueAsync(async () => (await console.Simulator.ChatAsync(other)).Any(line => line.ToString().Contains("Lindenstra", StringComparison.Ordinal)), "the address on the other phone");

        await admin.Page.GotoAsync("/inbox?tab=all&sort=closing");
        await admin.Page.Locator("[data-key='views']").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Save this view…" }).ClickAsync();
        await admin.Page.Locator("dialog[open] input:not([type])").FillAsync("Soonest");
        await admin.Page.Locator("dialog[open] input[type='checkbox']").CheckAsync();
        await admin.Page.Locator("dialog[open] [type='submit']").ClickAsync();
        await jonas.Page.Locator("[data-key='views']").ClickAsync();
        await jonas.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Soonest" }).First.ClickAsync();
        await Assertions.Expect(jonas.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sort=closing"));
        await Assertions.Expect(jonas.Row("Selma")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_number_shares_in_turn_answers_by_itself_when_closed_and_what_waits_too_long_or_closes_soon_is_found()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var admin = await stages.OpenAsync(console, "admin");
        await admin.Page.GotoAsync("/settings/numbers");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change" }).First.ClickAsync();
        await admin.Page.Locator("dialog[open]").GetByLabel("in turn", new() { Exact = false }).CheckAsync();
        await admin.Page.Locator("dialog[open] [type='submit']").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await admin.Page.Locator("[data-hours]").First.ClickAsync();
        var hours = admin.Page.Locator("dialog[open]");
        await hours.Locator($"[data-day='{TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek}'] [data-add]").ClickAsync();
        await hours.Locator("[data-away]").CheckAsync();
        await hours.Locator("[data-away-text]").FillAsync("We are closed. If it cannot wait: +49 30 1234567.");
        await hours.Locator("[type='submit']").ClickAsync();
        await Assertions.Expect(hours).ToHaveCountAsync(0);

        await using var ana = await stages.OpenAsync(console, "ana");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        await ana.Page.GotoAsync("/inbox?tab=mine");
        await jonas.Page.GotoAsync("/inbox?tab=mine");

        // Who has no screen open is passed over.
        await Assertions.Expect(ana.Rows).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Rows).ToBeVisibleAsync();
        var early = await console.Simulator.MakeCustomerAsync("Turid Berg", "+4740555144");
        await console.Simulator.WriteAsync(early, "Are you there?");
        await Until.TrueAsync(async () => await ana.Row("Turid Berg").CountAsync() + await jonas.Row("Turid Berg").CountAsync() == 1, "given to one of them");
        var (first, second) = await ana.Row("Turid Berg").CountAsync() > 0 ? (ana, jonas) : (jonas, ana);
        await first.OpenAsync("Turid Berg");
        await Assertions.Expect(first.Bubble("We are closed. If it cannot wait: +49 30 1234567.").Locator("[data-automatic]")).ToBeVisibleAsync();
        await console.Simulator.WriteAsync(early, "Hello?");
        await Assertions.Expect(first.Bubble("Hello?")).ToBeVisibleAsync();

        await console.Simulator.AdvanceAsync("PT20H30M");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Turid Dale", "+4740555145"), "Good morning");
        await Assertions.Expect(second.Row("Turid Dale")).ToBeVisibleAsync();
        await first.Page.GotoAsync("/inbox?tab=all&sort=soon");
        await second.Page.GotoAsync("/inbox?tab=all&sort=closed");
        await Assertions.Expect(first.Row("Turid")).ToHaveCountAsync(1);
        await Assertions.Expect(first.Row("Turid Berg")).ToBeVisibleAsync();
        await Assertions.Expect(second.Page.GetByLabel("Order", new() { Exact = true })).ToHaveValueAsync("closed");
        await Assertions.Expect(second.Row("Turid")).ToHaveCountAsync(0);

        await console.Simulator.AdvanceAsync("PT4H");
        await Assertions.Expect(second.Row("Turid")).ToHaveCountAsync(1);
        await Assertions.Expect(second.Row("Turid Berg").Locator("[data-overdue]")).ToBeVisibleAsync();
        await Assertions.Expect(first.Row("Turid Berg")).ToHaveCountAsync(0);
        Assert.Single(await console.Simulator.ChatAsync(early), line => line.ToString().Contains("We are closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_conversation_is_snoozed_wakes_in_time_and_the_next_one_opens_when_it_is_resolved()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Ylva Ek", "+46705550103"), ("Ylva Sund", "+46705550104")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), $"Hello from {name}");
        }

        await using var ana = await stages.OpenAsync(console, "ana");
        await ana.Page.GotoAsync("/inbox?status=open&q=Ylva");
        await Assertions.Expect(ana.Row("Ylva")).ToHaveCountAsync(2);
        await ana.OpenAsync("Ylva Ek");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.Locator(".thread-scroll").FocusAsync();
        await ana.Page.Keyboard.PressAsync("z");
        await ana.Page.GetByRole(AriaRole.Menuitem, new() { Name = "For an hour" }).ClickAsync();
        await Assertions.Expect(ana.Thread.GetByText("snoozed this until")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Ylva Ek")).ToHaveCountAsync(0);

        await console.Simulator.AdvanceAsync("PT1H1M");
        await Assertions.Expect(ana.Row("Ylva Ek")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Thread.GetByText("No longer snoozed")).ToBeVisibleAsync();

        await ana.Page.Locator(".thread-scroll").FocusAsync();
        await ana.Page.Keyboard.PressAsync("e");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Ylva Sund", Level = 2 })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Ylva Ek")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reply_is_previewed_held_and_taken_back_before_the_customer_gets_it()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Tuva Moen", "+4740555105");
        await console.Simulator.WriteAsync(customer, "What does it cost?");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        await UndoForAsync(jonas, "20");
        try
        {
            await jonas.Page.GotoAsync("/inbox?tab=all");
            await jonas.OpenAsync("Tuva Moen");

            await jonas.TypeAsync("It costs *90 kr* today");
            await Assertions.Expect(jonas.Page.Locator(".box-preview strong")).ToHaveTextAsync("90 kr");
            await jonas.Composer.PressAsync("Enter");
            await Assertions.Expect(jonas.Composer).ToHaveValueAsync("");
            await jonas.Bubble("It costs").GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();

            await Assertions.Expect(jonas.Composer).ToHaveValueAsync("It costs *90 kr* today");
            await Assertions.Expect(jonas.Bubble("It costs")).ToHaveCountAsync(0);
            Assert.Single(await console.Simulator.ChatAsync(customer));
        }
        finally
        {
            // The console is shared, and what Jonas chose would hold every reply of his.
            await UndoForAsync(jonas, "0");
        }
    }

    [Fact]
    public async Task A_shift_by_keyboard_alone()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Zara Holt", "+4740555106"), ("Zara Lie", "+4740555107")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), $"Hello from {name}");
        }

        await using var ana = await stages.OpenAsync(console, "ana");
        await ana.Page.GotoAsync("/inbox?status=open&q=Zara");
        await Assertions.Expect(ana.Row("Zara")).ToHaveCountAsync(2);
        await Assertions.Expect(ana.Page.Locator("html[data-single-keys]")).ToBeAttachedAsync();
        var keys = ana.Page.Keyboard;
        await keys.PressAsync("?");
        var sheet = ana.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();

        await keys.PressAsync("Control+k");
        await keys.TypeAsync("Zara Holt");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Option, new() { Name = "Conversation" })).ToContainTextAsync("Zara Holt");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Zara Holt", Level = 2 })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Composer).ToBeFocusedAsync();
        Assert.True(await ana.Composer.EvaluateAsync<bool>(OptionE), "Option+E begins an accented letter on a Mac");
        await keys.TypeAsync("Good morning");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Bubble("Good morning")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        await keys.PressAsync("Escape");
        await keys.PressAsync("i");
        await Assertions.Expect(ana.Thread.GetByText("took this conversation")).ToBeVisibleAsync();
        await keys.PressAsync("r");
        await Assertions.Expect(ana.Composer).ToBeFocusedAsync();
        await Assertions.Expect(ana.Rows.Locator(".row-name").First).ToHaveTextAsync("Zara Holt");
        var next = await ana.Rows.Locator(".row-name").Nth(1).InnerTextAsync();
        await keys.PressAsync("Alt+e");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = next, Level = 2 })).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Zara Holt")).ToHaveCountAsync(0);
        await Assertions.Expect(ana.Composer).ToBeFocusedAsync();

        await keys.PressAsync("Escape");
        await keys.TypeAsync("gc");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Contacts", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_people_at_one_conversation_see_each_other_and_do_not_answer_twice_by_accident()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Wilma Rask", "+4740555108");
        await console.Simulator.WriteAsync(customer, "When does it leave?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await ana.OpenAsync("Wilma Rask");
        await jonas.OpenAsync("Wilma Rask");
        await Assertions.Expect(ana.Page.Locator(".colleagues")).ToContainTextAsync("is viewing");
        await Assertions.Expect(jonas.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await jonas.Composer.PressSequentiallyAsync("It leaves tomorrow");
        await Assertions.Expect(ana.Page.Locator(".colleagues")).ToContainTextAsync("is typing");

        await ana.ReplyAsync("It left today");
        await Assertions.Expect(jonas.Bubble("It left today")).ToBeVisibleAsync();
        await jonas.Composer.PressAsync("Enter");
        await Assertions.Expect(jonas.Page.Locator("[data-held]")).ToContainTextAsync("It left today");
        await Assertions.Expect(jonas.Composer).ToHaveValueAsync("It leaves tomorrow");
        Assert.DoesNotContain(await console.Simulator.ChatAsync(customer), line => line.ToString().Contains("tomorrow", StringComparison.Ordinal));

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "New", Exact = true }).ClickAsync();
        await ana.Page.GetByLabel("Phone number with country code").FillAsync("+47 405 55 109");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".composer-closed")).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.Locator(".colleagues")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Several_conversations_are_chosen_and_handled_at_once()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        foreach (var (name, phone) in ((string, string)[])[("Nora Alm", "+4740555121"), ("Nora Berg", "+4740555122"), ("Nora Dahl", "+4740555123")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), $"Hello from {name}");
        }

        await using var ana = await stages.OpenAsync(console, "ana");
        await using var jonas = await stages.OpenAsync(console, "jonas");
        await jonas.Page.GotoAsync("/inbox?status=open&q=Nora");
        await ana.Page.GotoAsync("/inbox?status=open&q=Nora");
        await Assertions.Expect(ana.Row("Nora")).ToHaveCountAsync(3);
        await Assertions.Expect(jonas.Row("Nora")).ToHaveCountAsync(3);

        // The words are put there by the script that takes the ticks.
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToHaveValueAsync("Nora");
        var boxes = ana.Rows.GetByRole(AriaRole.Checkbox);
        await boxes.First.CheckAsync();

        // The bar that comes with the first tick moves the rows.
        await Assertions.Expect(ana.Page.GetByText("1 selected")).ToBeVisibleAsync();
        await boxes.Last.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(ana.Page.GetByText("3 selected")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(".filters")).ToBeHiddenAsync();
        await boxes.Nth(1).FocusAsync();
        await ana.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(ana.Page.GetByText("2 selected")).ToBeVisibleAsync();

        var bar = ana.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected conversations" });
        await bar.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Assertions.Expect(bar.GetByRole(AriaRole.Menuitemradio).First).ToBeFocusedAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(bar.GetByRole(AriaRole.Menuitemradio).First).ToBeHiddenAsync();
        await Assertions.Expect(ana.Page.GetByText("2 selected")).ToBeVisibleAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await bar.GetByRole(AriaRole.Menuitemradio, new() { Name = "Ana Marković" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("Done for 2.")).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.Locator(".row-assignee")).ToHaveCountAsync(2);

        await boxes.First.CheckAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Select all shown" }).ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("3 selected")).ToBeVisibleAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();

        // Rows that come under the pointer when the bar goes would not move.
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(ana.Row("Nora")).ToHaveCountAsync(0);
        await Assertions.Expect(jonas.Row("Nora")).ToHaveCountAsync(0);
        await Assertions.Expect(bar).ToHaveCountAsync(0);

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(ana.Page.GetByText("Taken back for 3.")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Nora")).ToHaveCountAsync(3);
        await Assertions.Expect(jonas.Row("Nora")).ToHaveCountAsync(3);
        await Assertions.Expect(jonas.Page.Locator(".row-assignee")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Before_the_last_hour_of_a_window_the_team_hears_that_nobody_has_answered()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Liv Holm", "+4740555131"), "Do you have it in blue?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");
        await Assertions.Expect(ana.Row("Liv Holm")).ToBeVisibleAsync();
        await jonas.Page.GotoAsync("/contacts");

        await console.Simulator.AdvanceAsync("PT22H57M");

        await Assertions.Expect(ana.Page.Locator(".bell-button .rail-dot")).ToHaveTextAsync("1");
        await jonas.Page.Locator(".bell-button").ClickAsync();
        await Assertions.Expect(jonas.Page.Locator(".bell-item")).ToContainTextAsync("An hour left to answer Liv Holm");
        await jonas.Page.Locator(".bell-item").ClickAsync();
        await Assertions.Expect(jonas.Bubble("Do you have it in blue?")).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Page.Locator(".bell-button .rail-dot")).ToHaveCountAsync(0);
    }

    /// <summary>The time of day by the browser's own clock.</summary>
    private static Task<string> HoursFromNowAsync(Screen screen, int hours) =>
        screen.Page.EvaluateAsync<string>("hours => new Date(Date.now() + hours * 3600e3).toTimeString().slice(0, 5)", hours);

    private static async Task AssignAsync(Screen screen, string name)
    {
        await screen.Page.Locator("[data-key='assign']").ClickAsync();

        // Told by the script that closes the list after a choice.
        await Assertions.Expect(screen.Page.Locator("[data-key='assign']")).ToHaveAttributeAsync("aria-expanded", "true");
        await screen.Page.Locator(":popover-open").GetByRole(AriaRole.Menuitemradio, new() { Name = name }).ClickAsync();
        await Assertions.Expect(screen.Page.Locator("[data-key='assign']")).ToContainTextAsync(name);
    }

    private static async Task UndoForAsync(Screen screen, string seconds)
    {
        await screen.Page.GotoAsync("/account/profile");
        await screen.Page.GetByLabel("Take back a reply").SelectOptionAsync(seconds);
        await screen.Page.Locator("form").Filter(new() { HasText = "Single keys" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(screen.Page.GetByText("Saved", new() { Exact = false }).First).ToBeVisibleAsync();
    }
}
