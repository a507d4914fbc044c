using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Account;

/// <summary>
/// A circuit lives for days: who sits in front is checked every five minutes, and at once when that person was changed.
/// A disabled person, or one whose security stamp changed, is signed out of the circuit.
/// </summary>
internal sealed class AgentAuthenticationStateProvider : RevalidatingServerAuthenticationStateProvider
{
    private readonly IServiceScopeFactory _scopes;
    private readonly ReadCaller _readCaller;
    private readonly IdentityOptions _identity;
    private readonly LiveUpdates _live;
    private IDisposable? _subscription;

    public AgentAuthenticationStateProvider(
        ILoggerFactory loggers, IServiceScopeFactory scopes, ReadCaller readCaller, IOptions<IdentityOptions> identity, LiveUpdates live)
        : base(loggers)
    {
        _scopes = scopes;
        _readCaller = readCaller;
        _identity = identity.Value;
        _live = live;
        AuthenticationStateChanged += Follow;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (CurrentCaller.AgentId(authenticationState.User) is not { } agentId
            || await _readCaller.RunAsync(agentId, cancellationToken) is null)
        {
            return false;
        }

        await using var scope = _scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        return await users.GetUserAsync(authenticationState.User) is { } agent
            && authenticationState.User.FindFirstValue(_identity.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(agent);
    }

    protected override void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        AuthenticationStateChanged -= Follow;
        base.Dispose(disposing);
    }

    private async void Follow(Task<AuthenticationState> stateTask)
    {
        try
        {
            var state = await stateTask;
            _subscription?.Dispose();
            _subscription = CurrentCaller.AgentId(state.User) is { } agentId
                ? _live.Subscribe<AgentChanged>(change => change.AgentId == agentId, () => RecheckAsync(state), TimeSpan.Zero)
                : null;
        }
        catch (OperationCanceledException)
        {
            // The circuit ended while its state was being read.
        }
    }

    private async Task RecheckAsync(AuthenticationState state)
    {
        var next = await ValidateAuthenticationStateAsync(state, CancellationToken.None)
            ? state
            : new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()));
        SetAuthenticationState(Task.FromResult(next));
    }
}
