using System.Text.Json;
using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>The two walks of the architecture, through real programs and real browsers.</summary>
public sealed class LiveTests(Stages stages)
{
    [Theory]
    [EveryDatabase]
    public async Task A_message_and_its_answer_are_live_on_two_screens_until_both_show_it_read(DatabaseProvider provider)
    {
        var console = await stages.ConsoleAsync(provider);
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");

        var customer = await console.Simulator.MakeCustomerAsync("Ines Aldana", "+34600100201");
        await console.Simulator.WriteAsync(customer, "Do you mend climbing shoes?");
        await Assertions.Expect(ana.Row("Ines Aldana")).ToContainTextAsync("Do you mend climbing shoes?");
        await Assertions.Expect(jonas.Row("Ines Aldana")).ToContainTextAsync("Do you mend climbing shoes?");

        await ana.OpenAsync("Ines Aldana");
        await jonas.OpenAsync("Ines Aldana");
        await console.Simulator.WriteAsync(customer, "The sole came loose.");
        await Assertions.Expect(ana.Bubble("The sole came loose.")).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Bubble("The sole came loose.")).ToBeVisibleAsync();

        await ana.ReplyAsync("We do, bring them in.");
        await Assertions.Expect(jonas.Bubble("We do, bring them in.")).ToBeVisibleAsync();
        await Until.TrueAsync(async () => (await TextsOnPhoneAsync(console, customer)).Count(text => text == "We do, bring them in.") == 1, "the answer on the phone");

        await console.Simulator.ReadAsync(customer);
        await Assertions.Expect(ana.Bubble("We do, bring them in.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(jonas.Bubble("We do, bring them in.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await ana.AssertNeverReloadedAsync();
        await jonas.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task A_picture_goes_both_ways()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Pia Lund", "+4520123456");
        await console.Simulator.SendAsync(customer, new { type = "image", caption = "Look at this heel" });
        await ana.OpenAsync("Pia Lund");
        await SeenAsync(ana.Bubble("Look at this heel").Locator(".media-image img"));

        await ana.Page.Locator("input[data-files]").SetInputFilesAsync(Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files/scratched-boot.jpg"));
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" })).ToContainTextAsync("scratched-boot.jpg");
        await ana.TypeAsync("Like this one?");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Until.TrueAsync(
            async () => (await console.Simulator.ChatAsync(customer)).Any(line =>
                !line.GetProperty("fromCustomer").GetBoolean() && line.GetProperty("content").GetProperty("kind").GetString() == "image"),
            "the picture on the phone");
        await SeenAsync(ana.Bubble("Like this one?").Locator(".media-image img"));
    }

    [Fact]
    public async Task The_window_runs_out_before_the_agents_eyes_and_a_template_opens_the_conversation_again()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Oda Berg", "+4740123456");
        await console.Simulator.WriteAsync(customer, "When are you open?");
        await ana.OpenAsync("Oda Berg");
        var ring = ana.Row("Oda Berg").Locator(".ring");
        await Assertions.Expect(ring).ToHaveTextAsync("24 h");

        await console.Simulator.AdvanceAsync("PT21H");
        await Assertions.Expect(ring).ToHaveTextAsync("3 h");
        await console.Simulator.AdvanceAsync("PT2H20M");
        await Assertions.Expect(ring).ToContainTextAsync("min");

        await ana.TypeAsync("We are open until six.");
        await console.Simulator.AdvanceAsync("PT40M");
        await Assertions.Expect(ring).ToHaveTextAsync("Closed");
        await Assertions.Expect(ana.Composer).ToBeHiddenAsync();
        await Assertions.Expect(ana.Page.GetByText("We are open until six.")).ToBeVisibleAsync();

        await ana.Page.Locator(".composer-closed").GetByRole(AriaRole.Button, new() { Name = "Send template" }).ClickAsync();
        await ana.Page.Locator("dialog[open] [data-all]").GetByRole(AriaRole.Button, new() { Name = "how_were_we" }).PressAsync("Enter");
        await new StudioHand(ana.Page).SendAsync();
        await Assertions.Expect(ana.Bubble("We repaired your shoes last week.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();

        await console.Simulator.WriteAsync(customer, "All is well, thank you");
        await Assertions.Expect(ana.Composer).ToBeVisibleAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("We are open until six.");
        await ana.AssertNeverReloadedAsync();
    }

    /// <summary>Drawn by the browser, not only asked for.</summary>
    private static async Task SeenAsync(ILocator picture)
    {
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await picture.ScrollIntoViewIfNeededAsync();
        await Until.TrueAsync(() => picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "the picture drawn");
    }

    private static async Task<IReadOnlyList<string?>> TextsOnPhoneAsync(RunningConsole console, string customer) =>
        [.. (await console.Simulator.ChatAsync(customer)).Select(line => Text(line.GetProperty("content")))];

    private static string? Text(JsonElement content) => content.TryGetProperty("text", out var text) ? text.GetString() : null;
}
