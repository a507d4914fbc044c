using WaConsole.Core.Team;

namespace WaConsole.Web.Tests.Team;

public sealed class TeamRulesTests
{
    [Fact]
    public async Task The_last_admin_can_neither_be_disabled_nor_lose_the_role()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var admin = await console.AdminAsync();
        var change = console.Get<ChangeAgent>();

        var disabled = await change.RunAsync(Caller.System, new AgentChange(admin.AgentId!.Value, Disabled: true), CancellationToken.None);
        var demoted = await change.RunAsync(Caller.System, new AgentChange(admin.AgentId.Value, Role.Agent), CancellationToken.None);

        Assert.Contains("last admin", Assert.IsType<ChangeAgentOutcome.Refused>(disabled).Why, StringComparison.Ordinal);
        Assert.IsType<ChangeAgentOutcome.Refused>(demoted);
    }

    [Fact]
    public async Task Two_admins_who_demote_each_other_at_once_leave_one()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var first = await console.AdminAsync();
        var (secondId, _) = await console.ColleagueAsync("second@example.com", Role.Admin);
        var second = new Caller(secondId, "Second", Role.Admin, null);
        var change = console.Get<ChangeAgent>();

        var outcomes = await Task.WhenAll(
            change.RunAsync(first, new AgentChange(secondId, Role.Agent), CancellationToken.None),
            change.RunAsync(second, new AgentChange(first.AgentId!.Value, Role.Agent), CancellationToken.None));

        Assert.Single(outcomes.OfType<ChangeAgentOutcome.Changed>());
    }

    [Fact]
    public async Task A_changed_colleague_is_read_anew_at_once()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, _) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        var read = console.Get<ReadCaller>();
        Assert.Equal(Role.Agent, (await read.RunAsync(id, CancellationToken.None))?.Role);

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Role.Marketer), CancellationToken.None);

        Assert.Equal(Role.Marketer, (await read.RunAsync(id, CancellationToken.None))?.Role);
    }

    [Fact]
    public async Task Somebody_without_the_admin_role_changes_nothing()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, _) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        var ana = new Caller(id, "Ana", Role.Agent, null);

        await Assert.ThrowsAsync<NotAllowedException>(() =>
            console.Get<ChangeAgent>().RunAsync(ana, new AgentChange(id, Role.Admin), CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() =>
            console.Get<InviteAgent>().RunAsync(ana, new InvitationRequest("b@example.com", "B", Role.Admin), CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => console.Get<ListTeam>().RunAsync(ana, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() =>
            console.Get<CreateApiKey>().RunAsync(ana, new ApiKeyRequest("CRM", Role.Admin), CancellationToken.None));
    }

    [Fact]
    public async Task An_api_key_works_until_it_is_revoked_and_only_its_hash_is_kept()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var made = Assert.IsType<CreateApiKeyOutcome.Created>(
            await console.Get<CreateApiKey>().RunAsync(Caller.System, new ApiKeyRequest("CRM", Role.Agent), CancellationToken.None));
        var find = console.Get<FindApiKey>();
        Assert.Equal(made.Id, (await find.RunAsync(FindApiKey.HashOf(made.Key), CancellationToken.None))?.ApiKeyId);

        var shown = Assert.Single(await console.Get<ListApiKeys>().RunAsync(Caller.System, CancellationToken.None));
        Assert.StartsWith(shown.Prefix, made.Key, StringComparison.Ordinal);
        Assert.True(shown.Prefix.Length < made.Key.Length / 2);

        await console.Get<RevokeApiKey>().RunAsync(Caller.System, made.Id, CancellationToken.None);
        Assert.Null(await find.RunAsync(FindApiKey.HashOf(made.Key), CancellationToken.None));
    }
}
