using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Team;

namespace WaConsole.Web.Tests.Account;

public sealed class TwoFactorTests
{
    [Fact]
    public async Task With_two_steps_a_password_alone_does_not_open_the_console()
    {
        await using var console = await TestConsole.WithAdminAsync();
        await TurnOnAsync(console);
        using var browser = console.Browser();

        var answer = await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, TestConsole.AdminPassword);

        Assert.Equal("/account/two-factor", answer.Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/settings/team")).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_opens_it_once()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var codes = await TurnOnAsync(console);

        Assert.Equal(HttpStatusCode.Found, (await RecoverAsync(console, codes[0])).StatusCode);
        var again = await RecoverAsync(console, codes[0]);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("not right", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_of_the_app_is_refused()
    {
        await using var console = await TestConsole.WithAdminAsync();
        await TurnOnAsync(console);
        using var browser = console.Browser();
        await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, TestConsole.AdminPassword);

        var answer = await TestConsole.PostFormAsync(browser, "/account/two-factor", "two-factor", ("Input.Code", "abcdef"));

        Assert.Contains("not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_shows_the_key_as_a_picture()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();

        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/account/profile"));

        Assert.Contains("data:image/svg+xml;base64,", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_was_given_the_key_turns_it_on_and_signs_in()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();
        await browser.GetStringAsync("/account/profile");
        var key = await KeyAsync(console);

        var enabled = await TestConsole.PostFormAsync(browser, "/account/profile", "totp-on", ("Input.Code", AuthenticatorApp.Code(key)));
        using var next = console.Browser();
        await TestConsole.SignInAsync(next, TestConsole.AdminEmail, TestConsole.AdminPassword);
        await TestConsole.PostFormAsync(next, "/account/two-factor", "two-factor", ("Input.Code", AuthenticatorApp.Code(key)));

        Assert.Contains("class=\"codes\"", await enabled.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync("/settings/team")).StatusCode);
    }

    private static async Task<string> KeyAsync(TestConsole console)
    {
        await using var scope = console.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var admin = await users.FindByEmailAsync(TestConsole.AdminEmail);
        return (await users.GetAuthenticatorKeyAsync(admin!))!;
    }

    private static async Task<HttpResponseMessage> RecoverAsync(TestConsole console, string code)
    {
        using var browser = console.Browser();
        await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, TestConsole.AdminPassword);
        return await TestConsole.PostFormAsync(browser, "/account/two-factor?UseRecovery=true", "two-factor", ("Input.Code", code));
    }

    private static async Task<IReadOnlyList<string>> TurnOnAsync(TestConsole console)
    {
        await using var scope = console.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var admin = await users.FindByEmailAsync(TestConsole.AdminEmail);
        await users.ResetAuthenticatorKeyAsync(admin!);
        await users.SetTwoFactorEnabledAsync(admin!, enabled: true);
        return [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(admin!, 3))!];
    }
}
