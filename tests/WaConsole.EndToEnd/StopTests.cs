using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.EndToEnd.Fixtures;

namespace WaConsole.EndToEnd;

/// <summary>Whoever says stop on their phone is seen as stopped in the registry, and the registry's own figures.</summary>
public sealed class StopTests(Stages stages)
{
    /// <summary>A word of each language, as somebody types it.</summary>
    private static readonly (string Language, string Word)[] Words =
    [
        ("English", "STOP"), ("Spanish", "No más"), ("Portuguese", "Descadastrar"), ("French", "Désabonner"), ("German", "Abmelden!"),
        ("Italian", "disiscrivi"), ("Dutch", "AFMELDEN"), ("Polish", "Rezygnuję"), ("Turkish", "durdur"), ("Russian", "Стоп"), ("Arabic", "إيقاف"),
        ("Hindi", "रोकें"), ("Indonesian", "Berhenti"), ("Chinese", "退订"), ("Japanese", "配信停止"),
    ];

    [Fact]
    public async Task A_stop_in_any_of_fifteen_languages_ends_marketing_for_who_wrote_it()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        List<(string Customer, string Name, string Word)> people = [];
        foreach (var (index, (language, word)) in Words.Index())
        {
            people.Add((await AgreedAsync(console, $"Speaker of {language}", $"49151999000{index:00}"), $"Speaker of {language}", word));
        }

        await admin.Page.GotoAsync("/opt-ins?state=OptedIn");
        foreach (var (_, name, _) in people)
        {
            await Assertions.Expect(Row(admin, name)).ToContainTextAsync("Opted in");
        }

        foreach (var (customer, _, word) in people)
        {
            await console.Simulator.WriteAsync(customer, word);
        }

        foreach (var (_, name, _) in people)
        {
            await Assertions.Expect(Row(admin, name)).ToHaveCountAsync(0);
        }

        await admin.Page.GotoAsync("/opt-ins?state=OptedOut");
        foreach (var (_, name, _) in people)
        {
            await Assertions.Expect(Row(admin, name)).ToContainTextAsync("Opted out");
        }
    }

    [Fact]
    public async Task What_a_customer_chooses_in_WhatsApp_stops_offers_and_resuming_is_no_opt_in()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var admin = await AdminAsync(console);
        var customer = await AgreedAsync(console, "Paula Prefers", "4915199900090");
        await admin.Page.GotoAsync("/opt-ins?state=OptedIn");
        await Row(admin, "Paula Prefers").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Paula Prefers", Level = 1 })).ToBeVisibleAsync();

        await console.Simulator.ChooseMarketingAsync(customer, "stop");

        await Assertions.Expect(admin.Page.GetByText("Setting in WhatsApp")).ToHaveCountAsync(1);
        await Assertions.Expect(admin.Page.Locator("main")).ToContainTextAsync("Opted out");

        // WhatsApp tells times in whole seconds: of a stop and its end in one of them the stop would count.
        await admin.Page.EvaluateAsync("window.stopped = Date.now()");
        await admin.Page.WaitForFunctionAsync("() => Date.now() > window.stopped + 1000");
        await console.Simulator.ChooseMarketingAsync(customer, "resume");

        await Assertions.Expect(admin.Page.Locator("main")).ToContainTextAsync("Stop ended");
        await admin.Page.GotoAsync("/opt-ins?state=None");
        await Assertions.Expect(Row(admin, "Paula Prefers")).ToContainTextAsync("No opt-in");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_registrys_health_is_told_in_figures_that_anybody_can_read(bool dark)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await AgreedAsync(console, $"Hella Health {dark}", dark ? "4915199900092" : "4915199900091");
        await using var screen = await stages.OpenAsync(console, "mira", new ScreenOptions(Dark: dark));

        await screen.Page.GotoAsync("/opt-ins/health");

        await Assertions.Expect(screen.Page.Locator("[data-figure=opted-in] dd")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9]"));
        await Assertions.Expect(screen.Page.Locator("[data-week]")).ToHaveCountAsync(Core.OptIns.ReadRegistryHealth.WeeksShown);
        await Assertions.Expect(screen.Page.Locator("[data-wording-use]").First).ToBeVisibleAsync();
        await Assertions.Expect(screen.Page.Locator("[data-source] svg[role=img]").First).ToBeVisibleAsync();
        await Assertions.Expect(screen.Page.Locator("[data-flow] svg[role=img]").First).ToBeVisibleAsync();
        await Accessible.CheckAsync(screen.Page, dark ? "dark" : "light");
        await screen.Page.SetViewportSizeAsync(390, 844);
        Assert.False(await screen.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    [Theory]
    [InlineData(false, "en-GB")]
    [InlineData(true, "ar-SA")]
    public async Task An_administrator_has_the_registry_read_and_sees_that_nothing_was_changed(bool dark, string locale)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await AgreedAsync(console, $"Ines Integrity {dark}", dark ? "4915199900094" : "4915199900093");
        await using var screen = await stages.OpenAsync(console, "admin", new ScreenOptions(Dark: dark, Locale: locale));
        await screen.Page.GotoAsync("/opt-ins/health");

        await screen.Page.Locator("[data-verify]").ClickAsync();

        await Assertions.Expect(screen.Page.Locator("[data-verdict=whole] [data-whole]")).ToBeVisibleAsync();
        await Assertions.Expect(screen.Page.Locator("[data-read=entries] dd")).Not.ToHaveTextAsync("0");
        await Accessible.CheckAsync(screen.Page, dark ? "dark" : "light");
        await screen.Page.SetViewportSizeAsync(390, 844);
        Assert.False(await screen.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    [Theory]
    [InlineData(false, "en-GB")]
    [InlineData(true, "ar-SA")]
    public async Task The_names_of_a_business_are_set_beside_its_rules_of_sending_by_anybody_who_can_read(bool dark, string locale)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var screen = await stages.OpenAsync(console, "admin", new ScreenOptions(390, 844, Dark: dark, Locale: locale));
        await screen.Page.GotoAsync("/settings/sending");

        await screen.Page.Locator("[data-names]").FillAsync($"Cedar Sofas {locale}\n شركة الأرز");
        await screen.Page.Locator("form .btn.pri").ClickAsync();

        await Assertions.Expect(screen.Page.Locator("span.hint[role=status]")).ToBeVisibleAsync();
        await Accessible.CheckAsync(screen.Page, locale);
        Assert.False(await screen.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await screen.Page.ReloadAsync();
        await Assertions.Expect(screen.Page.Locator("[data-names]")).ToHaveValueAsync($"Cedar Sofas {locale}\nشركة الأرز");
    }

    private static ILocator Row(Screen admin, string name) => admin.Page.Locator("tbody tr", new() { HasText = name });

    /// <summary>Somebody who wrote, and agreed to offers.</summary>
    private static async Task<string> AgreedAsync(RunningConsole console, string name, string phone)
    {
        var customer = await console.Simulator.MakeCustomerAsync(name, "+" + phone);
        await console.Simulator.WriteAsync(customer, "Hello");
        await OptIn.RecordAsync(console.Api, phone);
        return customer;
    }

    private async Task<Screen> AdminAsync(RunningConsole console)
    {
        var admin = await stages.OpenAsync(console, "admin");
        return admin;
    }
}
