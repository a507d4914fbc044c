using System.Net;
using WaConsole.Core.Team;

namespace WaConsole.Web.Tests.Account;

public sealed class SetUpTests
{
    [Fact]
    public async Task The_code_of_the_terminal_makes_the_first_admin()
    {
        await using var console = await TestConsole.StartAsync();
        using var browser = console.Browser();

        var answer = await SetUpAsync(browser, console.Get<SetUpFirstAdmin>().Code);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings/team")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_code_makes_nobody_an_admin()
    {
        await using var console = await TestConsole.StartAsync();
        using var browser = console.Browser();

        var answer = await SetUpAsync(browser, "WRONGONE");

        Assert.Contains("not the code", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(await console.Get<SetUpFirstAdmin>().IsNeededAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_code()
    {
        await using var console = await TestConsole.StartAsync();
        var setUp = console.Get<SetUpFirstAdmin>();
        var code = setUp.Code;

        for (var attempt = 0; attempt < 5; attempt++)
        {
            await setUp.RunAsync(new FirstAdmin("WRONGONE", "a@example.com", "A", "a long first password"), CancellationToken.None);
        }

        var outcome = await setUp.RunAsync(new FirstAdmin(code, "a@example.com", "A", "a long first password"), CancellationToken.None);
        Assert.IsType<SetUpOutcome.WrongCode>(outcome);
    }

    [Fact]
    public async Task Set_up_is_over_once_there_is_an_admin()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var setUp = console.Get<SetUpFirstAdmin>();
        using var browser = console.Browser();

        var page = await browser.GetStringAsync("/account/set-up");
        var outcome = await setUp.RunAsync(new FirstAdmin(setUp.Code, "b@example.com", "B", "a long first password"), CancellationToken.None);

        Assert.Contains("Set-up is finished", page, StringComparison.Ordinal);
        Assert.IsType<SetUpOutcome.Closed>(outcome);
    }

    [Fact]
    public async Task The_configuration_makes_admin_and_key_without_anybody_at_the_screen()
    {
        const string Key = "wac_0123456789012345678901234567890123456789";
        await using var console = await TestConsole.WithAdminAsync(("Bootstrap:ApiKey", Key));

        using var browser = await console.SignedInAsync();
        var caller = await console.Get<FindApiKey>().RunAsync(FindApiKey.HashOf(Key), CancellationToken.None);

        Assert.Equal(Role.Admin, caller?.Role);
    }

    private static Task<HttpResponseMessage> SetUpAsync(HttpClient browser, string code) => TestConsole.PostFormAsync(
        browser,
        "/account/set-up",
        "set-up",
        ("Input.Code", code),
        ("Input.Name", "First Admin"),
        ("Input.Email", "first@example.com"),
        ("Input.Password", "a long first password"));
}
