using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>A list worked off by one key.</summary>
public sealed partial class ListKeysTests(Stages stages)
{
    [Fact]
    public async Task E_and_E_resolve_two_a_held_E_one_more_and_the_last_can_be_taken_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");

        // One after the other: who wrote within the same second stands in the order in which the webhooks came, which is any.
        foreach (var (name, phone) in ((string, string)[])
            [("Kira Dahl", "+4740558204"), ("Kira Cato", "+4740558203"), ("Kira Boe", "+4740558202"), ("Kira Aas", "+4740558201"), ("Kira Eide", "+4740558205")])
        {
            await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync(name, phone), "Thank you, that was all");
            await Assertions.Expect(ana.Row(name)).ToBeVisibleAsync();
        }

        await ana.OpenAsync("Kira Eide");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.Mouse.MoveAsync(900, 400);
        var (keys, head) = (ana.Page.Keyboard, ana.Page.Locator(".thread h2"));

        // One alone first: a console that was just started takes longer for the first than a key waits for the one before it.
        await keys.PressAsync("e");
        await Assertions.Expect(head).ToHaveTextAsync("Kira Aas");
        await Assertions.Expect(ana.Row("Kira Eide")).ToHaveCountAsync(0);
        await keys.PressAsync("e");
        await keys.PressAsync("e");

        await Assertions.Expect(head).ToHaveTextAsync("Kira Cato");
        await Assertions.Expect(ana.Row("Kira Aas")).ToHaveCountAsync(0);
        await Assertions.Expect(ana.Row("Kira Boe")).ToHaveCountAsync(0);
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Composer).ToHaveValueAsync("");
        await Assertions.Expect(ana.Page.Locator("a.row[aria-current=true]")).ToBeFocusedAsync();

        await keys.DownAsync("e");
        await Assertions.Expect(head).ToHaveTextAsync("Kira Dahl");
        await keys.DownAsync("e");
        await keys.DownAsync("e");
        await keys.UpAsync("e");
        var said = ana.Page.Locator(".list .bulk-said");
        await Assertions.Expect(said).ToContainTextAsync("Kira Cato is resolved.");
        await Assertions.Expect(ana.Row("Kira Cato")).ToHaveCountAsync(0);
        await said.Locator("[data-undo]").ClickAsync();
        await ana.Page.Mouse.MoveAsync(900, 400);
        await Assertions.Expect(ana.Row("Kira Cato")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Row("Kira Dahl")).ToBeVisibleAsync();
        await Assertions.Expect(head).ToHaveTextAsync("Kira Dahl");
        await Assertions.Expect(ana.Page.Locator(".thread-head [data-resolves]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_searches_before_the_list_has_its_script_walks_what_is_found()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Kolbjorn Vik", "+4740558211"), "Are you open?");
        await using var ana = await stages.OpenAsync(console, "ana");
        var late = new TaskCompletionSource();
        await ana.Page.RouteAsync(ListScript(), async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await ana.Page.GotoAsync("/inbox?tab=all");
        await Assertions.Expect(ana.Page.Locator("html[data-single-keys] .inbox[data-panel]")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToBeVisibleAsync();
        var keys = ana.Page.Keyboard;

        await keys.PressAsync("/");
        await Assertions.Expect(ana.Page.Locator("[data-search]")).ToBeFocusedAsync();
        await keys.TypeAsync("Kolbjorn");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("[data-rows]")).ToBeFocusedAsync();
        late.SetResult();
        await Assertions.Expect(ana.Page.Locator("[data-rows][data-shown='Kolbjorn']")).ToBeAttachedAsync();
        await Assertions.Expect(ana.Row("Kolbjorn Vik")).ToHaveCountAsync(1);
        await keys.PressAsync("j");

        await Assertions.Expect(ana.Page.Locator(".thread h2")).ToHaveTextAsync("Kolbjorn Vik");
    }

    [GeneratedRegex(@"/ConversationList\.razor[^/]*\.js")]
    private static partial Regex ListScript();
}
