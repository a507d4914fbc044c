using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>What WhatsApp does to a template later: seen at once wherever it stands, and nothing is sent that WhatsApp would refuse.</summary>
public sealed class TemplateStateTests(Stages stages)
{
    [Theory]
    [InlineData("REJECTED", "Rejected")]
    [InlineData("PAUSED", "Paused")]
    [InlineData("DISABLED", "Disabled")]
    public async Task A_template_that_WhatsApp_stops_is_shown_so_in_list_page_studio_and_picker_at_once_and_is_sent_to_nobody(string status, string word)
    {
        var name = $"stopped_{status.ToLowerInvariant()}";
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var page = await MakeAsync(console, name);
        await using var list = await ListAsync(console, name);
        await using var studio = await OpenAsync(console, new Uri(page.Page.Url).AbsolutePath);
        await studio.Page.Locator("[data-edit]").ClickAsync();
        await Assertions.Expect(studio.Page.Locator("[data-standing=APPROVED]")).ToBeVisibleAsync();
        await using var picker = await InboxAsync(console, status);
        var choice = picker.Page.Locator("dialog[open] [data-all] .template-choice", new() { HasText = name });
        await Assertions.Expect(choice).ToBeEnabledAsync();
        await using var form = await InboxAsync(console, status);
        await form.Page.Locator("dialog[open] [data-all] .template-choice", new() { HasText = name }).PressAsync("Enter");
        await Assertions.Expect(form.Page.Locator("[data-send-template]")).ToBeEnabledAsync();

        await console.Simulator.ChangeTemplateAsync(name, new { status, reason = status == "REJECTED" ? "INVALID_FORMAT" : null });

        await Assertions.Expect(page.Page.Locator($"[data-status={status}]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("[data-remedy]")).ToContainTextAsync(word);
        await Assertions.Expect(list.Page.Locator(".templates tbody tr", new() { HasText = name })).ToContainTextAsync(word);
        await Assertions.Expect(studio.Page.Locator($"[data-standing={status}]")).ToHaveTextAsync(word);
        await Assertions.Expect(choice).ToBeDisabledAsync();
        await Assertions.Expect(choice.Locator("small")).Not.ToBeEmptyAsync();
        var reason = await choice.Locator("small").InnerTextAsync();

        // Whoever had it open already reads the same when they press.
        await new StudioHand(form.Page).SendAsync();
        await Assertions.Expect(form.Page.Locator("dialog[open] [data-refusal]")).ToContainTextAsync(reason.Trim());
        var conversation = await console.ConversationWithAsync(PhoneOf(status));
        using var refused = await console.Api.PostAsJsonAsync($"conversations/{conversation}/messages", new { type = "template", name, language = "en" });
        Assert.Equal("template_not_sendable", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.DoesNotContain(await console.MessagesAsync(conversation), message => message.GetProperty("direction").GetString() == "outbound");
        if (status == "PAUSED")
        {
            await UnpauseAsync(console, page, list, choice, name);
        }
    }

    [Fact]
    public async Task Another_category_is_announced_and_then_shown_in_list_page_and_picker_while_all_are_open()
    {
        const string Name = "moved_to_marketing";
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var page = await MakeAsync(console, Name);
        await using var list = await ListAsync(console, Name);
        await using var picker = await InboxAsync(console, "CATEGORY");
        var choice = picker.Page.Locator("dialog[open] [data-all] .template-choice", new() { HasText = Name });
        await Assertions.Expect(choice).ToContainTextAsync("Utility");

        await console.Simulator.ChangeTemplateAsync(Name, new { category = "MARKETING" });
        await Assertions.Expect(page.Page.Locator(".timeline [data-event=CategoryAnnounced]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".notice.warn", new() { HasText = "Marketing" })).ToBeVisibleAsync();
        await console.Simulator.ChangeTemplateAsync(Name, new { category = "MARKETING", atOnce = true });

        await Assertions.Expect(page.Page.Locator(".timeline [data-event=CategoryChanged]")).ToBeVisibleAsync();
        await Assertions.Expect(list.Page.Locator(".templates tbody tr", new() { HasText = Name })).ToContainTextAsync("Marketing");
        // Marketing wants an opt-in: the picker says so before anybody presses.
        await Assertions.Expect(choice).ToContainTextAsync("Marketing");
        await Assertions.Expect(choice).ToBeDisabledAsync();
        await Assertions.Expect(choice.Locator("small")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_message_that_WhatsApp_holds_to_judge_its_quality_says_so_and_goes_on_when_it_is_let_go()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var maker = await MakeAsync(console, "held_back");
        await using var inbox = await InboxAsync(console, "HELD");
        await console.Simulator.SetFaultAsync(new { kind = "heldForQuality" });
        try
        {
            await inbox.Page.Locator("dialog[open] [data-all] .template-choice", new() { HasText = "held_back" }).PressAsync("Enter");
            await new StudioHand(inbox.Page).SendAsync();
            await Assertions.Expect(inbox.Thread.GetByLabel("Held by WhatsApp", new() { Exact = true })).ToBeVisibleAsync();
        }
        finally
        {
            await console.Simulator.ClearFaultsAsync();
        }

        await Assertions.Expect(inbox.Thread.GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task UnpauseAsync(RunningConsole console, Screen page, Screen list, ILocator choice, string name)
    {
        await console.Simulator.ChangeTemplateAsync(name, new { status = "PAUSED", title = "RATE_LIMITING_PAUSE" });
        var unpause = page.Page.GetByRole(AriaRole.Button, new() { Name = "Take it off pause" });
        await unpause.ClickAsync();
        await Assertions.Expect(page.Page.Locator(".page-actions [role=alert]")).ToBeVisibleAsync();
        await console.Simulator.AdvanceAsync("PT6M");
        await unpause.ClickAsync();

        await Assertions.Expect(page.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync();
        await Assertions.Expect(list.Page.Locator(".templates tbody tr", new() { HasText = name })).ToContainTextAsync("Approved");
        await Assertions.Expect(choice).ToBeEnabledAsync();
    }

    /// <summary>The list open that shows such a template.</summary>
    private async Task<Screen> ListAsync(RunningConsole console, string name)
    {
        var list = await OpenAsync(console, $"/templates?q={name}");
        await Assertions.Expect(list.Page.Locator(".templates tbody tr")).ToHaveCountAsync(1);
        return list;
    }

    /// <summary>The page of such a template open at who made it.</summary>
    private async Task<Screen> MakeAsync(RunningConsole console, string name)
    {
        var maker = await stages.OpenAsync(console, "admin");
        var studio = new StudioHand(maker.Page);
        await studio.BeginAsync("Utility");
        await studio.TypeAsync("name", name);
        await studio.TypeAsync("body", $"Your pair with the mark {name} is ready and waits for you at the counter until six.");
        await studio.SubmitAsync();
        await Assertions.Expect(maker.Page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync();
        return maker;
    }

    private async Task<Screen> OpenAsync(RunningConsole console, string path)
    {
        var screen = await stages.OpenAsync(console, "admin");
        await screen.Page.GotoAsync(path);
        return screen;
    }

    /// <summary>The picker of a conversation of its own.</summary>
    private async Task<Screen> InboxAsync(RunningConsole console, string who)
    {
        if ((await console.Api.GetFromJsonAsync<JsonElement>($"conversations?search={PhoneOf(who)}&limit=1")).GetProperty("items").GetArrayLength() == 0)
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync($"Customer {who}", "+" + PhoneOf(who)), "Good morning");
        }

        var screen = await OpenAsync(console, $"/inbox/{await console.ConversationWithAsync(PhoneOf(who))}");
        await Assertions.Expect(screen.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await screen.Page.Locator("[data-key=template]:visible").First.ClickAsync();
        await Assertions.Expect(screen.Page.Locator("dialog[open] .template-choice").First).ToBeVisibleAsync();
        return screen;
    }

    private static string PhoneOf(string who) => $"4915118{Array.IndexOf((string[])["REJECTED", "PAUSED", "DISABLED", "CATEGORY", "HELD"], who):00000}";
}
