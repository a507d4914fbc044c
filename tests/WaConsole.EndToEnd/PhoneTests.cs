using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>The simulator's phone beside the running console: what the business sends is shown, what the customer sends arrives.</summary>
public sealed class PhoneTests(Stages stages)
{
    [Fact]
    public async Task A_template_with_a_picture_is_seen_as_the_customer_sees_it_and_its_quick_reply_comes_back()
    {
        var (console, ana, phone, _) = await BeginAsync("Elif Kaya", "+4915112345601");
        await using var agent = ana;
        await using var customer = phone.Screen;
        await OptIn.RecordAsync(console.Api, "4915112345601");

        // A slow line: the file is chosen before the script of the field has arrived.
        var listens = new TaskCompletionSource();
        await ana.Page.RouteAsync("**/FilePick*.js*", async route =>
        {
            await listens.Task;
            await route.ContinueAsync();
        });
        await ana.Page.Locator("[data-key=template]").First.ClickAsync();
        var dialog = ana.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Snow is on its way" }).PressAsync("Enter");
        await dialog.Locator("input[data-file]").SetInputFilesAsync(Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files/scratched-boot.jpg"));
        listens.SetResult();
        await dialog.Locator("input[type=text]").FillAsync("Elif");
        await new StudioHand(ana.Page).SendAsync();

        var bubble = phone.Shown.Bubble("Snow is on its way, Elif.");
        await DrawnAsync(bubble.Locator("img"));
        await Assertions.Expect(bubble).ToContainTextAsync("Tap Stop to end these messages");
        await Assertions.Expect(bubble.GetByRole(AriaRole.Link, new() { Name = "See the boots" })).ToHaveAttributeAsync("href", "https://alder-oak.example/winter");

        await phone.Shown.PressAsync("Snow is on its way, Elif.", "Stop");

        await Assertions.Expect(ana.Bubble("Stop").Last).ToContainTextAsync("Snow is on its way");
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task What_a_customer_sends_arrives_in_the_console()
    {
        var (console, ana, phone, _) = await BeginAsync("Nour Haddad", "+4915112345602");
        await using var agent = ana;
        await using var customer = phone.Screen;
        using var other = new OtherProgram(console.SimulatorAddress);

        await phone.Shown.PickAsync("Voice message");
        await Assertions.Expect(ana.Thread.Locator(".sound[aria-label='Voice message'] [data-play]")).ToBeVisibleAsync();

        await phone.Shown.PickAsync("Location");
        await phone.Shown.ConfirmAsync("Send");
        await Assertions.Expect(ana.Bubble("Pariser Platz, 10117 Berlin")).ToContainTextAsync("52.5163, 13.3777");

        await phone.Shown.PickAsync("Contact");
        await phone.Shown.ConfirmAsync("Send");
        await Assertions.Expect(ana.Bubble("Ida Lindgren")).ToContainTextAsync("+46 70 174 06 05");

        await phone.Shown.PickAsync("Catalogue and cart");
        await phone.Shown.ConfirmAsync("One Beeswax and brush more");
        await phone.Shown.ConfirmAsync("Send order, 14.50 EUR");
        await Assertions.Expect(ana.Bubble("Beeswax and brush")).ToContainTextAsync("14.50 EUR");

        await AskAsync(other, "4915112345602", "interactive", """{"type":"list","body":{"text":"When suits you?"},"action":{"button":"Days","sections":[{"title":"This week","rows":[{"id":"w","title":"Wednesday","description":"From ten"},{"id":"f","title":"Friday"}]}]}}""");
        await phone.Shown.PressAsync("When suits you?", "Days");
        await phone.Shown.ConfirmAsync("Wednesday");
        await Assertions.Expect(ana.Bubble("Wednesday")).ToContainTextAsync("From ten");

        await AskAsync(other, "4915112345602", "interactive", """{"type":"flow","body":{"text":"Book a fitting"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_token":"fit-1","flow_id":"123456789012345","flow_cta":"Book now","flow_action":"navigate","flow_action_payload":{"screen":"START","data":{"size":"38"}}}}}""");
        await phone.Shown.PressAsync("Book a fitting", "Book now");
        await phone.Shown.Sheet.GetByLabel("size").FillAsync("41");
        await phone.Shown.ConfirmAsync("Send");
        await Assertions.Expect(ana.Bubble("size")).ToContainTextAsync("41");

        await AskAsync(other, "4915112345602", "interactive", """{"type":"button","body":{"text":"Which colour?"},"action":{"buttons":[{"type":"reply","reply":{"id":"c","title":"Chestnut"}}]}}""");
        await phone.Shown.PressAsync("Which colour?", "Chestnut");
        await Assertions.Expect(ana.Bubble("Chestnut")).ToBeVisibleAsync();

        await ana.ReplyAsync("Until then!");
        await Assertions.Expect(phone.Shown.Bubble("Until then!")).ToBeVisibleAsync();
        await phone.Shown.ReactAsync("Until then!", "🙏");
        await Assertions.Expect(ana.Bubble("Until then!")).ToContainTextAsync("🙏");
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task Everything_a_business_can_send_is_shown_and_nobody_is_shut_out()
    {
        var (console, ana, phone, id) = await BeginAsync("Mira Sand", "+4915112345603");
        await using var agent = ana;
        await using var customer = phone.Screen;
        using var other = new OtherProgram(console.SimulatorAddress);
        await SendEverythingAsync(other, "+4915112345603");

        await Assertions.Expect(phone.Shown.Bubble(EveryBusinessMessage.All[^1].Words[0])).ToBeVisibleAsync();
        foreach (var message in EveryBusinessMessage.All)
        {
            await ShowsAsync(phone.Shown, message);
        }

        await NobodyShutOutAsync(phone.Screen.Page.Locator(":root"), "wide, light");
        foreach (var (dark, width) in new[] { (true, 1440), (false, 390), (true, 390) })
        {
            await using var screen = await stages.OpenAsync(console, "ana", new ScreenOptions(width, 900, dark));
            var shown = await Phone.OpenAsync(screen, id, "Mira Sand");
            await Assertions.Expect(shown.Bubble(EveryBusinessMessage.All[^1].Words[0])).ToBeVisibleAsync();
            await NobodyShutOutAsync(screen.Page.Locator(":root"), $"{width}, {(dark ? "dark" : "light")}");
            await EverySheetAsync(shown, screen.Page, $"{width}, {(dark ? "dark" : "light")}");
        }
    }

    private async Task<(RunningConsole Console, Screen Agent, (Screen Screen, Phone Shown) Phone, string CustomerId)> BeginAsync(string name, string number)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var id = await console.Simulator.MakeCustomerAsync(name, number);
        await console.Simulator.WriteAsync(id, "Good morning");
        var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync(name);
        await Assertions.Expect(ana.Bubble("Good morning")).ToBeVisibleAsync();
        var screen = await stages.OpenAsync(console, "ana");
        return (console, ana, (screen, await Phone.OpenAsync(screen, id, name)), id);
    }

    private static Task<string> AskAsync(OtherProgram other, string to, string type, string content) => other.SendAsync("+" + to, type, content);

    private static async Task SendEverythingAsync(OtherProgram other, string to)
    {
        var files = new Dictionary<string, string>();
        foreach (var kind in new[] { "image", "video", "audio", "voice", "document", "sticker" })
        {
            files[kind] = await other.UploadAsync(kind);
        }

        foreach (var message in EveryBusinessMessage.All)
        {
            var content = files.Aggregate(message.Content, (text, file) => text.Replace($"\"{file.Key.ToUpperInvariant()}\"", $"\"{file.Value}\"", StringComparison.Ordinal));
            await other.SendAsync(to, message.Type, content);
        }
    }

    private static async Task ShowsAsync(Phone phone, BusinessMessage message)
    {
        var bubble = message.Words.Length > 0
            ? phone.Bubble(message.Words[0])
            : phone.BubbleWith(message.Picture!);
        foreach (var words in message.Words)
        {
            await Assertions.Expect(bubble).ToContainTextAsync(words);
        }

        if (message.Picture is { } picture)
        {
            var shown = bubble.Locator(picture).First;
            await Assertions.Expect(shown).ToBeVisibleAsync();
            if (picture.StartsWith("img", StringComparison.Ordinal))
            {
                await DrawnAsync(shown);
            }
        }

        if (message.Button is { } button)
        {
            await Assertions.Expect(bubble.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ToBeEnabledAsync();
        }
    }

    /// <summary>Each sheet that comes up over the chat, from the menu and from buttons. What lies behind is the same for each.</summary>
    private static async Task EverySheetAsync(Phone phone, IPage page, string how)
    {
        var first = true;
        foreach (var entry in new[] { "Location", "Contact", "Catalogue and cart", "Message from an ad", "Unsupported kind" })
        {
            await phone.PickAsync(entry);
            await CheckSheetAsync(entry);
        }

        foreach (var message in EveryBusinessMessage.All.Where(one => one.Button is "Days" or "Book now" or "Ring us" or "Choose preference" or "View items"))
        {
            await phone.PressAsync(message.Words[0], message.Button!);
            await CheckSheetAsync(message.Button!);
        }

        async Task CheckSheetAsync(string name)
        {
            await Assertions.Expect(phone.Sheet).ToBeVisibleAsync();
            await NobodyShutOutAsync(first ? page.Locator(":root") : phone.Sheet, $"{how}, {name}");
            first = false;
            await phone.CloseSheetAsync();
        }
    }

    private static async Task NobodyShutOutAsync(ILocator part, string how)
    {
        await Accessible.CheckAsync(part, how);
        Assert.True(
            await part.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), how + ": wider than the window");
    }

    private static async Task DrawnAsync(ILocator picture)
    {
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await picture.ScrollIntoViewIfNeededAsync();
        await Until.TrueAsync(() => picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "the picture drawn");
    }
}
