using Microsoft.Playwright;

namespace WaConsole.EndToEnd;

/// <summary>What somebody sees who starts the program for the first time, with nothing configured.</summary>
public sealed class FirstRunTests(Stages stages)
{
    private static readonly string[] Addresses =
    [
        "/contacts/labels", "/templates", "/templates/new", "/opt-ins/health", "/opt-ins/pages", "/opt-ins/imports", "/settings/team",
    ];

    [Fact]
    public async Task The_log_of_a_first_run_warns_of_nothing_and_says_where_to_go_and_how_to_sign_in()
    {
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions { DemoData = true });
        await Until.TrueAsync(() => console.Output.Contains("(works on this machine only).", StringComparison.Ordinal), "the greeting to its last line");
        Assert.Contains($"WaConsole listens at {console.Address}", console.Output, StringComparison.Ordinal);
        Assert.Contains("Sign in with one click", console.Output, StringComparison.Ordinal);
        Assert.Contains("with the password", console.Output, StringComparison.Ordinal);

        await using var admin = await stages.InboxAsync(console, "admin", new ScreenOptions { Motion = true });
        await admin.OpenAsync("Rafael Prado");
        await Assertions.Expect(admin.Page.Locator(".composer[data-ready]")).ToBeAttachedAsync();
        await admin.Page.GotoAsync("/contacts");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Main).GetByText("Rafael Prado").First).ToBeVisibleAsync();
        await admin.Page.GotoAsync("/opt-ins");
        await Assertions.Expect(admin.Page.Locator("tbody tr").First).ToBeVisibleAsync();

        foreach (var address in Addresses)
        {
            await admin.Page.GotoAsync(address);
            await Assertions.Expect(admin.Page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(admin.Page.Locator(".skeleton")).ToHaveCountAsync(0);
        }

        // Kestrel's 22 tells that the machine gave the program no processor for a second.
        Assert.DoesNotMatch(@"(?m)^(?!warn: Microsoft\.AspNetCore\.Server\.Kestrel\[22\])(warn|fail|crit): ", console.Output);
    }
}
