using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Team;
using WaConsole.Web.Components;

namespace WaConsole.Web.Tests.Account;

public sealed class OpenCircuitTests
{
    [Fact]
    public async Task A_disabled_colleague_is_signed_out_of_an_open_screen()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, _) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        await using var circuit = await OpenAsync(console, id);
        var signedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.State.AuthenticationStateChanged += async next =>
        {
            if ((await next).User.Identity?.IsAuthenticated is not true)
            {
                signedOut.TrySetResult();
            }
        };

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Disabled: true), CancellationToken.None);

        await signedOut.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<NotAllowedException>(() => circuit.Caller.ReadAsync().AsTask());
    }

    [Fact]
    public async Task A_colleague_whose_role_changed_stays_and_has_the_new_one()
    {
        await using var console = await TestConsole.WithAdminAsync();
        var (id, _) = await console.ColleagueAsync("ana@example.com", Role.Agent);
        await using var circuit = await OpenAsync(console, id);
        var told = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.State.AuthenticationStateChanged += async next => told.TrySetResult((await next).User.Identity?.IsAuthenticated is true);

        await console.Get<ChangeAgent>().RunAsync(Caller.System, new AgentChange(id, Role.Marketer), CancellationToken.None);

        Assert.True(await told.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(Role.Marketer, (await circuit.Caller.ReadAsync()).Role);
    }

    private static async Task<Circuit> OpenAsync(TestConsole console, long agentId)
    {
        var scope = console.Services.CreateAsyncScope();
        var given = scope.ServiceProvider;
        var agent = await given.GetRequiredService<UserManager<Agent>>().FindByIdAsync($"{agentId}");
        ClaimsPrincipal user = await given.GetRequiredService<IUserClaimsPrincipalFactory<Agent>>().CreateAsync(agent!);
        var state = (ServerAuthenticationStateProvider)given.GetRequiredService<AuthenticationStateProvider>();
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return new Circuit(scope, state, given.GetRequiredService<CurrentCaller>());
    }

    private sealed record Circuit(AsyncServiceScope Scope, AuthenticationStateProvider State, CurrentCaller Caller) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Scope.DisposeAsync();
    }
}
