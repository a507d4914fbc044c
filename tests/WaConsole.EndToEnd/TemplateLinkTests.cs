using System.Net.Http.Json;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>A link of a template, from the customer's phone to the figures of the template: only WhatsApp counts it, once somebody switched that on.</summary>
public sealed class TemplateLinkTests(Stages stages)
{
    [Fact]
    public async Task A_link_that_a_customer_opens_is_among_the_figures_of_its_template_once_the_counting_is_switched_on()
    {
        const string Number = "4915112346001";
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Ines Prado", "+" + Number);
        await console.Simulator.WriteAsync(customer, "Good morning");
        var conversation = await console.ConversationWithAsync(Number);
        using var sent = await console.Api.PostAsJsonAsync(
            $"conversations/{conversation}/messages",
            new { type = "template", name = "order_shipped", language = "en", parameters = new { body = (string[])["Ines", "AO-1", "Friday"], buttons = new Dictionary<string, string> { ["0"] = "AO-1" } } });
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        var browser = await stages.BrowserAsync();
        await using var page = await browser.OpenAsync(console);
        await page.SignInAsync("admin");
        await page.Page.GotoAsync("/templates?q=order_shipped");
        await page.Page.Locator(".templates a.tag[href^='templates/']", new() { HasText = "English" }).First.ClickAsync();
        var links = page.Page.Locator("[data-links]");
        await Assertions.Expect(page.Page.Locator("[data-links=NotEnabled] [data-why]")).ToContainTextAsync("switched on once");
        await Accessible.CheckAsync(page.Page, Themes.Both);

        await links.Locator("[data-enable]").ClickAsync();
        await page.Page.Locator("dialog[open] [data-really]").ClickAsync();
        await Assertions.Expect(links.Locator("[data-link='Track the parcel'] b")).ToHaveTextAsync("0");

        await using var screen = await browser.OpenAsync(console);
        await screen.SignInAsync("admin");
        await screen.Page.Context.RouteAsync("https://alder-oak.example/**", route => route.FulfillAsync(new() { Body = "" }));
        var phone = await Phone.OpenAsync(screen, customer, "Ines Prado");
        await phone.Handset.GetByRole(AriaRole.Link, new() { Name = "Track the parcel" }).ClickAsync();

        // A page's presses are taken one after another: with the sheet of the second, the first was counted.
        await phone.Handset.GetByRole(AriaRole.Button, new() { Name = "Call the business", Exact = true }).ClickAsync();
        await Assertions.Expect(phone.Sheet).ToBeVisibleAsync();
        await links.Locator("[data-read-now]").ClickAsync();

        await Assertions.Expect(links.Locator("[data-link='Track the parcel'] b")).ToHaveTextAsync("1");
        await Assertions.Expect(links.Locator("[data-link='Track the parcel']")).ToContainTextAsync("people: 1");
        await Accessible.CheckAsync(page.Page, Themes.Both);
    }
}
