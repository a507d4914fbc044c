using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>
/// Every kind of template on its whole way: composed in a browser, handed in, approved by webhook, sent from the inbox, and drawn on the
/// simulator's phone exactly as studio and form had shown it.
/// </summary>
public sealed class TemplateKindTests(Stages stages, TemplateKindTests.Desk desk) : IClassFixture<TemplateKindTests.Desk>
{
    public static TheoryData<string> Kinds => [.. EveryTemplateKind.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_template_of_each_kind_is_composed_approved_and_sent_and_the_phone_shows_what_the_preview_did(string name)
    {
        var (console, maker, screen) = await desk.OpenAsync(stages);
        var kind = EveryTemplateKind.All[name];
        var number = EveryTemplateKind.All.Keys.Index().Single(one => one.Item == name).Index;
        var (page, studio) = (maker.Page, new StudioHand(maker.Page));
        await studio.BeginAsync(kind.Start);
        await studio.TypeAsync("name", $"kind_{number:00}");
        await kind.ComposeAsync(studio);
        await Assertions.Expect(page.Locator(".before-submit .said-bad")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-saved=yes]")).ToBeAttachedAsync();
        Assert.Empty(await page.Locator(".before-submit .said-bad").AllInnerTextsAsync());
        var composed = await ShownTemplate.OfConsoleAsync(page.Locator(".phone-frame .template-preview"));
        await studio.SubmitAsync();
        await Assertions.Expect(page.Locator("[data-status=APPROVED]")).ToBeVisibleAsync();

        page = screen.Page;
        var (person, phone) = ($"Kind {number}", $"491511700{number:0000}");
        var customer = await console.Simulator.MakeCustomerAsync(person, "+" + phone);
        await console.Simulator.WriteAsync(customer, "Good morning");
        await OptIn.RecordAsync(console.Api, phone);
        await Screen.GoAsync(page, $"/inbox/{await console.ConversationWithAsync(phone)}");
        await Assertions.Expect(page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await page.Locator("[data-key=template]:visible").First.ClickAsync();
        await page.Locator("dialog[open] input[type=search]").FillAsync($"kind_{number:00}");
        var choice = page.Locator("dialog[open] [data-all] .template-choice");
        await Assertions.Expect(choice).ToHaveCountAsync(1);
        await choice.ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open] .template-form")).ToBeVisibleAsync();
        var form = new StudioHand(page);
        await kind.FillAsync(form);
        await Assertions.Expect(page.Locator("dialog[open] [data-send-template]")).ToBeEnabledAsync();
        var previewed = await ShownTemplate.OfConsoleAsync(page.Locator("dialog[open] .template-preview"));
        await form.SendAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        var line = screen.Thread.GetByRole(AriaRole.Article).Filter(new() { Has = page.Locator(".sent-template") });
        await Assertions.Expect(line.GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        var kept = await ShownTemplate.OfConsoleAsync(line);

        var shown = await Phone.OpenAsync(screen, customer, person);
        var bubble = shown.Handset.Locator("article.template");
        await Assertions.Expect(bubble).ToBeVisibleAsync();
        var received = await ShownTemplate.OfPhoneAsync(bubble);

        Assert.Equal(composed.AsComposed().Write(), previewed.AsComposed().Write());
        Assert.Equal(previewed.Write(), kept.Write());
        Assert.Equal(previewed.Write(), received.Write());
    }

    /// <summary>Marketing staff at one screen and an agent at another, for all of them.</summary>
    public sealed class Desk : IAsyncLifetime
    {
        private Screen? _maker;
        private Screen? _agent;

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        internal async Task<(RunningConsole Console, Screen Maker, Screen Agent)> OpenAsync(Stages stages)
        {
            var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
            return (console, _maker ??= await SignInAsync("mira"), _agent ??= await SignInAsync("ana"));

            async Task<Screen> SignInAsync(string who)
            {
                var screen = await (await stages.BrowserAsync()).OpenAsync(console);
                await screen.SignInAsync(who);
                return screen;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await (_maker?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_agent?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
