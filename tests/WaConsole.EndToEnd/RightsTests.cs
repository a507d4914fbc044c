using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>A list of people imported, one of them shown to an auditor and erased, by people in a browser.</summary>
public sealed partial class RightsTests(Stages stages)
{
    private const string Words =
        "Alder & Oak may send me offers over WhatsApp. I can stop at any time by writing STOP. Privacy: https://alder.example/privacy";

    /// <summary>Half a million with <c>WACONSOLE_TEST_LONG=1</c>.</summary>
    private static readonly int People = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 500_000 : 10_000;

    /// <summary>Set to keep the pictures, to look at them.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("WACONSOLE_TEST_RIGHTS_PICTURES");

    [Fact]
    public async Task A_list_with_bad_rows_is_checked_imported_and_adds_nothing_the_second_time()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var mira = await stages.OpenAsync(console, "mira");
        var page = mira.Page;
        var (good, bad) = (People - (People / 100), People / 100);

        await UploadAsync(page);
        await TellAsync(page);
        await CheckAsync(page, "import-terms");
        await page.Locator("[data-check]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-run]")).ToBeVisibleAsync(Slowly);
        await Assertions.Expect(page.Locator("[data-added]")).ToHaveTextAsync(Number(good));
        await Assertions.Expect(page.Locator("[data-left-out]")).ToHaveTextAsync(Number(bad));
        await CheckAsync(page, "import-checked");

        await WatchProgressAsync(page);
        await page.Locator("[data-run]").ClickAsync();
        await Assertions.Expect(page.Locator(".page-head .tag")).ToHaveTextAsync("Done", new() { Timeout = Slowly.Timeout });
        await Assertions.Expect(page.Locator("[data-added]")).ToHaveTextAsync(Number(good));
        Assert.Contains(await page.EvaluateAsync<double[]>("window.progressSeen"), share => share is > 0 and < 1);
        await CheckAsync(page, "import-done");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-problems]").ClickAsync());
        var lines = await File.ReadAllLinesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal(bad + 1, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains("No such phone number can be,12,'=evil", line, StringComparison.Ordinal));

        await UploadAsync(page);
        await Assertions.Expect(page.GetByText("was imported before")).ToBeVisibleAsync();
        await page.Locator("[data-check]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-run]")).ToBeDisabledAsync(new() { Timeout = Slowly.Timeout });
        await Assertions.Expect(page.Locator("[data-known]")).ToHaveTextAsync(Number(good));
        await Assertions.Expect(page.Locator("[data-added]")).ToHaveTextAsync("0");
        await page.GotoAsync("/opt-ins");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Person {People - 2}" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 390)]
    public async Task Somebody_is_certified_handed_out_and_erased_by_writing_their_name(bool dark, int width)
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var name = $"Erika Lund {width}";
        var phone = $"4670123{width:0000}";
        await console.ReceiveAsync(phone, name, "Hello");
        await OptIn.RecordAsync(console.Api, phone);
        await console.ReceiveAsync($"4670124{width:0000}", $"Stays {width}", "Hello");
        await OptIn.RecordAsync(console.Api, $"4670124{width:0000}");
        await using var admin = await stages.OpenAsync(console, "admin", new ScreenOptions { Dark = dark, Width = width });
        var page = admin.Page;
        await page.GotoAsync("/opt-ins");
        await CheckAsync(page, $"registry-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        await CheckAsync(page, $"person-{width}");

        await page.Locator("[data-certificate]").First.ClickAsync();
        await Assertions.Expect(page.GetByText("Seal and chain fit")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Form of the shop")).ToBeVisibleAsync();
        await CheckAsync(page, $"certificate-{width}");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Record an opt-in" }).ClickAsync();
        await page.Locator("dialog [data-when]").FillAsync("2026-10-01T09:30");
        await page.Locator("dialog textarea").First.FillAsync(Words);
        await page.Locator("dialog [data-file]").SetInputFilesAsync(new FilePayload { Name = "signed.txt", MimeType = "text/plain", Buffer = "Signed"u8.ToArray() });
        await Assertions.Expect(page.Locator("dialog").GetByText("signed.txt")).ToBeVisibleAsync();
        await CheckAsync(page, $"record-{width}");
        await page.Locator("dialog [data-save]").ClickAsync();
        var proof = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-proof]").ClickAsync());
        Assert.Equal("Signed", await File.ReadAllTextAsync((await proof.PathAsync())!, TestContext.Current.CancellationToken));

        var handed = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-export=html]").ClickAsync());
        Assert.Contains(name, await File.ReadAllTextAsync((await handed.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var person = page.Url.Split('/')[^1];
        await page.Locator("[data-erase]").ClickAsync();
        await page.Locator("[data-erase-name]").FillAsync("Somebody else");
        await page.Locator("[data-erase-now]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("exactly as it is shown");
        await CheckAsync(page, $"erase-{width}");
        await page.Locator("[data-erase-name]").FillAsync(name);
        await page.Locator("[data-erase-now]").ClickAsync();
        await page.WaitForURLAsync("**/opt-ins");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Stays {width}" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToHaveCountAsync(0);

        await page.GotoAsync("/opt-ins/audit?deed=Erased");

        // By the whole cell: a short number stands in dates and times too.
        await Assertions.Expect(page.Locator("tbody tr", new() { Has = page.Locator($"td:text-is('{person}')") }).Filter(new() { HasText = "Erased" })).ToHaveCountAsync(1);
        await CheckAsync(page, $"audit-{width}");
        await page.GotoAsync("/opt-ins/retention");
        await page.Locator("[data-messages]").FillAsync("36500");
        await page.Locator("[data-save]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-shorter]").Or(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved" })).First).ToBeVisibleAsync();
        if (await page.Locator("[data-shorter]").IsVisibleAsync())
        {
            await page.Locator("[data-save]").ClickAsync();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved" })).ToBeVisibleAsync();
        await CheckAsync(page, $"retention-{width}");
    }

    private static LocatorAssertionsToBeVisibleOptions Slowly => new() { Timeout = People > 100_000 ? 1_800_000 : 90_000 };

    private static async Task UploadAsync(IPage page)
    {
        await page.GotoAsync("/opt-ins/imports");
        await page.Locator("[data-file]").SetInputFilesAsync(List.Value);
        await Assertions.Expect(page.Locator("[data-check]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    /// <summary>Keeps every share of the work that the screen shows from now on.</summary>
    private static Task WatchProgressAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          window.progressSeen = [];
          new MutationObserver(() => {
            const bar = document.querySelector(".import-progress progress");
            if (bar && bar.getAttribute("value")) window.progressSeen.push(bar.value / bar.max);
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """);

    private static async Task TellAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-phone]")).ToHaveValueAsync("0");
        await page.Locator("[data-country]").SelectOptionAsync("DE");
        await page.Locator("[data-date]").FillAsync("2026-03-05");
        await page.Locator("[data-origin]").SelectOptionAsync("Paper");
        await page.Locator("[data-business]").FillAsync("Alder & Oak");
        await page.Locator("[data-words]").FillAsync(Words);
        await page.Locator("[data-evidence]").FillAsync("Cards in the archive, folder 7");
    }

    /// <summary>One bad row in a hundred.</summary>
    private static readonly Lazy<string> List = new(() =>
    {
        var path = Path.Combine(TempFolder.Folder("list"), "people.csv");
        using var file = new StreamWriter(path, append: false, Encoding.UTF8);
        file.WriteLine("Phone,Name");
        for (var at = 0; at < People; at++)
        {
            file.WriteLine(at % 100 == 99 ? "12,=evil()" : string.Create(CultureInfo.InvariantCulture, $"+49152{10_000_000 + at},Person {at}"));
        }

        return path;
    });

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task CheckAsync(IPage page, string name)
    {
        await Assertions.Expect(page).ToHaveTitleAsync(Drawn());
        if (Pictures is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }

        await Accessible.CheckAsync(page, name);
    }

    [GeneratedRegex("WaConsole$")]
    private static partial Regex Drawn();
}
