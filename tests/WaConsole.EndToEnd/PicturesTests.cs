using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>Draws docs/images from the published program with its demo data: tests/run.sh --pictures.</summary>
[Trait("Category", "pictures")]
public sealed class PicturesTests : IAsyncLifetime
{
    /// <summary>Of the demo business: text, pictures, a voice message and a reaction.</summary>
    private const string Customer = "Rafael Prado";

    private static readonly string Folder = Environment.GetEnvironmentVariable("WACONSOLE_TEST_PICTURES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Repository.Root, "docs", "images");

    private RunningConsole _console = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        _console = await RunningConsole.StartAsync(new ConsoleOptions { Provider = DatabaseProvider.Sqlite, DemoData = true });
        _browser = await Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Sign_in()
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(1280, 860));
        await screen.Page.GotoAsync("/account/sign-in");
        await Assertions.Expect(screen.Page.GetByTitle("ana@demo.local")).ToBeVisibleAsync();
        await DrawAsync(screen, "sign-in");
    }

    [Theory]
    [InlineData(1440, 900, false, "inbox-light")]
    [InlineData(1440, 900, true, "inbox-dark")]
    [InlineData(390, 844, false, "inbox-phone-light")]
    [InlineData(390, 844, true, "inbox-phone-dark")]
    public async Task Inbox(int width, int height, bool dark, string name)
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(width, height, dark, width < 500 ? 2 : 1));
        await screen.OpenInboxAsync("ana");
        await Assertions.Expect(screen.Rows.GetByRole(AriaRole.Link).Nth(4)).ToBeVisibleAsync();
        if (width < 500 && !dark)
        {
            await DrawAsync(screen, "inbox-phone-list");
        }

        await screen.OpenAsync(Customer);
        await Assertions.Expect(screen.Thread.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await DrawAsync(screen, name);
    }

    [Fact]
    public async Task Inbox_from_right_to_left()
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(Locale: "ar-SA"));
        await screen.SignInAsync("ana");
        await screen.Page.GotoAsync("/inbox?tab=all");
        await screen.Page.Locator(".row", new() { HasText = Customer }).First.ClickAsync();
        await Assertions.Expect(screen.Thread.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await Assertions.Expect(screen.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await DrawAsync(screen, "inbox-arabic");
    }

    [Theory]
    [InlineData(false, "inbox-every-kind")]
    [InlineData(true, "inbox-every-kind-dark")]
    public async Task Every_kind_of_message(bool dark, string name)
    {
        var person = dark ? "Nour Haddad" : "Elin Strand";
        var customer = await _console.Simulator.MakeCustomerAsync(person, dark ? "+491713929901" : "+491713929902");
        foreach (var (message, _) in EveryCustomerMessage.All)
        {
            await _console.Simulator.SendAsync(customer, message);
        }

        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(1440, 2300, dark));
        await screen.OpenInboxAsync("ana");
        await screen.OpenAsync(person);
        await Assertions.Expect(screen.Thread.Locator(".sound[data-ready]")).ToHaveCountAsync(2);
        await Assertions.Expect(screen.Thread.Locator(".media-wait")).ToHaveCountAsync(0);
        await screen.ReplyAsync("We will look at all of it.");
        await Assertions.Expect(screen.Bubble("We will look at all of it.").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await DrawAsync(screen, name);
    }

    [Fact]
    public async Task Search()
    {
        await using var screen = await _browser.OpenAsync(_console);
        await screen.SignInAsync("ana");
        await screen.Page.GotoAsync("/inbox?tab=all&status=all&q=order");
        await screen.Page.Locator(".row-found").First.ClickAsync();
        await Assertions.Expect(screen.Page.Locator(".line-found")).ToBeVisibleAsync();
        await DrawAsync(screen, "search");
    }

    [Theory]
    [InlineData(1440, 900, false, "")]
    [InlineData(1440, 900, true, "-dark")]
    [InlineData(390, 844, false, "-phone")]
    public async Task Templates_and_the_studio(int width, int height, bool dark, string suffix)
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(width, height, dark));
        await screen.SignInAsync("mira");
        await screen.Page.GotoAsync("/templates");
        await Assertions.Expect(screen.Page.Locator(".templates tbody tr").Nth(5)).ToBeVisibleAsync();
        await DrawAsync(screen, $"templates{suffix}");
        await screen.Page.GotoAsync("/templates/new");
        await screen.Page.Locator("[data-example=order_confirmed]").ClickAsync();
        await Assertions.Expect(screen.Page.Locator(".studio[data-ready]")).ToBeAttachedAsync();
        await Assertions.Expect(screen.Page.Locator(".phone-frame .text")).ToContainTextAsync("Ines");
        await Assertions.Expect(screen.Page.Locator("[data-saved=yes]")).ToBeAttachedAsync();
        await DrawAsync(screen, $"studio{suffix}");
    }

    [Theory]
    [InlineData(1440, 900, false, "")]
    [InlineData(390, 844, false, "-phone")]
    public async Task The_form_that_sends_a_template(int width, int height, bool dark, string suffix)
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(width, height, dark));
        await screen.OpenInboxAsync("ana");
        await screen.OpenAsync(Customer);
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.Page.Keyboard.PressAsync("t");
        await screen.Page.Locator("dialog[open] .template-choice:not([disabled])", new() { HasText = "last_fitting_photo" }).First.ClickAsync();
        var form = screen.Page.Locator(".template-form");
        await form.Locator("input[type=file]").First.SetInputFilesAsync(Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files/scratched-boot.jpg"));
        await form.Locator("input[type=text], textarea").First.FillAsync("Rafael");
        await Assertions.Expect(form.Locator(".template-preview img").First).ToBeVisibleAsync();
        await Assertions.Expect(form.Locator(".template-preview")).ToContainTextAsync("Rafael");
        await DrawAsync(screen, $"send-template{suffix}");
    }

    [Theory]
    [InlineData(1440, false, "en-GB", "opt-ins")]
    [InlineData(1440, true, "en-GB", "opt-ins-dark")]
    [InlineData(390, false, "en-GB", "opt-ins-phone")]
    [InlineData(1440, false, "ar-SA", "opt-ins-arabic")]
    public async Task Opt_ins(int width, bool dark, string locale, string name)
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(width, 900, dark, Locale: locale));
        await screen.SignInAsync("admin");
        await screen.Page.GotoAsync("/opt-ins");
        await Assertions.Expect(screen.Page.Locator("tbody tr time").First).ToBeVisibleAsync();
        await DrawAsync(screen, name);
        await screen.Page.Locator("tbody tr a").Nth(3).ClickAsync();
        await Assertions.Expect(screen.Page.Locator("blockquote").First).ToBeVisibleAsync();
        await DrawAsync(screen, name.Replace("opt-ins", "opt-in-person", StringComparison.Ordinal));
        await screen.Page.Locator(".page-actions .pri").ClickAsync();
        await Assertions.Expect(screen.Page.Locator("dialog textarea").First).ToBeVisibleAsync();
        await DrawAsync(screen, name.Replace("opt-ins", "opt-in-record", StringComparison.Ordinal));
    }

    /// <summary>The page people agree on, the registry's health, a list on its way in, and one opt-in as a page to print.</summary>
    [Fact]
    public async Task How_people_agree_and_how_it_is_proven()
    {
        await using var admin = await _browser.OpenAsync(_console, new ScreenOptions(1440, 900));
        await admin.SignInAsync("admin");
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await admin.Page.GotoAsync("/opt-ins/wordings");
        await admin.Page.Locator("[data-new-wording]").ClickAsync();
        await dialog.GetByLabel("Name for your team").FillAsync("Offers");
        await dialog.GetByLabel("Business name shown").FillAsync("Alder & Oak");
        await dialog.Locator("textarea").FillAsync("I agree that Alder & Oak sends me offers by WhatsApp. Answer STOP to end them. https://example.com/privacy");
        await dialog.Locator("[data-publish]").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await admin.Page.GotoAsync("/opt-ins/pages");
        await admin.Page.Locator("[data-new-page]").ClickAsync();
        await dialog.GetByLabel("Name for your team").FillAsync("At the till");
        await dialog.GetByLabel("End of the address").FillAsync("offers");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await admin.Page.Locator("[data-page=offers] [data-publish-page]").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("[data-page=offers]")).ToContainTextAsync("Published");
        await using var visitor = await _browser.OpenAsync(_console, new ScreenOptions(390, 844, Scale: 2));
        await visitor.Page.GotoAsync("/opt-in/offers");
        await DrawAsync(visitor, "opt-in-page");

        await admin.Page.GotoAsync("/opt-ins/health");
        await Assertions.Expect(admin.Page.Locator("[data-wording-use]").First).ToBeVisibleAsync();
        await DrawAsync(admin, "opt-in-health");

        var people = string.Concat(Enumerable.Range(0, 400).Select(at => at % 50 == 49 ? "12,Nobody\n" : $"+49152{10_000_000 + at},Person {at}\n"));
        await admin.Page.GotoAsync("/opt-ins/imports");
        await admin.Page.Locator("[data-file]").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("Phone,Name\n" + people),
        });
        await admin.Page.Locator("[data-country]").SelectOptionAsync("DE");
        await admin.Page.Locator("[data-date]").FillAsync("2026-03-05");
        await admin.Page.Locator("[data-origin]").SelectOptionAsync("Paper");
        await admin.Page.Locator("[data-business]").FillAsync("Alder & Oak");
        await admin.Page.Locator("[data-words]").FillAsync("Alder & Oak may send me offers over WhatsApp. I can stop by writing STOP. Privacy: https://example.com/privacy");
        await admin.Page.Locator("[data-evidence]").FillAsync("Cards in the archive, folder 7");
        await admin.Page.Locator("[data-check]").ClickAsync();
        await admin.Page.Locator("[data-run]").ClickAsync();
        await Assertions.Expect(admin.Page.Locator(".page-head .tag")).ToHaveTextAsync("Done", new() { Timeout = 60_000 });
        await DrawAsync(admin, "opt-in-import");

        await admin.Page.GotoAsync("/opt-ins");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = Customer }).ClickAsync();
        await admin.Page.Locator("[data-certificate]").First.ClickAsync();
        await Assertions.Expect(admin.Page.GetByText("Seal and chain fit")).ToBeVisibleAsync();
        await DrawAsync(admin, "opt-in-certificate");
    }

    [Fact]
    public async Task Simulator_phone()
    {
        await using var screen = await _browser.OpenAsync(_console, new ScreenOptions(1280, 900));
        await screen.SignInAsync("ana");
        await screen.Page.GotoAsync("/simulator");
        await screen.Page.Locator("section.customers").GetByRole(AriaRole.Button).Filter(new() { HasText = Customer }).First.ClickAsync();
        await Assertions.Expect(screen.Page.Locator("section.handset article, section.handset li").First).ToBeVisibleAsync();
        await screen.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await screen.Page.Locator("section.handset").ScreenshotAsync(new() { Path = Path.Combine(Folder, "phone.png") });
    }

    private static async Task DrawAsync(Screen screen, string name)
    {
        await screen.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await screen.Page.EvaluateAsync("document.fonts.ready");
        await screen.Page.Mouse.MoveAsync(0, 0);
        await screen.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
