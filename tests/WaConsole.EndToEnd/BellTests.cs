using Microsoft.Playwright;

namespace WaConsole.EndToEnd;

/// <summary>What a browser is told, and what it is spared.</summary>
public sealed class BellTests(Stages stages)
{
    private const string Listening = """
        window.told = [];
        window.refuses = false;
        window.rung = 0;
        window.Notification = class {
          static permission = 'granted';
          static requestPermission() { return Promise.resolve('granted'); }
          constructor(title) {
            if (window.refuses) {
              throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.');
            }
            window.told.push(title);
          }
          addEventListener() { }
        };
        const tone = BaseAudioContext.prototype.createOscillator;
        BaseAudioContext.prototype.createOscillator = function () { window.rung++; return tone.call(this); };
        """;

    [Fact]
    public async Task A_refused_notice_and_a_line_that_breaks_leave_the_bell_where_it_is_and_who_is_away_sees_the_count_alone()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var line = new Line(console.Address);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Mina Rask", "+4740555161"), "Who can help me?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await using var jonas = await ListeningAsync(console, line);
        var dot = jonas.Page.Locator(".bell-button .rail-dot");
        await ana.OpenAsync("Mina Rask");

        // A menu closes behind a choice by its own module, which is asked for before that of the composer.
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();

        await jonas.Page.EvaluateAsync("window.refuses = true");
        await AssignAsync(ana, "Jonas Weber");
        await Assertions.Expect(dot).ToHaveTextAsync("1");
        await Assertions.Expect(jonas.Page).ToHaveTitleAsync("(1) Contacts · WaConsole");

        await jonas.Page.EvaluateAsync("window.refuses = false");
        jonas.Expected.AddRange(["net::ERR_", "WebSocket", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Failed to fetch", "not in the 'Connected' State", "Connection closed"]);
        line.Cut();
        await Assertions.Expect(jonas.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await AssignAsync(ana, "Ana Marković");
        await AssignAsync(ana, "Jonas Weber");
        line.Mend();
        await Assertions.Expect(dot).ToHaveTextAsync("2");
        await Assertions.Expect(jonas.Page).ToHaveTitleAsync("(2) Contacts · WaConsole");
        await jonas.Page.WaitForFunctionAsync("() => window.told.length > 0");
        await Assertions.Expect(jonas.Page.Locator(".panel-fault")).ToHaveCountAsync(0);

        var (told, rung) = await HeardAsync(jonas);
        await SetAwayAsync(jonas, away: true);
        await AssignAsync(ana, "Ana Marković");
        await AssignAsync(ana, "Jonas Weber");
        await Assertions.Expect(dot).ToHaveTextAsync("3");
        await Assertions.Expect(jonas.Page).ToHaveTitleAsync("(3) Contacts · WaConsole");
        Assert.Equal((told, rung), await HeardAsync(jonas));

        await SetAwayAsync(jonas, away: false);
        await AssignAsync(ana, "Ana Marković");
        await AssignAsync(ana, "Jonas Weber");
        await Assertions.Expect(dot).ToHaveTextAsync("4");
        await jonas.Page.WaitForFunctionAsync("told => window.told.length === told + 1", told);
    }

    private static async Task<(int Told, int Rung)> HeardAsync(Screen jonas) =>
        (await jonas.Page.EvaluateAsync<int>("window.told.length"), await jonas.Page.EvaluateAsync<int>("window.rung"));

    private static async Task SetAwayAsync(Screen jonas, bool away)
    {
        var here = jonas.Page.Locator(".availability [role=switch]");
        if (!await here.IsVisibleAsync())
        {
            await jonas.Page.Locator(".profile-button").ClickAsync();
        }

        await here.SetCheckedAsync(!away);
        await Assertions.Expect(jonas.Page.Locator(".availability .hint")).ToContainTextAsync(away ? "Away" : "Available");
        await jonas.Page.Keyboard.PressAsync("Escape");
    }

    private async Task<Screen> ListeningAsync(RunningConsole console, Line line)
    {
        var jonas = await (await stages.BrowserAsync()).OpenAsync(console, new ScreenOptions { Through = line.Address });
        await jonas.Page.AddInitScriptAsync(Listening);
        await jonas.SignInAsync("jonas");
        await jonas.Page.GotoAsync("/contacts");

        // The times of its quiet hours stand there once its module listens.
        await Assertions.Expect(jonas.Page.Locator("[data-quiet-from]")).ToHaveValueAsync("20:00");
        await jonas.Page.Locator(".bell-button").ClickAsync();
        await jonas.Page.Locator("[data-sound]").ClickAsync();
        await jonas.Page.Locator("[data-desktop]").ClickAsync();
        await Assertions.Expect(jonas.Page.Locator("[data-ways] [aria-pressed='true']")).ToHaveCountAsync(2);
        await jonas.Page.Keyboard.PressAsync("Escape");
        return jonas;
    }

    private static async Task AssignAsync(Screen screen, string name)
    {
        var menu = screen.Page.Locator("[data-key='assign']");
        await menu.ClickAsync();

        // The browser opens it before its module is there, which closes it with the choice.
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await screen.Page.Locator(":popover-open").GetByRole(AriaRole.Menuitemradio, new() { Name = name }).ClickAsync();
        await Assertions.Expect(menu).ToContainTextAsync(name);
    }
}
