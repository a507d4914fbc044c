using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd;

/// <summary>What was added to a reply stays with the person who added it, whatever becomes of the line.</summary>
public sealed class KeptFilesTests(Stages stages)
{
    private const string Drop =
        """
        (target, base64) => {
          const files = new DataTransfer();
          files.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], 'dropped.jpg', { type: 'image/jpeg' }));
          target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));
        }
        """;

    private static readonly string Picture = Path.Combine(Repository.Root, "src/WaConsole.Simulator/Media/Files/scratched-boot.jpg");

    [Fact]
    public async Task A_recording_and_a_file_added_while_the_line_is_cut_go_up_once_it_is_back()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var line = new Line(console.Address);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Karin Voll", "+4526123411"), "Please explain");
        await using var ana = await stages.InboxAsync(console, "ana", new ScreenOptions { Through = line.Address });
        await ana.OpenAsync("Karin Voll");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        ana.Expected.AddRange(["net::ERR_", "WebSocket", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Failed to fetch", "not in the 'Connected' State", "Connection closed"]);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Record a voice message" }).ClickAsync();
        var panel = ana.Page.GetByRole(AriaRole.Group, new() { Name = "Recording" });

        // No one second of it: it is looked at once a second.
        await Assertions.Expect(panel.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new Regex(@"^(?!0:00)\d+:\d\d$"));

        line.Cut();
        await Assertions.Expect(ana.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Stop and listen" }).ClickAsync();
        await ana.Thread.EvaluateAsync(Drop, Convert.ToBase64String(await File.ReadAllBytesAsync(Picture, TestContext.Current.CancellationToken)));
        await Assertions.Expect(ana.Page.Locator("[data-waiting]")).ToContainTextAsync("kept here");

        line.Mend();
        await Assertions.Expect(ana.Page.Locator(".attachment .sound[data-ready]")).ToHaveCountAsync(1);
        await Assertions.Expect(ana.Page.Locator(".attachment img")).ToHaveCountAsync(1);
        await Assertions.Expect(ana.Page.Locator(".attachment")).ToHaveCountAsync(2);
        await Assertions.Expect(ana.Page.Locator("[data-waiting]")).ToBeHiddenAsync();
        await Assertions.Expect(ana.Page.Locator("[data-reply] ~ .box-bar [data-send]")).ToBeEnabledAsync();
        await ana.AssertNeverReloadedAsync();
    }

    [Fact]
    public async Task A_file_whose_upload_failed_is_tried_again_without_being_chosen_anew()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await console.Simulator.WriteAsync(await console.Simulator.MakeCustomerAsync("Karin Ness", "+4526123412"), "Show me");
        await using var ana = await stages.InboxAsync(console, "ana");
        await ana.OpenAsync("Karin Ness");
        await Assertions.Expect(ana.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        ana.Expected.Add("net::ERR_");
        await ana.Page.RouteAsync("**/media/upload", route => route.AbortAsync());

        await ana.Page.Locator("[data-files]").SetInputFilesAsync(Picture);
        await Assertions.Expect(ana.Page.Locator(".attachment-bad")).ToContainTextAsync("still here");
        await ana.Page.UnrouteAsync("**/media/upload");
        await ana.Page.Locator(".attachment [data-retry]").ClickAsync();

        await Assertions.Expect(ana.Page.Locator(".attachment img")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Page.Locator(".attachment [data-retry]")).ToHaveCountAsync(0);
    }
}
