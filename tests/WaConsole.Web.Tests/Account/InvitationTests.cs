using System.Net;
using WaConsole.Core.Team;

namespace WaConsole.Web.Tests.Account;

public sealed class InvitationTests
{
    [Fact]
    public async Task An_invited_colleague_joins_with_the_link_and_is_signed_in()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();
        var link = $"/account/join?Token={await InviteAsync(console)}";

        var answer = await TestConsole.PostFormAsync(
            browser, link, "join", ("Input.Name", "Ana Marković"), ("Input.Password", "a long own password"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task The_link_works_once()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var token = await InviteAsync(console);
        var accept = console.Get<AcceptInvitation>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            accept.RunAsync(new AcceptInvitationRequest(token, "Ana", "a long own password"), CancellationToken.None)));

        Assert.Single(outcomes.OfType<AcceptInvitationOutcome.Joined>());
        Assert.Equal(3, outcomes.OfType<AcceptInvitationOutcome.NotValid>().Count());
    }

    [Fact]
    public async Task A_link_taken_back_is_dead()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();
        var token = await InviteAsync(console);
        var open = Assert.Single((await console.Get<ListTeam>().RunAsync(Caller.System, CancellationToken.None)).Invitations);

        Assert.True(await console.Get<InviteAgent>().RevokeAsync(Caller.System, open.Id, CancellationToken.None));

        Assert.Contains("does not work any more", await browser.GetStringAsync($"/account/join?Token={token}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_password_is_refused_and_the_link_stays_good()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var token = await InviteAsync(console);
        var accept = console.Get<AcceptInvitation>();

        var refused = await accept.RunAsync(new AcceptInvitationRequest(token, "Ana", "short"), CancellationToken.None);
        var joined = await accept.RunAsync(new AcceptInvitationRequest(token, "Ana", "a long own password"), CancellationToken.None);

        Assert.IsType<AcceptInvitationOutcome.Refused>(refused);
        Assert.IsType<AcceptInvitationOutcome.Joined>(joined);
    }

    [Fact]
    public async Task A_password_link_of_an_admin_replaces_the_password_once()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = console.Browser();
        var (id, email) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        var token = await console.Get<ResetPassword>().MakeTokenAsync(Caller.System, id, CancellationToken.None);
        var link = $"/account/reset?Person={id}&Token={Uri.EscapeDataString(token!)}";

        await TestConsole.PostFormAsync(browser, link, "reset", ("Input.Password", "another long password"));
        var again = await TestConsole.PostFormAsync(browser, link, "reset", ("Input.Password", "a third long password"));

        Assert.Contains("does not work any more", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var signedIn = await console.SignedInAsync(email, "another long password");
    }

    private static async Task<string> InviteAsync(TestConsole console)
    {
        var outcome = await console.Get<InviteAgent>()
            .RunAsync(Caller.System, new InvitationRequest("ana@example.com", "Ana", Role.Agent), CancellationToken.None);
        return Assert.IsType<InviteOutcome.Invited>(outcome).Token;
    }
}
