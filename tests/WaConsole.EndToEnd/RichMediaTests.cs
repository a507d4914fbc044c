using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>Pictures and sounds in a real browser.</summary>
public sealed class RichMediaTests(Stages stages)
{
    [Fact]
    public async Task Pictures_are_an_album_walked_by_keyboard_and_sounds_play_one_at_a_time()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Runa Falk", "+4791234511");
        foreach (object message in new object[] { new { type = "image", caption = "Both heels" }, new { type = "image" }, new { type = "video" }, new { type = "voice" }, new { type = "audio" } })
        {
            await console.Simulator.SendAsync(customer, message);
        }

        await ana.OpenAsync("Runa Falk");
        await WalkAsync(ana, "ArrowRight", "ArrowLeft");
        await ana.Page.EvaluateAsync("document.documentElement.dir = 'rtl'");
        await WalkAsync(ana, "ArrowLeft", "ArrowRight");
        await ana.Page.EvaluateAsync("document.documentElement.dir = 'ltr'");
        await PlayAsync(ana);
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task One_picture_of_an_album_is_answered_with_an_emoji_and_tells_its_story_all_by_keyboard()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Runa Lie", "+4791234517");
        await console.Simulator.SendAsync(customer, new { type = "image", caption = "Which one?" });
        await console.Simulator.SendAsync(customer, new { type = "image" });
        await ana.OpenAsync("Runa Lie");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        var tiles = ana.Thread.Locator(".line-album .album-tile");
        await Assertions.Expect(tiles).ToHaveCountAsync(2);
        var react = tiles.Last.Locator("[data-react]");

        await react.PressAsync("Enter");
        await Assertions.Expect(ana.Thread.Locator("[data-reaction='👍']")).ToBeFocusedAsync();
        await Accessible.CheckAsync(ana.Page);
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(ana.Thread.Locator(".react-bar")).ToHaveCountAsync(0);
        await Assertions.Expect(react).ToBeFocusedAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ana.Thread.Locator("[data-reaction='👍']")).ToBeFocusedAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tiles.Last.Locator(".reactions")).ToHaveTextAsync("👍");
        await Assertions.Expect(tiles.First.Locator(".reactions")).ToHaveCountAsync(0);
        await Assertions.Expect(react).ToBeFocusedAsync();
        await Until.TrueAsync(
            async () => (await console.Simulator.ChatAsync(customer)).Select(line => line.TryGetProperty("businessReaction", out var shown) ? shown.GetString() : null)
                .SequenceEqual([null, "👍"]),
            "the second picture with a thumb on the phone");

        await tiles.Last.Locator("[data-details]").PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("[data-story]")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(ana.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(tiles.Last.Locator("[data-details]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Several_files_wait_in_the_draft_on_another_device_too_and_go_out_together()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Runa Sol", "+4791234518");
        await console.Simulator.WriteAsync(customer, "Do you have pictures?");
        await using var desk = await stages.InboxAsync(console, "ana");
        await desk.OpenAsync("Runa Sol");
        await Assertions.Expect(desk.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await desk.Page.Locator("input[data-files]").SetInputFilesAsync([Sample("scratched-boot.jpg"), Sample("squeaky-step.mp4")]);
        var tray = desk.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" });
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeEnabledAsync();
        await desk.TypeAsync("These two");
        await desk.Composer.BlurAsync();

        // The page keeps a text in its storage until the server has it; a draft is read once, when its conversation is opened.
        await desk.Page.WaitForFunctionAsync("() => Object.keys(sessionStorage).every(key => !key.startsWith('reply-'))");

        await using var laptop = await stages.InboxAsync(console, "ana");
        await laptop.OpenAsync("Runa Sol");
        await Assertions.Expect(laptop.Composer).ToHaveValueAsync("These two");
        await Assertions.Expect(laptop.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await laptop.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Assertions.Expect(desk.Thread.Locator(".line-out.line-album .album-tile")).ToHaveCountAsync(2);
        await Until.TrueAsync(
            async () => (await console.Simulator.ChatAsync(customer)).Count(line => line.GetProperty("content").GetProperty("kind").GetString() is "image" or "video") == 2,
            "both files on the phone, once each");
    }

    [Fact]
    public async Task A_voice_message_is_recorded_heard_and_arrives_as_one()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Solveig Moe", "+4791234512");
        await console.Simulator.WriteAsync(customer, "Can you tell me how to oil them?");
        await ana.OpenAsync("Solveig Moe");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        var record = ana.Page.GetByRole(AriaRole.Button, new() { Name = "Record a voice message" });
        var panel = ana.Page.GetByRole(AriaRole.Group, new() { Name = "Recording" });

        await record.ClickAsync();
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToBeHiddenAsync();

        await record.ClickAsync();
        await UntilASecondIsRecordedAsync(panel);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Stop and listen" }).ClickAsync();
        var tray = ana.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" });
        await tray.Locator(".sound[data-ready] [data-play]").ClickAsync();
        await ana.Page.WaitForFunctionAsync("() => document.querySelector('.tray audio').played.length > 0");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Until.TrueAsync(
            async () => (await console.Simulator.ChatAsync(customer)).Any(line =>
                !line.GetProperty("fromCustomer").GetBoolean() && line.GetProperty("content").GetProperty("kind").GetString() == "audio"
                && line.GetProperty("content").GetProperty("media").GetProperty("voice").GetBoolean()),
            "the voice message on the phone");
        var sent = ana.Thread.Locator(".line-out .sound[aria-label='Voice message']");
        await Assertions.Expect(sent.Locator("source[type='audio/mp4']")).ToBeAttachedAsync();
        await Assertions.Expect(tray).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Every_kind_a_customer_sends_is_drawn()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var ana = await stages.InboxAsync(console, "ana");
        var customer = await console.Simulator.MakeCustomerAsync("Embla Hov", "+4791234515");
        await console.Simulator.WriteAsync(customer, "First");
        await ana.OpenAsync("Embla Hov");
        foreach (var (message, drawn) in EveryCustomerMessage.All)
        {
            await console.Simulator.SendAsync(customer, message);
            await Assertions.Expect(ana.Thread.Locator(drawn).First).ToBeVisibleAsync();
        }

        var last = await console.Simulator.WriteAsync(customer, "A last word");
        await console.Simulator.SendAsync(customer, new { type = "edit", messageId = last, text = "A better last word", asOnBusinessApp = true });
        await Assertions.Expect(ana.Bubble("A better last word")).ToContainTextAsync("edited");

        // A number that lives in the API alone is told that something was edited, and not what.
        await console.Simulator.SendAsync(customer, new { type = "edit", messageId = last, text = "Unheard" });
        await Assertions.Expect(ana.Thread.Locator(".line-in").Last).ToContainTextAsync("edit");
        await Assertions.Expect(ana.Bubble("Unheard")).ToHaveCountAsync(0);
        await console.Simulator.SendAsync(customer, new { type = "revoke", messageId = last, asOnBusinessApp = true });
        await Assertions.Expect(ana.Bubble("This message was deleted")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Bubble("A better last word")).ToHaveCountAsync(0);
        await ana.ReplyAsync("Thank you for all of it");
        await Assertions.Expect(ana.Bubble("Thank you for all of it").GetByLabel("Read", new() { Exact = true })).ToBeVisibleAsync();
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task A_recording_waits_in_the_draft_when_its_conversation_is_left()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Gro Vold", "+4791234513"), "How long does it take?");
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Gro Sand", "+4791234514"), "Are you open?");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Gro Vold");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Record a voice message" }).ClickAsync();
        var panel = ana.Page.GetByRole(AriaRole.Group, new() { Name = "Recording" });
        await UntilASecondIsRecordedAsync(panel);

        // The server hears of the recording and has the browser ask before it leaves: who leaves sooner takes nothing along.
        await ana.Page.WaitForFunctionAsync("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))");

        await ana.OpenAsync("Gro Sand");
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await ana.OpenAsync("Gro Vold");

        var tray = ana.Page.GetByRole(AriaRole.List, new() { Name = "Attachments" });
        await Assertions.Expect(tray.Locator(".sound[data-ready]")).ToHaveCountAsync(1);
        await ana.AssertNeverReloadedAsync();
    }

    /// <summary>Measured from outside, on the published program: what other tests hold in memory does not count.</summary>
    [Fact]
    public async Task A_document_of_100_MB_goes_up_with_flat_memory_and_one_byte_more_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Peaks of memory are read from /proc.");
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        Assert.Equal(HttpStatusCode.Created, await UploadAsync(console, 1024 * 1024));
        await File.WriteAllTextAsync($"/proc/{console.ProcessId}/clear_refs", "5", TestContext.Current.CancellationToken);
        var before = Memory(console, "VmRSS");

        Assert.Equal(HttpStatusCode.Created, await UploadAsync(console, StoreUpload.MaxBytes));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await UploadAsync(console, StoreUpload.MaxBytes + 1));

        var grown = Memory(console, "VmHWM") - before;
        Assert.True(grown < StoreUpload.MaxBytes * 6 / 10, $"The program grew by {grown / 1024 / 1024} MB.");
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files", name);

    private static async Task<HttpStatusCode> UploadAsync(RunningConsole console, long length)
    {
        var path = TempFolder.File("large", ".pdf");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        file.Write("%PDF-1.7"u8);
        file.SetLength(length);
        file.Position = 0;
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { content, "file", "large.pdf" } };
        using var answer = await console.Api.PostAsync("media", form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static long Memory(RunningConsole console, string what) =>
        File.ReadLines($"/proc/{console.ProcessId}/status").Where(line => line.StartsWith(what + ":", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024).Single();

    /// <summary>Each second of the clock is shown for a second: a slow look misses the first one.</summary>
    private static Task UntilASecondIsRecordedAsync(ILocator panel) =>
        Assertions.Expect(panel.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex("[1-9]"));

    private static async Task WalkAsync(Screen ana, string forward, string back)
    {
        var pictures = ana.Thread.Locator(".line-album button[data-lightbox]");
        await Assertions.Expect(pictures).ToHaveCountAsync(3);
        var dialog = ana.Page.Locator("dialog.lightbox[data-ready]");
        await Assertions.Expect(dialog).ToBeAttachedAsync();

        // The composer takes the focus once, when its module has come: not while a picture is being opened.
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await pictures.First.PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("1 of 3");
        await Assertions.Expect(dialog.Locator("[data-lightbox-words]")).ToHaveTextAsync("Both heels");
        await Accessible.CheckAsync(ana.Page);

        await ana.Page.Keyboard.PressAsync(forward);
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("2 of 3");
        await ana.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(dialog.Locator("video")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync(back);
        await Assertions.Expect(dialog.Locator("[data-lightbox-count]")).ToHaveTextAsync("2 of 3");
        await Assertions.Expect(dialog.Locator("[data-lightbox-stage] img")).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(pictures.First).ToBeFocusedAsync();
    }

    private static async Task PlayAsync(Screen ana)
    {
        var players = ana.Thread.Locator(".sound[data-ready]");
        await Assertions.Expect(players).ToHaveCountAsync(2);
        await players.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Playing speed" }).ClickAsync();
        await Assertions.Expect(players.Nth(1).Locator("[data-speed]")).ToHaveTextAsync("1.5×");

        await players.Nth(0).Locator("[data-play]").ClickAsync();
        await ana.Page.WaitForFunctionAsync("() => document.querySelectorAll('.sound audio')[0].played.length > 0");
        await players.Nth(1).Locator("[data-play]").ClickAsync();
        await ana.Page.WaitForFunctionAsync("() => document.querySelectorAll('.sound audio')[1].played.length > 0");
        await Assertions.Expect(players.Nth(0)).Not.ToHaveAttributeAsync("data-playing", "");
        Assert.True(await ana.Page.EvaluateAsync<bool>("document.querySelectorAll('.sound audio')[1].playbackRate === 1.5"));
    }
}
