using System.Net;
using WaConsole.Core.Team;

namespace WaConsole.Web.Tests.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_opens_the_console()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var answer = await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, TestConsole.AdminPassword);

        Assert.Equal("/", answer.Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings/team")).StatusCode);
    }

    [Fact]
    public async Task A_page_without_sign_in_leads_to_the_sign_in_page_and_back()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var answer = await browser.GetAsync("/inbox");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/account/sign-in?ReturnUrl=%2Finbox", answer.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_page_says_so()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var texts = new List<string>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var answer = await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, "not the password");
            texts.Add(await answer.Content.ReadAsStringAsync());
        }

        var right = await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, TestConsole.AdminPassword);

        Assert.Contains("do not go together", texts[0], StringComparison.Ordinal);
        Assert.Contains("locked for five minutes", texts[4], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("locked for five minutes", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_sentence()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var unknown = await TestConsole.SignInAsync(browser, "nobody@example.com", "not the password");

        Assert.Contains("do not go together", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var answer = await browser.PostAsync("/account/sign-in", new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", TestConsole.AdminEmail), new("Input.Password", TestConsole.AdminPassword),
        ]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form is too old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Sign_in_never_leads_to_another_site(string returnUrl)
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();

        var answer = await TestConsole.PostFormAsync(
            browser,
            $"/account/sign-in?ReturnUrl={Uri.EscapeDataString(returnUrl)}",
            "sign-in",
            ("Input.Email", TestConsole.AdminEmail),
            ("Input.Password", TestConsole.AdminPassword));

        Assert.Equal("/", answer.Headers.Location?.AbsolutePath);
        Assert.NotEqual("elsewhere.example", answer.Headers.Location?.Host);
    }

    [Fact]
    public async Task A_disabled_colleague_is_refused_with_the_right_password()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();
        var (id, email) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Disabled: true), CancellationToken.None);

        var answer = await TestConsole.SignInAsync(browser, email, TestConsole.AdminPassword);

        Assert.Contains("Ask an admin", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_colleague_loses_the_open_session_at_the_next_request()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, email) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        using var browser = await console.SignedInAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).StatusCode);

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Disabled: true), CancellationToken.None);

        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task The_role_is_the_one_of_now_and_not_the_one_at_sign_in()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, email) = await console.ColleagueAsync("ana@example.com", Role.Admin);
        using var browser = await console.SignedInAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/diagnostics")).StatusCode);

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Role.Agent), CancellationToken.None);

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/diagnostics")).StatusCode);
    }

    [Fact]
    public async Task A_disabled_persons_cookie_opens_no_profile_to_renew_itself_with()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, email) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        using var browser = await console.SignedInAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/profile")).StatusCode);

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Disabled: true), CancellationToken.None);

        var answer = await browser.GetAsync("/account/profile");
        Assert.Equal("/account/sign-in", answer.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Characters_nobody_can_see_are_no_part_of_a_name_or_an_address()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var invite = console.Get<InviteAgent>();

        Assert.IsType<InviteOutcome.Refused>(
            await invite.RunAsync(Caller.System, new InvitationRequest("a\0na@example.com", "Ana", Role.Agent), CancellationToken.None));
        Assert.IsType<InviteOutcome.Refused>(
            await invite.RunAsync(Caller.System, new InvitationRequest("ana@example.com", "A\0na", Role.Agent), CancellationToken.None));
    }
}
