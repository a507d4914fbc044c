using Microsoft.Playwright;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>What a number tells its customers of who reads and types: chosen by an admin, seen on the customer's phone.</summary>
public sealed class ReadReceiptTests(Stages stages)
{
    [Fact]
    public async Task The_customers_phone_shows_blue_ticks_and_typing_as_the_number_is_set()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await stages.OpenAsync(console, "admin");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await stages.InboxAsync(console, "jonas");

        try
        {
            await SetAsync(admin, "Never", typing: true);
            var (never, neverId) = await WriteAsync(console, jonas, ana, "Rita Ness", "+4740559301");
            await ana.TypeAsync("One moment, please");
            await ana.ReplyAsync("We open at nine.");
            await Assertions.Expect(never.Bubble("We open at nine.")).ToBeVisibleAsync();

            // A reply is on the phone before the console has kept that it went, and only then is its mark asked for, as the number is set by then.
            await Until.TrueAsync(async () => await OutboxRows.CountAsync(console.Database, OutboxState.Sending) == 0, "the result of the reply");

            await SetAsync(admin, "WhenReplying", typing: false);
            var (replied, _) = await WriteAsync(console, jonas, ana, "Rita Moe", "+4740559302");
            await ana.TypeAsync("Let me see");
            await Assertions.Expect(Tick(replied)).ToHaveTextAsync("Delivered");
            await ana.ReplyAsync("We close at six.");
            await Assertions.Expect(Tick(replied)).ToHaveTextAsync("Read");

            // Marks go one after the other: what was told of the second customer would have been told of the first before.
            var first = await Phone.OpenAsync(jonas, neverId, "Rita Ness");
            await Assertions.Expect(Tick(first)).ToHaveTextAsync("Delivered");

            await SetAsync(admin, "WhenReplying", typing: true);
            var (typed, _) = await WriteAsync(console, jonas, ana, "Rita Lund", "+4740559303");
            await Assertions.Expect(State(typed)).Not.ToHaveTextAsync("typing…");
            await ana.TypeAsync("I look it up");
            await Assertions.Expect(State(typed)).ToHaveTextAsync("typing…");
            await ana.ReplyAsync("On Sunday too.");
            await Assertions.Expect(typed.Bubble("On Sunday too.")).ToBeVisibleAsync();
            await Assertions.Expect(State(typed)).Not.ToHaveTextAsync("typing…");

            await SetAsync(admin, "WhenOpening", typing: false);
            var (opened, _) = await WriteAsync(console, jonas, ana, "Rita Holm", "+4740559304");
            await Assertions.Expect(Tick(opened)).ToHaveTextAsync("Read");
        }
        finally
        {
            // The console is shared, and its number tells of reading and typing as numbers do.
            await SetAsync(admin, "WhenReplying", typing: true);
        }
    }

    /// <summary>A customer writes, their phone lies open at Jonas, and Ana opens the conversation.</summary>
    private static async Task<(Phone Phone, string Customer)> WriteAsync(RunningConsole console, Screen jonas, Screen ana, string name, string number)
    {
        // Rows do not come under the pointer.
        await ana.Page.Mouse.MoveAsync(900, 400);
        var customer = await console.Simulator.MakeCustomerAsync(name, number);
        await console.Simulator.WriteAsync(customer, "When are you open?");
        var phone = await Phone.OpenAsync(jonas, customer, name);
        await Assertions.Expect(Tick(phone)).ToHaveTextAsync("Delivered");
        await ana.OpenAsync(name);
        return (phone, customer);
    }

    private static ILocator Tick(Phone phone) => phone.Bubble("When are you open?").Locator(".ticks .hidden");

    private static ILocator State(Phone phone) => phone.Handset.Locator(".title .state");

    private static async Task SetAsync(Screen admin, string receipts, bool typing)
    {
        await Screen.GoAsync(admin.Page, "/settings/numbers");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change" }).First.ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Blue ticks").SelectOptionAsync(receipts);
        await dialog.GetByLabel("Show customers that somebody is typing").SetCheckedAsync(typing);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }
}
