using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>The simulator's phone of one customer, in somebody's browser window.</summary>
internal sealed class Phone
{
    private readonly IPage _page;

    private Phone(IPage page) => _page = page;

    public ILocator Handset => _page.Locator("section.handset");

    public ILocator Sheet => Handset.GetByRole(AriaRole.Dialog);

    public static async Task<Phone> OpenAsync(Screen screen, string customer, string name)
    {
        // The page reads whose phone it is when it opens.
        var address = $"/simulator?customer={customer}";
        await (screen.Page.Url.Contains("/simulator", StringComparison.Ordinal) ? screen.Page.GotoAsync(address) : Screen.GoAsync(screen.Page, address));
        await Assertions.Expect(screen.Page.Locator("#simulator-phone")).ToContainTextAsync(name);

        // Its script closes the menu somebody took an entry of: one that stayed open would be closed by the next press on it.
        await Assertions.Expect(screen.Page.Locator("section.handset .phone[data-ready]")).ToBeAttachedAsync();
        return new Phone(screen.Page);
    }

    /// <summary>A message with these words; the last when there are several.</summary>
    public ILocator Bubble(string text) => Handset.GetByRole(AriaRole.Article).Filter(new() { HasText = text }).Last;

    /// <summary>The last message that holds such an element.</summary>
    public ILocator BubbleWith(string selector) =>
        Handset.GetByRole(AriaRole.Article).Filter(new() { Has = _page.Locator(selector) }).Last;

    /// <summary>Opens the menu beside the box and takes one of its entries.</summary>
    public async Task PickAsync(string entry)
    {
        await Handset.Locator("details.samples > summary").ClickAsync();
        await Handset.Locator("details.samples").GetByRole(AriaRole.Button, new() { Name = entry, Exact = true }).ClickAsync();
    }

    /// <summary>Presses a button under a message of the business.</summary>
    public Task PressAsync(string message, string button) =>
        Bubble(message).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public async Task ReactAsync(string message, string emoji)
    {
        var row = Handset.Locator(".row").Filter(new() { HasText = message }).Last;
        await row.HoverAsync();
        await row.GetByLabel("React").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = emoji }).ClickAsync();
    }

    /// <summary>Presses a button of the open sheet.</summary>
    public Task ConfirmAsync(string button) => Sheet.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    public async Task CloseSheetAsync()
    {
        await Sheet.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Assertions.Expect(Sheet).ToHaveCountAsync(0);
    }
}
